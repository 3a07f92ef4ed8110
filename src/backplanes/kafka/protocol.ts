/** What a record of the topic of offsets says: where a group stands, or who is in it. */
export type Note =
  | { about: 'offset'; group: string; partition: number; offset: number }
  | { about: 'group'; group: string; generation: number; members: GroupMember[] };

export interface GroupMember {
  id: number;
  server: number;
  partitions: readonly number[];
}

/** A record in a log. Replicas share it: it never changes. */
export interface Entry {
  offset: number;
  /** Of the leader that wrote it. */
  epoch: number;
  /** 0: it is no message, but a note of the coordinator. */
  message: number;
  bytes: number;
  /** Producer (-1: without sequence numbers), sequence number, and its batch's first and length. */
  producer: number;
  sequence: number;
  batchFirst: number;
  batchLength: number;
  writtenUs: number;
  note: Note | null;
}

/** A partition as the controller has it. Brokers are meant by their number, from 0. */
export interface PartitionState {
  replicas: readonly number[];
  isr: readonly number[];
  /** -1: nobody. */
  leader: number;
  leaderEpoch: number;
  /** Rises with every change. */
  version: number;
}

/** The cluster's metadata as of a version. It never changes: a later one takes its place. */
export interface Image {
  version: number;
  partitions: readonly PartitionState[];
}

export interface FetchPart {
  partition: number;
  offset: number;
  /** A follower's: epoch of its last entry (-1: it has none). */
  lastEpoch: number;
}

export interface Produce {
  api: 'produce';
  partition: number;
  acks: '0' | '1' | 'all';
  producer: number;
  sequence: number;
  messages: readonly number[];
  bytes: readonly number[];
}

export interface Fetch {
  api: 'fetch';
  /** Number of the broker that follows; -1: a consumer. */
  follower: number;
  minBytes: number;
  maxWaitUs: number;
  parts: readonly FetchPart[];
}

/** Requests, as far as they say something that matters here. */
export type Request =
  | Produce
  | Fetch
  | { api: 'metadata' }
  | { api: 'list-offsets'; partitions: readonly number[]; which: 'latest' | 'earliest' }
  | { api: 'epoch-end'; partition: number; epoch: number }
  | { api: 'offset-fetch'; group: string; partitions: readonly number[] }
  | {
      api: 'offset-commit';
      group: string;
      member: number;
      generation: number;
      offsets: readonly [number, number][];
    }
  | { api: 'join-group'; group: string; member: number; server: number; owned: readonly number[] }
  | {
      api: 'sync-group';
      group: string;
      member: number;
      generation: number;
      assignments: GroupMember[] | null;
    }
  | { api: 'heartbeat'; group: string; member: number; generation: number }
  | { api: 'leave-group'; group: string; member: number }
  | { api: 'register'; broker: number; incarnation: number }
  | { api: 'broker-heartbeat'; broker: number; incarnation: number }
  | { api: 'metadata-fetch'; version: number }
  | {
      api: 'alter-partition';
      broker: number;
      partition: number;
      leaderEpoch: number;
      isr: readonly number[];
    };

export type Failure =
  | ''
  | 'not leader'
  | 'not enough replicas'
  | 'out of order sequence number'
  | 'request timed out'
  | 'not coordinator'
  | 'unknown member'
  | 'illegal generation'
  | 'rebalance in progress'
  | 'duplicate broker registration'
  | 'stale broker epoch'
  | 'invalid update version';

export interface FetchedPart {
  partition: number;
  failure: '' | 'not leader' | 'offset out of range';
  entries: readonly Entry[];
  highWatermark: number;
  logStart: number;
  /** To a follower whose log parts from the leader's: everything from here on is to go. -1: it does not. */
  divergesAt: number;
}

/** Answers; each request knows which fields it will find. */
export interface Answer {
  failure: Failure;
  parts?: FetchedPart[];
  image?: Image;
  offsets?: [number, number][];
  member?: number;
  generation?: number;
  /** To the leader of a group: everybody, with what they own. */
  members?: GroupMember[] | null;
  partitions?: number[];
  /** Where an epoch ends, and the latest up to it that has records; it itself where all of those are gone. */
  epochEnd?: { epoch: number; offset: number };
  fenced?: boolean;
}

type Api = Request['api'];

/** Words of the vocabulary for a request and its answer. */
export const WORDS: Readonly<Record<Api, readonly [string, string]>> = {
  produce: ['kafka.produce', 'kafka.produced'],
  fetch: ['kafka.fetch', 'kafka.records'],
  metadata: ['kafka.metadata', 'kafka.metadata-answer'],
  'list-offsets': ['kafka.offsets', 'kafka.offsets-answer'],
  'epoch-end': ['kafka.epoch', 'kafka.epoch-answer'],
  'offset-fetch': ['kafka.offsets', 'kafka.offsets-answer'],
  'offset-commit': ['kafka.commit', 'kafka.committed'],
  'join-group': ['kafka.join', 'kafka.joined'],
  'sync-group': ['kafka.sync', 'kafka.synced'],
  heartbeat: ['kafka.heartbeat', 'kafka.heartbeat-answer'],
  'leave-group': ['kafka.leave', 'kafka.left'],
  register: ['kafka.register', 'kafka.registered'],
  'broker-heartbeat': ['kafka.heartbeat', 'kafka.heartbeat-answer'],
  'metadata-fetch': ['kafka.cluster', 'kafka.cluster-answer'],
  'alter-partition': ['kafka.isr', 'kafka.isr-answer'],
};

/** A follower's fetch is not called as a consumer's. */
export const REPLICATE = ['kafka.replicate', 'kafka.replicated'] as const;

// Sizes by the message formats of Kafka 4.0 (clients/src/main/resources/common/message), with a short client id.
const REQUEST_BYTES = 30;
const ANSWER_BYTES = 10;
/** A record batch's header (DefaultRecordBatch.RECORD_BATCH_OVERHEAD). */
const BATCH_BYTES = 61;
/** A record's lengths, deltas and attributes, and a key such as a room's name. */
export const RECORD_BYTES = 18;
const FETCH_PART_BYTES = 37;
const FETCHED_PART_BYTES = 40;
const MEMBER_BYTES = 60;

/** Size of a request on the stream. */
export function requestBytes(request: Request): number {
  switch (request.api) {
    case 'produce':
      return (
        REQUEST_BYTES + 40 + BATCH_BYTES + request.bytes.reduce((sum, bytes) => sum + bytes + RECORD_BYTES, 0)
      );
    case 'fetch':
      return REQUEST_BYTES + 45 + request.parts.length * FETCH_PART_BYTES;
    case 'offset-commit':
      return REQUEST_BYTES + 40 + request.offsets.length * 16;
    case 'join-group':
      return REQUEST_BYTES + MEMBER_BYTES + 40;
    case 'sync-group':
      return REQUEST_BYTES + 50 + (request.assignments?.length ?? 0) * MEMBER_BYTES;
    case 'list-offsets':
    case 'offset-fetch':
      return REQUEST_BYTES + 30 + request.partitions.length * 12;
    default:
      return REQUEST_BYTES + 30;
  }
}

/** Size of an answer on the stream. */
export function answerBytes({ parts, image, offsets, members }: Answer): number {
  let bytes = ANSWER_BYTES + 30;
  for (const { entries } of parts ?? []) {
    bytes += FETCHED_PART_BYTES + (entries.length > 0 ? BATCH_BYTES : 0);
    for (const entry of entries) bytes += entry.bytes + RECORD_BYTES;
  }
  bytes += (image?.partitions.length ?? 0) * 40 + (offsets?.length ?? 0) * 20;
  return bytes + (members?.length ?? 0) * MEMBER_BYTES;
}

/** Messages in a request or an answer, in the order of the log. */
export function messagesIn(content: Request | Answer): readonly number[] {
  if ('api' in content) return content.api === 'produce' ? content.messages : [];
  return (content.parts ?? []).flatMap(({ entries }) =>
    entries.flatMap(({ message }) => (message > 0 ? [message] : [])),
  );
}
