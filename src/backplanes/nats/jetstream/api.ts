import type { Payload } from '../protocol.ts';

export type AckPolicy = 'explicit' | 'all' | 'none';
export type DeliverPolicy = 'all' | 'last' | 'new' | 'by_start_sequence' | 'by_start_time';

/** What a client asks for when it creates a consumer. */
export interface ConsumerSpec {
  name: string;
  /** Number among the consumers of the header; -1: none of them. */
  number: number;
  durable: boolean;
  /** Subject that messages are pushed to; '': clients pull. */
  deliver: string;
  filter: string;
  ackPolicy: AckPolicy;
  deliverPolicy: DeliverPolicy;
  startSeq: number;
  startAtUs: number;
  replayPolicy: 'instant' | 'original';
  ackWaitUs: number;
  backoffUs: readonly number[];
  /** -1: no limit. */
  maxDeliver: number;
  maxAckPending: number;
  /** Of an idle consumer that pushes; 0: none. */
  heartbeatUs: number;
}

export interface PullRequest {
  batch: number;
  expiresUs: number;
}

/** What the bodies of payloads say. */
export type Body =
  | { is: 'stored'; id: string }
  | { is: 'create'; spec: ConsumerSpec }
  | { is: 'created'; name: string; pending: number }
  | { is: 'refused'; why: string }
  | { is: 'delete'; name: string }
  | { is: 'next'; name: string; request: PullRequest }
  | { is: 'expired'; left: number }
  /** How much is under way, and from the client: it has come so far. */
  | { is: 'flow'; name: string; bytes: number }
  /** Of an idle consumer: how many messages it has delivered. */
  | { is: 'heartbeat'; deliveries: number }
  | { is: 'published'; seq: number; duplicate: boolean; failure: string }
  | { is: 'delivered'; seq: number; delivery: number; times: number; left: number }
  | { is: 'ack'; name: string; seq: number; delivery: number };

/** JSON of a consumer's configuration, and of what the server says of it: estimates. */
const CONFIG_BYTES = 320;
const INFO_BYTES = 680;
/** `NATS/1.0 100 Idle Heartbeat` or `408 Request Timeout` with its two fields and the end. */
const STATUS_BYTES = 90;

function control(what: string, bytes: number, body: Body, headerBytes = 0): Payload {
  return { message: 0, bytes, headerBytes, what, body };
}

/** A payload that says something to JetStream, or for it, with its size. */
export function say(body: Exclude<Body, { is: 'stored' } | { is: 'delivered' }>): Payload {
  switch (body.is) {
    case 'create':
      return control('js-create', CONFIG_BYTES, body);
    case 'created':
      return control('js-created', INFO_BYTES, body);
    case 'refused':
      return control('js-refused', 100 + body.why.length, body);
    case 'delete':
      return control('js-delete', 0, body);
    case 'next':
      return control(
        'js-next',
        JSON.stringify({ batch: 500, expires: 3e10, idle_heartbeat: 15e9 }).length,
        body,
      );
    case 'flow':
    case 'expired':
    case 'heartbeat':
      return control(`js-${body.is}`, 0, body, STATUS_BYTES);
    case 'published':
      return control(
        body.duplicate ? 'js-duplicate' : 'js-puback',
        JSON.stringify({ stream: 'UPDATES', seq: body.seq }).length,
        body,
      );
    case 'ack':
      return control('js-ack', '+ACK'.length, body);
  }
}

/** Bytes of `NATS/1.0`, the id's field and the empty line; 0 without an id. */
export const idHeaderBytes = (id: string): number =>
  id === '' ? 0 : `NATS/1.0\r\nNats-Msg-Id: ${id}\r\n\r\n`.length;

/** The subject that a message is acknowledged on, which says all there is to know of the delivery. */
export const ackSubject = (
  prefix: string,
  name: string,
  seq: number,
  delivery: number,
  times: number,
): string => `${prefix}.${name}.${times}.${seq}.${delivery}.1700000000000000000.0`;
