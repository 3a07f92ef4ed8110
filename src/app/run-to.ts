import { KIND_NAMES, type Kind } from '../trace/kinds.ts';
import { COLUMN, type Trace } from '../trace/trace.ts';
import type { Selection } from '../views/index.ts';

/** What somebody wants to see happen next. */
export type Condition =
  | { kind: 'loss' | 'delivery' | 'retransmission' | 'state' | 'reconnection' | 'fault' }
  /** A delivery took longer. */
  | { kind: 'latency'; aboveMs: number }
  /** So many more packets were lost. */
  | { kind: 'losses'; count: number }
  | { kind: 'record'; record: Kind };

/** Where it happens, what it is about, and what is to be said of it. */
export interface Found {
  atUs: number;
  subject: Selection;
  words: string;
}

/** A packet under way for longer than this is not found as a loss. */
const LONGEST_FLIGHT_US = 10_000_000;

/** Kinds of records that can be run to by name. */
export const RECORD_KINDS: readonly Kind[] = KIND_NAMES;

/** The first time after `nowUs` at which it happens, in what is known; null: it does not. */
export function findNext(trace: Trace, nowUs: number, condition: Condition): Found | null {
  switch (condition.kind) {
    case 'loss':
      return nthLoss(trace, nowUs, 1);
    case 'losses':
      return nthLoss(trace, nowUs, condition.count);
    case 'delivery':
      return delivery(trace, nowUs, 0);
    case 'latency':
      return delivery(trace, nowUs, condition.aboveMs * 1000);
    case 'retransmission':
      return retransmission(trace, nowUs);
    case 'state':
      return record(trace, nowUs, 'machine.moved');
    case 'reconnection':
      return reconnection(trace, nowUs);
    case 'fault': {
      const began = record(trace, nowUs, 'fault.began');
      const ended = record(trace, nowUs, 'fault.ended');
      return began !== null && (ended === null || began.atUs <= ended.atUs) ? began : ended;
    }
    case 'record':
      return record(trace, nowUs, condition.record);
  }
}

/** What it is that is looked for, after “the next” or “no further”. */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'state':
      return 'change of a state';
    case 'latency':
      return `delivery that took more than ${condition.aboveMs} ms`;
    case 'losses':
      return `moment by which ${condition.count} more packets are lost`;
    case 'record':
      return `“${condition.record}”`;
    default:
      return condition.kind;
  }
}

function clientName(trace: Trace, client: number): string {
  const one = trace.header?.clients[client];
  return one?.groupTitle || one?.group || `client ${client + 1}`;
}

function nthLoss(trace: Trace, nowUs: number, nth: number): Found | null {
  const table = trace.table('packet.sent');
  const { dropsAtUs, link } = COLUMN['packet.sent'];
  // Losses end in another order than they began: the earliest so far are kept, and a later sending cannot undercut them.
  const ends: { atUs: number; row: number }[] = [];
  for (let row = table.firstAtOrAfter(nowUs - LONGEST_FLIGHT_US); row < table.length; row++) {
    const sentUs = table.atUs(row);
    const last = ends[nth - 1];
    if (last !== undefined && sentUs > last.atUs) break;
    const drops = table.get(row, dropsAtUs);
    const atUs = sentUs + drops;
    if (drops < 0 || atUs <= nowUs || atUs > trace.knownUntilUs) continue;
    if (last !== undefined && atUs >= last.atUs) continue;
    let place = Math.min(ends.length, nth);
    while (place > 0 && (ends[place - 1] as { atUs: number }).atUs > atUs) place--;
    ends.splice(place, 0, { atUs, row });
    ends.length = Math.min(ends.length, nth);
  }
  const found = ends[nth - 1];
  if (found === undefined) return null;
  const number = table.get(found.row, link);
  const client = trace.header?.links[number >> 1]?.client ?? -1;
  const way = number & 1 ? 'to' : 'from';
  return {
    atUs: found.atUs,
    subject: { kind: 'packet', seq: table.get(found.row, 0) },
    words: `a packet ${way} ${clientName(trace, client)} is lost`,
  };
}

function delivery(trace: Trace, nowUs: number, aboveUs: number): Found | null {
  const table = trace.table('message.delivered');
  const { message, client, latencyUs } = COLUMN['message.delivered'];
  for (let row = table.firstAfter(nowUs); row < table.length; row++) {
    const took = table.get(row, latencyUs);
    if (took <= aboveUs) continue;
    const to = table.get(row, client);
    const ms = Math.round(took / 1000);
    return {
      atUs: table.atUs(row),
      subject: { kind: 'message', message: table.get(row, message), client: to },
      words: `message ${table.get(row, message)} reaches ${clientName(trace, to)} after ${ms} ms`,
    };
  }
  return null;
}

function retransmission(trace: Trace, nowUs: number): Found | null {
  const table = trace.table('packet.sent');
  const { why, link } = COLUMN['packet.sent'];
  for (let row = table.firstAfter(nowUs); row < table.length; row++) {
    if (table.get(row, why) === 0) continue;
    const number = table.get(row, link);
    const client = trace.header?.links[number >> 1]?.client ?? -1;
    return {
      atUs: table.atUs(row),
      subject: { kind: 'packet', seq: table.get(row, 0) },
      words: `a packet ${number & 1 ? 'to' : 'from'} ${clientName(trace, client)} is sent again`,
    };
  }
  return null;
}

/** A client opens a connection after one of its connections was closed. */
function reconnection(trace: Trace, nowUs: number): Found | null {
  const attempts = trace.table('connection.attempted');
  const closed = trace.table('connection.closed');
  const column = COLUMN['connection.attempted'];
  const owner = new Map<number, number>();
  const lost = new Set<number>();
  let closing = 0;
  for (let row = 0; row < attempts.length; row++) {
    const atUs = attempts.atUs(row);
    for (; closing < closed.length && closed.atUs(closing) <= atUs; closing++) {
      lost.add(owner.get(closed.get(closing, COLUMN['connection.closed'].connection)) ?? -1);
    }
    const client = attempts.get(row, column.client);
    const connection = attempts.get(row, column.connection);
    owner.set(connection, client);
    if (atUs > nowUs && lost.has(client))
      return {
        atUs,
        subject: { kind: 'connection', connection },
        words: `${clientName(trace, client)} connects again`,
      };
  }
  return null;
}

function record(trace: Trace, nowUs: number, kind: Kind): Found | null {
  const table = trace.table(kind);
  const row = table.firstAfter(nowUs);
  if (row >= table.length) return null;
  return {
    atUs: table.atUs(row),
    subject: subjectOf(trace, kind, row),
    words: recordWords(trace, kind, row),
  };
}

function subjectOf(trace: Trace, kind: Kind, row: number): Selection {
  const table = trace.table(kind);
  if (kind === 'machine.moved') return { kind: 'actor', actor: table.get(row, COLUMN[kind].actor) };
  if (kind === 'fault.began' || kind === 'fault.ended') {
    return { kind: 'fault', fault: table.get(row, COLUMN[kind].fault) };
  }
  if (kind === 'packet.sent') return { kind: 'packet', seq: table.get(row, 0) };
  return { kind: 'record', seq: table.get(row, 0) };
}

function recordWords(trace: Trace, kind: Kind, row: number): string {
  const table = trace.table(kind);
  if (kind === 'machine.moved') {
    const { actor, to } = COLUMN[kind];
    const name = trace.header?.actors[table.get(row, actor)]?.name ?? 'a machine';
    return `${name} goes to “${trace.strings[table.get(row, to)] ?? ''}”`;
  }
  if (kind === 'fault.began' || kind === 'fault.ended') {
    const label = trace.header?.faults[table.get(row, COLUMN[kind].fault)]?.label ?? 'a fault';
    return `${label} ${kind === 'fault.began' ? 'begins' : 'ends'}`;
  }
  return `the record “${kind}”`;
}
