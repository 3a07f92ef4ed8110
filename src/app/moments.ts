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

/** A beginning is looked for this far into the run; a run that loses nothing by then is not about losses. */
const BEGINNING_US = 15_000_000;
/** What is sent so soon after a message was published is sent because of it. */
const AT_ONCE_US = 10_000;
/** So long after a loss its mark stands on the stage, and what was sent beside it still flies. */
const AFTER_LOSS_US = 2000;

/**
 * A moment to begin with, which shows what this is about: all clients are connected, a message is on its way, and if
 * there is such a moment it was just lost on the way to one of them. Null as long as it cannot be told.
 */
export function tellingMoment(trace: Trace): number | null {
  const endUs = trace.header?.endUs ?? 0;
  const ready = trace.table('client.ready');
  const clients = trace.header?.clients.length ?? 0;
  if (clients === 0 || ready.length < clients) return null;
  const readyUs = ready.atUs(ready.length - 1);
  const loss = firstLoss(trace, readyUs, readyUs + BEGINNING_US);
  if (loss !== null) return loss;
  if (trace.knownUntilUs < Math.min(readyUs + BEGINNING_US, endUs)) return null;
  const published = trace.table('message.published');
  const row = published.firstAfter(readyUs);
  return row < published.length ? middleOfFlight(trace, published.atUs(row)) : null;
}

/** Just after the first loss of a fresh message on its way down. */
function firstLoss(trace: Trace, fromUs: number, toUs: number): number | null {
  const table = trace.table('packet.sent');
  const published = trace.table('message.published');
  const { dropsAtUs } = COLUMN['packet.sent'];
  const last = table.firstAfter(toUs);
  for (let row = table.firstAfter(fromUs); row < last; row++) {
    const dropsUs = table.get(row, dropsAtUs);
    if (dropsUs < 0 || !isMessageDown(trace, row)) continue;
    const sentUs = table.atUs(row);
    if (published.firstAfter(sentUs) > published.firstAtOrAfter(sentUs - AT_ONCE_US)) {
      return sentUs + dropsUs + AFTER_LOSS_US;
    }
  }
  return null;
}

function isMessageDown(trace: Trace, row: number): boolean {
  const table = trace.table('packet.sent');
  const { link, dataBytes } = COLUMN['packet.sent'];
  return (table.get(row, link) & 1) === 1 && table.get(row, dataBytes) > 0;
}

/** Half of the first downward flight that carries data after this time. */
function middleOfFlight(trace: Trace, atUs: number): number {
  const table = trace.table('packet.sent');
  const { arrivesAtUs } = COLUMN['packet.sent'];
  for (let row = table.firstAtOrAfter(atUs); row < table.length; row++) {
    const flightUs = table.get(row, arrivesAtUs);
    if (flightUs > 0 && isMessageDown(trace, row)) return Math.round(table.atUs(row) + flightUs / 2);
  }
  return atUs;
}
