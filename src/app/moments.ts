import type { Kind } from '../trace/kinds.ts';
import { COLUMN, type Trace } from '../trace/trace.ts';
import { readingOf } from '../views/reading/reading.ts';

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

/** The next time after (`forward`) or the last before `nowUs` at which anything at all was recorded. */
export function nextRecord(trace: Trace, nowUs: number, forward: boolean): number | null {
  let best: number | null = null;
  for (const table of trace.tables) {
    const row = forward ? table.firstAfter(nowUs) : table.firstAtOrAfter(nowUs) - 1;
    if (row < 0 || row >= table.length) continue;
    const atUs = table.atUs(row);
    if (best === null || (forward ? atUs < best : atUs > best)) best = atUs;
  }
  return best;
}

/**
 * Until when nothing happens from `nowUs` on, if nothing is under way then; null while something is, or when it cannot
 * be told yet. Timers may run down meanwhile: their end is an event.
 */
export function quietUntil(trace: Trace, nowUs: number): number | null {
  if (readingOf(trace).flights.at(nowUs, 0, 1).length > 0) return null;
  let next: number | null = null;
  for (const kind of STOPS) {
    const table = trace.table(kind);
    const row = table.firstAfter(nowUs);
    if (row < table.length && (next === null || table.atUs(row) < next)) next = table.atUs(row);
  }
  const endUs = trace.header?.endUs ?? 0;
  return next ?? (trace.knownUntilUs >= endUs && trace.omitted === 0 ? endUs : null);
}
