/** A message as it was stored: its number counts what the topic has accepted. It never changes. */
export interface Entry {
  offset: number;
  message: number;
  room: number;
  bytes: number;
  storedUs: number;
}

/** A copy on its way to a subscriber. `attempt` counts from 1. */
export interface Received {
  ackId: number;
  attempt: number;
  entry: Entry;
}

/** What the client library asks for. */
export type Request =
  | { rpc: 'publish'; messages: readonly number[] }
  | { rpc: 'acknowledge'; subscription: number; ackIds: readonly number[] }
  | { rpc: 'modify-deadline'; subscription: number; ackIds: readonly number[]; deadlineMs: number }
  | { rpc: 'pull'; subscription: number }
  | { rpc: 'keep-alive' };

/** A request on the wire; the answer carries its number. */
export interface Asked {
  call: number;
  request: Request;
}

/** What the service says: the answer to a call, or messages on a stream. */
export type Said =
  | {
      said: 'answer';
      call: number /** Acknowledgement ids that are not valid any more. */;
      invalid: readonly number[];
    }
  | { said: 'messages'; messages: readonly Received[] };

export interface Lease {
  offset: number;
  ackId: number;
  untilUs: number;
}

/** What is written to the zones. */
export type Change =
  | { change: 'entries'; entries: readonly Entry[] }
  | { change: 'acks'; subscription: number; offsets: readonly number[] }
  | { change: 'leases'; subscription: number; leases: readonly Lease[] }
  | { change: 'deleted'; offsets: readonly number[] };

export type ToZone = { write: number; epoch: number; change: Change } | { read: true; epoch: number };

/** What a zone has. */
export interface Contents {
  entries: ReadonlyMap<number, Entry>;
  /** By subscription. */
  acks: ReadonlyMap<number, ReadonlySet<number>>;
  leases: ReadonlyMap<number, ReadonlyMap<number, Lease>>;
  deleted: ReadonlySet<number>;
}

export type FromZone = { written: number } | { contents: Contents };

// Estimates: HTTP/2 and gRPC frames (9 and 5 bytes), headers once they are compressed, and the fields of pubsub.proto
// with names and ids as long as they usually are.
const CALL_BYTES = 60;
const ANSWER_BYTES = 40;
const PUBLISHED_BYTES = 24;
const ACK_ID_BYTES = 180;
const RECEIVED_BYTES = 60 + ACK_ID_BYTES;
const STORED_BYTES = 40;

export function requestBytes(request: Request, bytesOf: (message: number) => number): number {
  if (request.rpc === 'publish')
    return request.messages.reduce((sum, message) => sum + PUBLISHED_BYTES + bytesOf(message), CALL_BYTES);
  if (request.rpc === 'acknowledge' || request.rpc === 'modify-deadline')
    return CALL_BYTES + request.ackIds.length * ACK_ID_BYTES;
  return request.rpc === 'pull' ? CALL_BYTES + 80 : 20;
}

export function saidBytes(said: Said): number {
  if (said.said === 'answer') return ANSWER_BYTES;
  return said.messages.reduce((sum, { entry }) => sum + RECEIVED_BYTES + entry.bytes, 14);
}

export function changeBytes(change: Change): number {
  if (change.change === 'entries')
    return change.entries.reduce((sum, { bytes }) => sum + STORED_BYTES + bytes, CALL_BYTES);
  const items = change.change === 'leases' ? change.leases.length : change.offsets.length;
  return CALL_BYTES + items * 16;
}

export const WRITTEN_BYTES = ANSWER_BYTES;
export const READ_BYTES = CALL_BYTES;

export function contentsBytes({ entries }: Contents): number {
  let sum = ANSWER_BYTES;
  for (const { bytes } of entries.values()) sum += STORED_BYTES + bytes;
  return sum;
}
