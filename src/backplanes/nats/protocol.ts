/** What is said on a connection, and its size: docs.nats.io, NATS Client Protocol. */

/** What a message carries. */
export interface Payload {
  /** Number of the update in it; 0: none. */
  message: number;
  bytes: number;
  /** Bytes of its headers with their end; 0: it has none, and goes as PUB and MSG. */
  headerBytes: number;
  /** What it is, as a key of the vocabulary without `nats.`; '': a message of an application. */
  what: string;
  /** What it says besides. */
  body: unknown;
}

export type ClientOp =
  | { op: 'CONNECT' | 'PING' | 'PONG' }
  | { op: 'SUB'; sid: number; subject: string; queue: string }
  | { op: 'UNSUB'; sid: number }
  | { op: 'PUB'; subject: string; reply: string; payload: Payload };

export type ServerOp =
  | { op: 'INFO' | 'PING' | 'PONG' }
  | { op: 'MSG'; sid: number; subject: string; reply: string; payload: Payload };

/** `INFO {…}` and `CONNECT {…}`: estimates, the JSON of a server and of a client without credentials. */
const INFO_BYTES = 400;
const CONNECT_BYTES = 240;

/** `PING\r\n`, `PONG\r\n`. */
const PING_BYTES = 6;

const line = (...words: (string | number)[]): number =>
  words.filter((word) => word !== '').join(' ').length + 2;

/** A message with its control line, `[H]PUB` or `[H]MSG`. */
function messageBytes(verb: string, words: (string | number)[], { bytes, headerBytes }: Payload): number {
  if (headerBytes === 0) return line(verb, ...words, bytes) + bytes + 2;
  const total = headerBytes + bytes;
  return line(`H${verb}`, ...words, headerBytes, total) + total + 2;
}

export function clientBytes(said: ClientOp): number {
  switch (said.op) {
    case 'CONNECT':
      return CONNECT_BYTES;
    case 'SUB':
      return line('SUB', said.subject, said.queue, said.sid);
    case 'UNSUB':
      return line('UNSUB', said.sid);
    case 'PUB':
      return messageBytes('PUB', [said.subject, said.reply], said.payload);
    default:
      return PING_BYTES;
  }
}

export function serverBytes(said: ServerOp): number {
  if (said.op === 'INFO') return INFO_BYTES;
  if (said.op === 'MSG') return messageBytes('MSG', [said.subject, said.sid, said.reply], said.payload);
  return PING_BYTES;
}

/** What a unit is called in the vocabulary. */
export function wordOf(said: ClientOp | ServerOp): string {
  const own = said.op === 'PUB' || said.op === 'MSG' ? said.payload.what : '';
  return `nats.${own === '' ? said.op.toLowerCase() : own}`;
}
