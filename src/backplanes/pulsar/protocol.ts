/** What a producer sends at a time: messages of one room, which is their key. It never changes. */
export interface Batch {
  producer: number;
  /** Sequence number of the first message. */
  sequence: number;
  room: number;
  messages: readonly number[];
  bytes: number;
}

/** A batch in a ledger. `offset` counts the messages of the partition before it. */
export interface Entry {
  ledger: number;
  entry: number;
  offset: number;
  batch: Batch;
}

/** From an entry on, a ledger is written to these bookies. */
export interface Segment {
  first: number;
  ensemble: readonly number[];
}

/** A ledger as the metadata have it. `last`: its last entry once it is closed; null: it is not. */
export interface LedgerInfo {
  id: number;
  partition: number;
  firstOffset: number;
  segments: readonly Segment[];
  last: number | null;
  /** When it was closed. */
  closedUs: number | null;
}

/** Where a message is: its entry, and how many messages of the partition are before it. */
export interface MessageId {
  ledger: number;
  entry: number;
  offset: number;
}

/** Where a subscription stands in a partition: all before `markDelete` is done with, and the messages in `acked`. */
export interface CursorState {
  subscription: number;
  partition: number;
  version: number;
  markDelete: number;
  acked: readonly number[];
  /** The first entry that is not done with. */
  ledger: number;
  entry: number;
  /** Of the cursor of de-duplication: the last sequence number of each producer. */
  sequences: readonly (readonly [producer: number, sequence: number])[];
}

export type Request =
  // Clients to brokers.
  | { ask: 'lookup'; partition: number }
  | { ask: 'producer'; partition: number }
  | { ask: 'send'; partition: number; batch: Batch }
  | { ask: 'subscribe'; partition: number; subscription: number; server: number }
  | { ask: 'flow'; partition: number; subscription: number; permits: number }
  | { ask: 'ack'; partition: number; subscription: number; offsets: readonly number[]; cumulative: boolean }
  | { ask: 'redeliver'; partition: number; subscription: number; offsets: readonly number[] }
  // Readers: a number of their own takes the place of a subscription’s. `from`: the last that is known; null: the earliest.
  | { ask: 'reader'; partition: number; subscription: number; from: MessageId | null }
  | { ask: 'last-id'; partition: number }
  | { ask: 'close-reader'; partition: number; subscription: number }
  // Brokers to the metadata store.
  | { ask: 'register'; broker: number; incarnation: number }
  | { ask: 'keep-session'; broker: number; incarnation: number }
  | { ask: 'owner'; partition: number }
  | { ask: 'load'; partition: number; broker: number; incarnation: number }
  | { ask: 'update'; partition: number; version: number; ledgers: readonly LedgerInfo[] }
  // Brokers to bookies.
  | { ask: 'add'; entry: Entry }
  | { ask: 'read'; ledger: number; from: number; fence: boolean }
  | { ask: 'save-cursor'; cursor: CursorState }
  | { ask: 'read-cursors'; partition: number };

export interface Answer {
  ok: boolean;
  broker?: number;
  version?: number;
  ledgers?: readonly LedgerInfo[];
  entries?: readonly Entry[];
  cursors?: readonly CursorState[];
  /** Offset behind the last message that can be read; 0: there is none. */
  end?: number;
}

/** What a broker says without being asked. */
export type Push =
  | { push: 'messages'; partition: number; subscription: number; entries: readonly Entry[] }
  | { push: 'closed'; partition: number };

export interface Asked {
  call: number;
  request: Request;
}

export interface Answered {
  call: number;
  answer: Answer;
}

/** Names of answers in the vocabulary; other requests are only confirmed. */
export const ANSWER_WORDS: Partial<Record<Request['ask'], string>> = {
  lookup: 'pulsar.lookup-answer',
  send: 'pulsar.send-receipt',
  read: 'pulsar.entries',
  'read-cursors': 'pulsar.cursors',
  'last-id': 'pulsar.last-id-answer',
  load: 'pulsar.ledgers',
};

// Estimates, by the fields of PulsarApi.proto, BookkeeperProtocol.proto and of a message's metadata.
const COMMAND_BYTES = 40;
const METADATA_BYTES = 60;
const ID_BYTES = 12;
const LEDGER_BYTES = 80;
const CURSOR_BYTES = 60;
const MESSAGE_BYTES = 12;

const batchBytes = ({ bytes, messages }: Batch) => METADATA_BYTES + bytes + messages.length * MESSAGE_BYTES;
const entriesBytes = (entries: readonly Entry[]) =>
  entries.reduce((sum, { batch }) => sum + ID_BYTES + batchBytes(batch), 0);

export function requestBytes(request: Request): number {
  switch (request.ask) {
    case 'send':
      return COMMAND_BYTES + batchBytes(request.batch);
    case 'add':
      return COMMAND_BYTES + batchBytes(request.entry.batch);
    case 'ack':
    case 'redeliver':
      return COMMAND_BYTES + request.offsets.length * ID_BYTES;
    case 'save-cursor':
      return COMMAND_BYTES + CURSOR_BYTES + request.cursor.acked.length * 4;
    case 'update':
      return COMMAND_BYTES + request.ledgers.length * LEDGER_BYTES;
    default:
      return COMMAND_BYTES + ID_BYTES;
  }
}

export const answerBytes = ({ entries = [], ledgers = [], cursors = [] }: Answer): number =>
  COMMAND_BYTES + entriesBytes(entries) + ledgers.length * LEDGER_BYTES + cursors.length * CURSOR_BYTES;

export const pushBytes = (push: Push): number =>
  COMMAND_BYTES + (push.push === 'messages' ? entriesBytes(push.entries) : 0);

export function messagesIn(what: Request | Answer | Push): readonly number[] {
  if ('ask' in what) {
    if (what.ask === 'send') return what.batch.messages;
    return what.ask === 'add' ? what.entry.batch.messages : [];
  }
  const entries = 'entries' in what ? what.entries : undefined;
  return (entries ?? []).flatMap(({ batch }) => batch.messages);
}
