import { COLUMN } from '../trace.ts';
import { collectorOf } from './balancer-leg.ts';
import { type Lookup, way } from './lookup.ts';
import { Cutter } from './parts.ts';
import type { Part } from './story.ts';
import { isRefusal, refuserOf } from './streams.ts';
import { type Dial, dialsOf } from './ways.ts';
import { textAt } from './words.ts';

const CHANGED = COLUMN['thread.changed'];

/**
 * What the time went into that a client took until it was ready for the first time: whole and adding up. Empty where
 * the trace does not have the connection that made it ready.
 * @param row of `client.ready`
 */
export function readinessParts(lookup: Lookup, row: number): readonly Part[] {
  const table = lookup.trace.table('client.ready');
  const client = table.get(row, COLUMN['client.ready'].client);
  const readyUs = table.atUs(row);
  const dials = dialsOf(lookup, client).filter(({ atUs }) => atUs <= readyUs);
  const dial = dials.find(
    ({ establishedUs, closedUs }) =>
      establishedUs >= 0 && establishedUs <= readyUs && (closedUs < 0 || closedUs >= readyUs),
  );
  if (dial === undefined) return [];
  const cutter = new Cutter(readyUs - table.get(row, COLUMN['client.ready'].setupUs), readyUs);
  cutter.to(dial.askedUs, 'away', dial === dials[0] ? 'before it began' : 'attempts that failed');
  cutter.to(dial.atUs, 'connecting', 'the name');
  cutter.to(dial.establishedUs, 'connecting', 'TCP');
  if (dial.securedUs >= 0) cutter.to(dial.securedUs, 'connecting', 'TLS');
  const { againUs, refuser } = askedAgain(lookup, dial, client, readyUs);
  cutter.to(againUs, 'away', `requests that ${refuser} refused`);
  const request = againUs < 0 ? REQUEST : NEXT_REQUEST;
  for (const { fromUs, toUs } of threadWaits(lookup, client, cutter.atUs, readyUs)) {
    cutter.to(fromUs, 'network', request);
    cutter.to(toUs, 'cpu', THREAD_WAIT);
  }
  const collector = collectorOf(lookup.trace, client);
  cutter.to(readyUs, 'network', collector === '' ? request : `${request}, collected by ${collector}`);
  return cutter.parts;
}

const REQUEST = 'the first request and its answer';
const NEXT_REQUEST = 'the next request and its answer';
const THREAD_WAIT = 'waiting for a thread';

/** The term that explains a part, by its label. */
export const READY_TERMS: Readonly<Record<string, string>> = {
  'the name': 'DNS cache',
  TCP: 'TCP handshake',
  TLS: 'TLS handshake',
  [THREAD_WAIT]: 'thread per request',
};

/**
 * When a client asked anew, on a connection that brought it no more than errors before, and who refused what it had asked;
 * -1: it was served at once.
 */
function askedAgain(lookup: Lookup, { connection, atUs }: Dial, client: number, readyUs: number) {
  const { trace, units } = lookup;
  const table = trace.table('unit.sent');
  const keyOf = (row: number) => textAt(trace, table.get(row, COLUMN['unit.sent'].what));
  const error = units.between(way(connection, 1), atUs, readyUs).findLast((row) => isRefusal(keyOf(row)));
  if (error === undefined) return { againUs: -1, refuser: '' };
  const { transport = '' } = trace.header?.clients[client] ?? {};
  const again = units
    .between(way(connection, 0), table.atUs(error), readyUs)
    .find((row) => keyOf(row).startsWith(`${transport}.`));
  return { againUs: again === undefined ? -1 : table.atUs(again), refuser: refuserOf(lookup, error) };
}

/** Stretches in which a client's request had no thread at its server, those that have ended. */
function threadWaits({ trace, threads }: Lookup, client: number, fromUs: number, untilUs: number) {
  const table = trace.table('thread.changed');
  return threads
    .between(client, fromUs, untilUs)
    .filter((row) => textAt(trace, table.get(row, CHANGED.state)) === 'taken')
    .map((row) => ({ fromUs: table.atUs(row) - table.get(row, CHANGED.us), toUs: table.atUs(row) }));
}
