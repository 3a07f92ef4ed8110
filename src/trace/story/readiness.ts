import { COLUMN } from '../trace.ts';
import { COLLECTED, isCollected } from './balancer-leg.ts';
import type { Lookup } from './lookup.ts';
import { Cutter } from './parts.ts';
import type { Part } from './story.ts';
import { dialsOf } from './ways.ts';
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
  for (const { fromUs, toUs } of threadWaits(lookup, client, cutter.atUs, readyUs)) {
    cutter.to(fromUs, 'network', REQUEST);
    cutter.to(toUs, 'cpu', THREAD_WAIT);
  }
  cutter.to(readyUs, 'network', isCollected(lookup.trace, client) ? `${REQUEST}, ${COLLECTED}` : REQUEST);
  return cutter.parts;
}

const REQUEST = 'the first request and its answer';
const THREAD_WAIT = 'waiting for a thread';

/** The term that explains a part, by its label. */
export const READY_TERMS: Readonly<Record<string, string>> = {
  'the name': 'DNS cache',
  TCP: 'TCP handshake',
  TLS: 'TLS handshake',
  [THREAD_WAIT]: 'thread per request',
};

/** Stretches in which a client's request had no thread at its server, those that have ended. */
function threadWaits({ trace, threads }: Lookup, client: number, fromUs: number, untilUs: number) {
  const table = trace.table('thread.changed');
  return threads
    .between(client, fromUs, untilUs)
    .filter((row) => textAt(trace, table.get(row, CHANGED.state)) === 'taken')
    .map((row) => ({ fromUs: table.atUs(row) - table.get(row, CHANGED.us), toUs: table.atUs(row) }));
}
