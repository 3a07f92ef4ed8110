import { PACKET } from '../kinds.ts';
import { COLUMN, type Trace, type TraceRecord } from '../trace.ts';
import { type Lookup, lookupOf, way } from './lookup.ts';
import { recordWords } from './record-words.ts';
import type { Step } from './story.ts';

const SENT = COLUMN['packet.sent'];
/** Links that are followed at most: who asks again and again since the start has a very long chain. */
const MOST = 400;

/**
 * What led to a record, oldest first, the record itself last: back to a publishing, a timer, a fault or the start.
 * Where a timer of TCP sent something again, the chain goes on with what was sent before.
 */
export function chainOfCauses(trace: Trace, seq: number): Step[] {
  const lookup = lookupOf(trace);
  const chain: Step[] = [];
  let at = seq;
  while (at >= 0 && chain.length < MOST) {
    const record = trace.find(at);
    if (record === null) break;
    chain.unshift(stepOf(trace, record));
    if (record.kind === 'timer.started' || record.kind === 'message.published') break;
    const before = causeOf(lookup, record);
    if (before >= at) break;
    at = before;
  }
  return chain;
}

function stepOf(trace: Trace, record: TraceRecord): Step {
  const { text, tone } = recordWords(trace, record);
  return { atUs: record.atUs, seq: record.seq, text, tone };
}

/** The record before this one in its chain, -1: it is the beginning. */
function causeOf(lookup: Lookup, record: TraceRecord): number {
  if (record.kind === 'message.delivered' || record.kind === 'unit.received') {
    const sent = senderOf(lookup, record);
    if (sent >= 0) return sent;
  }
  if (record.cause !== undefined) return record.cause;
  if (record.kind === 'packet.sent') return before(lookup, record);
  if (record.kind === 'fault.ended') return beganSeq(lookup.trace, Number(record.fault));
  return -1;
}

/** A packet with data that a timer sent: the copy before it, or the unit that was written. */
function before(lookup: Lookup, record: TraceRecord): number {
  const packets = lookup.trace.table('packet.sent');
  const row = packets.rowOfSeq(record.seq);
  const link = packets.get(row, SENT.link);
  const seqNo = packets.get(row, SENT.seqNo);
  const what = packets.get(row, SENT.what);
  if (packets.get(row, SENT.why) === 0 || packets.get(row, SENT.connection) === 0) return -1;
  const rows = lookup.packets.of(way(packets.get(row, SENT.connection), link & 1));
  for (let i = rows.indexOf(row) - 1; i >= 0; i--) {
    const other = rows[i] as number;
    if (packets.get(other, SENT.what) & (what & (PACKET.DATA | PACKET.SYN)) && covers(lookup, other, seqNo))
      return packets.get(other, 0);
  }
  return -1;
}

function covers(lookup: Lookup, row: number, seqNo: number): boolean {
  const packets = lookup.trace.table('packet.sent');
  const start = packets.get(row, SENT.seqNo);
  return start <= seqNo && seqNo < start + Math.max(1, packets.get(row, SENT.dataBytes));
}

/** What was received names the packet that let it through; what it tells is the unit itself, where they differ. */
function senderOf(lookup: Lookup, record: TraceRecord): number {
  if (record.kind !== 'unit.received' || record.cause !== undefined) return -1;
  const row = lookup.unitRow(Number(record.unit));
  return row < 0 ? -1 : lookup.trace.table('unit.sent').get(row, 0);
}

function beganSeq(trace: Trace, fault: number): number {
  const table = trace.table('fault.began');
  for (let row = 0; row < table.length; row++)
    if (table.get(row, COLUMN['fault.began'].fault) === fault) return table.get(row, 0);
  return -1;
}
