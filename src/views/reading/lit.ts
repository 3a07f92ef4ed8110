import { COLUMN, type Trace } from '../../trace/trace.ts';
import type { Selection } from '../view.ts';
import { packetFace } from './packet-face.ts';

/** Messages first…end-1 on their way to a client; null: to all. */
export interface Messages {
  first: number;
  end: number;
  client: number | null;
}

/** The messages that a selection is about: one that is selected, or those that the selected packet carries. */
export function messagesOf(trace: Trace, selection: Selection | null): Messages | null {
  if (selection?.kind === 'message') {
    const { message, client } = selection;
    return { first: message, end: message + 1, client };
  }
  const row = selection?.kind === 'packet' ? trace.table('packet.sent').rowOfSeq(selection.seq) : -1;
  if (row < 0) return null;
  const { firstMessage, messages } = packetFace(trace, row);
  return messages === 0
    ? null
    : { first: firstMessage, end: firstMessage + messages, client: clientOfPacket(trace, row) };
}

export const includes = ({ first, end, client }: Messages, message: number, to: number): boolean =>
  message >= first && message < end && (client === null || client === to);

/** Whether a selection is about the packet in a row of `packet.sent`: itself, or a message that it carries. */
export function isPacketOf(trace: Trace, row: number, selection: Selection | null): boolean {
  if (selection?.kind === 'packet') return trace.table('packet.sent').get(row, 0) === selection.seq;
  if (selection?.kind !== 'message') return false;
  const { firstMessage, messages } = packetFace(trace, row);
  const { message, client } = selection;
  if (message < firstMessage || message >= firstMessage + messages) return false;
  return client === null || client === clientOfPacket(trace, row);
}

/** The client on whose link a packet is, or -1. */
const clientOfPacket = (trace: Trace, row: number): number =>
  trace.header?.links[trace.table('packet.sent').get(row, COLUMN['packet.sent'].link) >> 1]?.client ?? -1;
