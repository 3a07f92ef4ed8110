import { type Kind, PACKET } from '../trace/kinds.ts';
import { COLUMN, type Trace } from '../trace/trace.ts';

/** A beginning is looked for this far into the run; what goes wrong later is not what it is about. */
const BEGINNING_US = 30_000_000;
/** What is sent so soon after a message was published is sent because of it. */
const AT_ONCE_US = 10_000;
/** So long after a loss its mark stands on the stage, and what was sent beside it still flies. */
const AFTER_LOSS_US = 2000;
/** A fault is best seen in a message that is lost by it, if one is so soon. */
const FAULT_SHOWS_US = 1_000_000;
/** Who has not got them by then may never get any. */
const PATIENCE_US = 5_000_000;
/** So many messages are something to compare. */
const FEW = 3;
/** A delivery is told so long; who opens the page later than that reads of something that is not to be seen. */
const TOLD_US = 1_000_000;
/** What goes wrong with a message or a request without a packet being lost. */
const TROUBLES = ['message.duplicated', 'message.refused', 'gap.noticed', 'route.ended'] as const;

/**
 * A moment to begin with, which shows what this is about: all clients are connected, and something goes wrong for the
 * first time: a message is lost on its way to one of them, a fault begins, somebody gets a message twice, too late for
 * its order, or never. If nothing does, everybody has got a few, and a message is on its way or has just come. Where a
 * client is refused before all are connected, that is what it is about. Null as long as it cannot be told: the trace tells all up to the moment, and more of it does
 * not make it another.
 */
export function tellingMoment(trace: Trace): number | null {
  const endUs = trace.header?.endUs ?? 0;
  const moment = momentIn(trace, endUs);
  return moment !== null && Math.min(moment, endUs) <= trace.knownUntilUs ? Math.min(moment, endUs) : null;
}

function momentIn(trace: Trace, endUs: number): number | null {
  const ready = trace.table('client.ready');
  const clients = trace.header?.clients.length ?? 0;
  if (clients === 0) return null;
  const readyUs = ready.length < clients ? Number.POSITIVE_INFINITY : ready.atUs(ready.length - 1);
  const refusedUs = firstRefusal(trace, readyUs);
  if (refusedUs < readyUs) return refusedUs + AFTER_LOSS_US;
  if (ready.length < clients) return null;
  // What goes wrong before anybody has got anything still belongs to it.
  const untilUs = Math.min(Math.max(readyUs + BEGINNING_US, firstOf(trace, 'message.delivered', 0)), endUs);
  const lossUs = firstLoss(trace, readyUs, untilUs);
  const faultUs = firstOf(trace, 'fault.began', readyUs);
  const troubleUs = Math.min(
    ...TROUBLES.map((kind) => firstOf(trace, kind, readyUs)),
    firstJumbled(trace, readyUs),
    firstDrop(trace, readyUs, untilUs),
  );
  const shownUs = Math.min(faultUs + FAULT_SHOWS_US, untilUs);
  if (lossUs <= Math.min(troubleUs, shownUs)) return lossUs;
  if (troubleUs <= Math.min(faultUs, untilUs)) return troubleUs + AFTER_LOSS_US;
  if (trace.knownUntilUs < shownUs) return null;
  if (faultUs <= untilUs) return faultUs + AFTER_LOSS_US;
  return underWay(trace, Math.min(allServedUs(trace, clients), readyUs + PATIENCE_US), untilUs);
}

/**
 * While the first message is on its way that was published after `fromUs`, or else the last before `untilUs`; just after
 * it has come, if that is the first for a while.
 */
function underWay(trace: Trace, fromUs: number, untilUs: number): number | null {
  const published = trace.table('message.published');
  const row = Math.min(published.firstAfter(fromUs), Math.max(0, published.firstAfter(untilUs) - 1));
  const flightUs = row < published.length ? middleOfFlight(trace, published.atUs(row)) : null;
  if (flightUs === null) return null;
  const delivered = trace.table('message.delivered');
  const next = delivered.firstAfter(flightUs);
  if (next > 0 && flightUs - delivered.atUs(next - 1) <= TOLD_US) return flightUs;
  if (next < delivered.length) return delivered.atUs(next) + AFTER_LOSS_US;
  return trace.knownUntilUs < (trace.header?.endUs ?? 0) ? null : flightUs;
}

/** When a client was first refused, instead of being served. @param untilUs where to stop looking */
function firstRefusal(trace: Trace, untilUs: number): number {
  const refused = trace.strings.indexOf('refused');
  const table = trace.table('machine.moved');
  const { actor, event } = COLUMN['machine.moved'];
  const isClients = (row: number) => (trace.header?.actors[table.get(row, actor)]?.client ?? -1) >= 0;
  for (let row = 0; refused >= 0 && row < table.length && table.atUs(row) < untilUs; row++)
    if (table.get(row, event) === refused && isClients(row)) return table.atUs(row);
  return Number.POSITIVE_INFINITY;
}

const firstOf = (trace: Trace, kind: Kind, afterUs: number): number => {
  const table = trace.table(kind);
  const row = table.firstAfter(afterUs);
  return row < table.length ? table.atUs(row) : Number.POSITIVE_INFINITY;
};

/** When a message first came behind later ones of its room. */
function firstJumbled(trace: Trace, afterUs: number): number {
  const table = trace.table('message.delivered');
  const { outOfOrder } = COLUMN['message.delivered'];
  for (let row = table.firstAfter(afterUs); row < table.length; row++)
    if (table.get(row, outOfOrder) === 1) return table.atUs(row);
  return Number.POSITIVE_INFINITY;
}

/** When a message first ended before it was everywhere; where a fault is to come, what ends before it does so in any case. */
function firstDrop(trace: Trace, readyUs: number, untilUs: number): number {
  const begin = (trace.header?.faults ?? []).map(({ atUs }) => atUs).filter((atUs) => atUs >= readyUs);
  const faultUs = Math.min(...begin);
  return firstOf(trace, 'message.dropped', faultUs <= untilUs ? faultUs - 1 : readyUs);
}

/** When every client had got a few messages; never, if one has not. */
function allServedUs(trace: Trace, clients: number): number {
  const table = trace.table('message.delivered');
  const { client } = COLUMN['message.delivered'];
  const got = new Uint32Array(clients);
  for (let row = 0, served = 0; row < table.length; row++) {
    const one = table.get(row, client);
    got[one] = (got[one] ?? 0) + 1;
    if (got[one] === FEW && ++served === clients) return table.atUs(row);
  }
  return Number.POSITIVE_INFINITY;
}

/** Just after the first loss of a fresh message on its way down, or beside one, of a datagram. */
function firstLoss(trace: Trace, fromUs: number, toUs: number): number {
  const table = trace.table('packet.sent');
  const published = trace.table('message.published');
  const { dropsAtUs } = COLUMN['packet.sent'];
  const last = table.firstAfter(toUs);
  for (let row = table.firstAfter(fromUs); row < last; row++) {
    const dropsUs = table.get(row, dropsAtUs);
    if (dropsUs < 0 || !(isMessageDown(trace, row) || isUnluckyQuery(trace, row))) continue;
    const sentUs = table.atUs(row);
    if (published.firstAfter(sentUs) > published.firstAtOrAfter(sentUs - AT_ONCE_US)) {
      return sentUs + dropsUs + AFTER_LOSS_US;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function isMessageDown(trace: Trace, row: number): boolean {
  const table = trace.table('packet.sent');
  const { link, dataBytes } = COLUMN['packet.sent'];
  return (table.get(row, link) & 1) === 1 && table.get(row, dataBytes) > 0;
}

/** A query or answer of DNS that is lost by chance, and not because there is no resolver. */
function isUnluckyQuery(trace: Trace, row: number): boolean {
  const table = trace.table('packet.sent');
  const { what, reason } = COLUMN['packet.sent'];
  return (table.get(row, what) & PACKET.DNS) !== 0 && trace.strings[table.get(row, reason)] === 'loss';
}

/** Links of hop 2 have no client. */
const isToClient = (trace: Trace, row: number): boolean => {
  const link = trace.table('packet.sent').get(row, COLUMN['packet.sent'].link);
  return (trace.header?.links[link >> 1]?.client ?? -1) >= 0;
};

/** Half of the first downward flight that carries data to a client after this time; null: it may yet come. */
function middleOfFlight(trace: Trace, atUs: number): number | null {
  const table = trace.table('packet.sent');
  const { arrivesAtUs } = COLUMN['packet.sent'];
  for (let row = table.firstAtOrAfter(atUs); row < table.length; row++) {
    const flightUs = table.get(row, arrivesAtUs);
    if (flightUs > 0 && isMessageDown(trace, row) && isToClient(trace, row))
      return Math.round(table.atUs(row) + flightUs / 2);
  }
  return trace.knownUntilUs < (trace.header?.endUs ?? 0) ? null : atUs;
}
