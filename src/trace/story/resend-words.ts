import { PACKET } from '../kinds.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { contentOf } from './blocker.ts';
import type { Copy } from './copies.ts';
import type { Lookup } from './lookup.ts';
import type { Step } from './story.ts';
import { plural, time } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** Values of `packet.sent`'s `why`. */
export const WHY = { SYN: 1, RTO: 2, TLP: 3, RACK: 4, GO_BACK: 5, RESOLVER: 6 } as const;

/** The explanation that belongs to a reason of sending again. */
export const termOfWhy = (why: number): string =>
  ['', 'SYN retransmission', 'RTO', 'TLP', 'RACK', 'RTO', 'DNS retry'][why] ?? '';

/** Why a packet was sent again, in a few words. @param afterUs since it was sent before */
export function whyWords(why: number, afterUs: number): string {
  switch (why) {
    case WHY.SYN:
      return `no answer for ${time(afterUs)}: the SYN timer`;
    case WHY.RTO:
      return `nothing acknowledged for ${time(afterUs)}: retransmission timeout (RTO)`;
    case WHY.TLP:
      return `no acknowledgement for ${time(afterUs)}: tail loss probe`;
    case WHY.RACK:
      return 'RACK: a segment sent later is already there';
    case WHY.GO_BACK:
      return 'after the timeout, what is still unacknowledged goes again';
    case WHY.RESOLVER:
      return `no answer for ${time(afterUs)}: the resolver’s timer`;
    default:
      return '';
  }
}

/**
 * How the loss of a segment was noticed at the other end, before it was sent again: the segment that came first and
 * the selective acknowledgement that it drew. Null where a timer did it.
 */
export function noticedBy(lookup: Lookup, again: Copy): Step | null {
  if (again.why !== WHY.RACK) return null;
  const packets = lookup.trace.table('packet.sent');
  const ack = packetRow(lookup, packets.get(again.row, 1));
  if (ack < 0) return null;
  const later = packetRow(lookup, packets.get(ack, 1));
  if (later < 0) return null;
  const isFin = (packets.get(later, SENT.what) & PACKET.FIN) !== 0;
  if (packets.get(later, SENT.dataBytes) === 0 && !isFin) return null;
  const content = contentOf(lookup, later) || (isFin ? 'the FIN' : 'a later segment');
  return {
    atUs: packets.atUs(ack),
    seq: packets.get(later, 0),
    text: `${content} arrives first: selective ack, hole noticed`,
    detail: `the acknowledgement takes ${time(lookup.endOf(ack).atUs - packets.atUs(ack))} back`,
    tone: 'wait',
    term: 'RACK',
  };
}

const packetRow = (lookup: Lookup, seq: number): number =>
  seq < 0 ? -1 : lookup.trace.table('packet.sent').rowOfSeq(seq);

/** What a drop is called. @param inForce faults at that moment */
export function lossWords(reason: string, inForce: string): string {
  const why =
    reason === 'loss'
      ? 'chance loss'
      : reason === 'queue full'
        ? 'no room in the queue of the link'
        : reason === 'link down'
          ? 'the link is down'
          : reason === 'dropped by hand'
            ? 'dropped by hand'
            : reason === 'no route'
              ? 'the address is nobody’s any more'
              : reason;
  return inForce === '' || reason === 'link down' ? why : `${why} · ${inForce}`;
}

/** What somebody did to a packet that arrives all the same: "delayed by hand"; '' if nobody did. @param row of `packet.sent` */
export function touchWords(trace: Trace, row: number): string {
  const packets = trace.table('packet.sent');
  return packets.get(row, SENT.dropsAtUs) >= 0 ? '' : (trace.strings[packets.get(row, SENT.reason)] ?? '');
}

/** "in 3 segments", '' for one. */
export const inSegments = (count: number): string => (count <= 1 ? '' : ` in ${plural(count, 'segment')}`);
