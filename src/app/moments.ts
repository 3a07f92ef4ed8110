import type { Kind } from '../trace/kinds.ts';
import { COLUMN, type Trace } from '../trace/trace.ts';

/** Kinds that are worth a stop when somebody steps from event to event. */
const STOPS: readonly Kind[] = [
  'message.published',
  'message.refused',
  'message.delivered',
  'message.duplicated',
  'client.ready',
  'packet.sent',
  'connection.attempted',
  'connection.established',
  'connection.closed',
  'machine.moved',
  'fault.began',
  'fault.ended',
];

/** A packet is looked for among those sent this long before; what travels longer than that is not stepped to. */
const LONGEST_FLIGHT_US = 10_000_000;

/**
 * The next moment at which something happens, after (`forward`) or before `nowUs`: a packet is sent, arrives or is
 * lost, a message is delivered, a state changes. Null when there is none in what is known.
 */
export function nextMoment(trace: Trace, nowUs: number, forward: boolean): number | null {
  let best: number | null = null;
  const offer = (atUs: number) => {
    if (forward ? atUs <= nowUs || atUs > trace.knownUntilUs : atUs >= nowUs || atUs < 0) return;
    if (best === null || (forward ? atUs < best : atUs > best)) best = atUs;
  };
  for (const kind of STOPS) {
    const table = trace.table(kind);
    const row = forward ? table.firstAfter(nowUs) : table.firstAtOrAfter(nowUs) - 1;
    if (row >= 0 && row < table.length) offer(table.atUs(row));
  }
  offerPacketEnds(trace, nowUs, offer);
  return best;
}

/** Times at which packets arrive or are lost: kept with their sending, so the flights around `nowUs` are looked at. */
function offerPacketEnds(trace: Trace, nowUs: number, offer: (atUs: number) => void): void {
  const table = trace.table('packet.sent');
  const { arrivesAtUs, dropsAtUs } = COLUMN['packet.sent'];
  const last = table.firstAfter(nowUs);
  for (let row = last - 1; row >= 0 && table.atUs(row) > nowUs - LONGEST_FLIGHT_US; row--) {
    const arrives = table.get(row, arrivesAtUs);
    const drops = table.get(row, dropsAtUs);
    if (arrives >= 0) offer(table.atUs(row) + arrives);
    if (drops >= 0) offer(table.atUs(row) + drops);
  }
}

/**
 * A moment that shows what this is about: a message of the source has just left for clients that are all connected.
 * Null as long as no such moment is known.
 */
export function tellingMoment(trace: Trace): number | null {
  const ready = trace.table('client.ready');
  const clients = trace.header?.clients.length ?? 0;
  if (clients === 0 || ready.length < Math.min(clients, 1000)) return null;
  const published = trace.table('message.published');
  const row = published.firstAfter(ready.atUs(ready.length - 1));
  if (row >= published.length) return null;
  const atUs = published.atUs(row);
  return Math.min(atUs + firstFlightMiddle(trace, atUs), trace.header?.endUs ?? atUs);
}

/** Half of the first downward flight that carries data after this time, in µs after it. */
function firstFlightMiddle(trace: Trace, atUs: number): number {
  const table = trace.table('packet.sent');
  const { arrivesAtUs, link, dataBytes } = COLUMN['packet.sent'];
  const links = trace.header?.links ?? [];
  for (let row = table.firstAtOrAfter(atUs); row < table.length && row < table.length; row++) {
    const flightUs = table.get(row, arrivesAtUs);
    const onAccess = links[table.get(row, link) >> 1]?.kind === 'access' && (table.get(row, link) & 1) === 1;
    if (flightUs > 0 && onAccess && table.get(row, dataBytes) > 0) {
      return Math.round(table.atUs(row) - atUs + flightUs / 2);
    }
  }
  return 0;
}
