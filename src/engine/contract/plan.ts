import type { LinkOptions } from './link-options.ts';
import type { LoadBalancerPlan } from './load-balancer.ts';
import type { ProxyPlan } from './proxy.ts';
import type { SnapshotWish } from './snapshot.ts';

/** A scenario with every default filled in: what the engine runs. Names and meanings are the scenario file's. */
export interface Plan {
  version: 1;
  name: string;
  /** A sentence or two for people; changes nothing in the run. */
  about: string;
  seed: number;
  durationMs: number;
  settleMs: number;
  network: {
    access: LinkOptions;
    datacenter: LinkOptions;
    dns: { lookupMs: number; ttlMs: number; lossPct: number };
    tcp: { congestionControl: 'cubic' | 'bbr' };
  };
  edge: {
    tls: 'none' | '1.2' | '1.3';
    /** Clients keep session tickets and resume. */
    tlsResumption: boolean;
    /** Size of the certificate chain in the handshake. */
    certificateBytes: number;
    http: '1.1';
    /** Header of a plain GET, and of a response. */
    requestHeaderBytes: number;
    responseHeaderBytes: number;
    loadBalancer: LoadBalancerPlan | null;
    proxy: ProxyPlan | null;
  };
  servers: {
    count: number;
    replayBuffer: { messages: number };
    /** The replay buffer outlives a crash. */
    durable: boolean;
    /** Each request takes one of so many threads while it is open; null: an event loop. */
    threads: number | null;
    /** How many requests may wait for a thread; null: as many as come. */
    threadQueue: number | null;
    /** An idle HTTP connection is closed after this. */
    keepAliveTimeoutMs: number;
    /** A room that nobody has had open or asked about for this long is not subscribed to any more. */
    leaveRoomAfterMs: number;
    /** Messages for a client are gathered for so long, and sent as one; 0: each is sent at once. */
    batchMs: number;
    /** Where a client that comes back gets what the server does not know: nowhere, or from the backplane. */
    replayFrom: 'buffer' | 'backplane';
    /** How long a server waits for the backplane's answer. */
    replayTimeoutMs: number;
    /** A message that comes again from the backplane is dropped by its id. */
    dropDuplicates: boolean;
    /** What stands for a room's messages where a client asks for that (`repair.snapshot`). */
    snapshot: {
      /** Size of a room's state before its first message, and what each message adds to it. */
      bytes: number;
      bytesPerMessage: number;
      /** Where a server gets the state of a room that it has not followed. */
      loadFrom: 'source' | 'backplane';
      /** A read of the state at its source. */
      loadMs: number;
    };
    cpu: {
      perConnectionMs: number;
      perRequestMs: number;
      perMessageMs: number;
      /** To take one message from the backplane. */
      perReceiveMs: number;
      perHandshakeMs: number;
      perResumptionMs: number;
      /** To make one snapshot. */
      perSnapshotMs: number;
    };
  };
  backplane: { kind: string; [option: string]: unknown };
  topics: TopicsPlan;
  publishers: PublisherPlan[];
  clients: GroupPlan[];
  faults: FaultPlan[];
  expect: { metric: string; min: number | null; max: number | null }[];
}

/** What a message is published to: its room, the topic of each of the room's members, or a cached entry. */
export type TopicsPlan =
  | { kind: 'room' }
  | { kind: 'user' }
  | {
      kind: 'cache';
      /** Size of what tells servers that an entry has changed. */
      signalBytes: number;
      /** How long a read takes, and how often a server reads an entry at most. */
      readMs: number;
      readEveryMs: number;
    };

export interface PublisherPlan {
  name: string;
  /** The client that writes (`chat/2`), or a group whose members write in turn; null: a process beside the servers. */
  client: string | null;
  /** Whether a client that wrote a message is sent it as well. */
  echo: boolean;
  room: string;
  startMs: number;
  arrivals:
    | { kind: 'periodic'; everyMs: number }
    | { kind: 'poisson'; perSecond: number }
    | { kind: 'at'; timesMs: number[] }
    | { kind: 'burst'; everyMs: number; size: number };
  bytes: number;
  text: string | null;
}

export interface GroupPlan {
  name: string;
  count: number;
  startMs: number;
  startSpreadMs: number;
  rooms: string[];
  /** What differs from `network.access`, already laid over it. */
  network: LinkOptions;
  reconnect: ReconnectPlan;
  repair: RepairPlan;
  transport: { kind: string; [option: string]: unknown };
}

/** What an application does about duplicates and gaps. */
export interface RepairPlan {
  /** Drops what it has already, by id. */
  dropDuplicates: boolean;
  /** Each message carries its number within its room, and the client notices when one is missing. */
  detectGaps: boolean;
  /** When it is given a room's state in place of the messages that it missed. */
  snapshot: SnapshotWish;
  /** How long a gap that it noticed may stay open before it asks for a snapshot. */
  snapshotAfterMs: number;
}

export interface ReconnectPlan {
  kind: 'none' | 'fixed' | 'exponential';
  baseMs: number;
  maxMs: number;
  factor: number;
  jitter: 'none' | 'full' | 'equal' | 'decorrelated';
  /** null: for ever. */
  maxAttempts: number | null;
}

export const FAULT_KINDS = [
  'link-change',
  'link-down',
  'server-crash',
  'server-pause',
  'server-join',
  'server-drain',
  'load-balancer-crash',
  'load-balancer-pause',
  'client-disconnect',
  'client-sleep',
  'network-switch',
  'dns-down',
  'broker-crash',
  'broker-pause',
  'partition',
  'clock-skew',
  'publish',
  'packet-drop',
  'packet-delay',
  'packet-duplicate',
] as const;

export interface FaultPlan {
  atMs: number;
  /** null: until the end (or an instant, where the kind has no length). */
  forMs: number | null;
  kind: (typeof FAULT_KINDS)[number];
  /** A group (`sse`), one of its clients (`sse/3`), a server (`server-1`), a node, or null: everybody it can apply to. */
  target: string | null;
  /** link-change: options of the link to set. */
  set?: Partial<LinkOptions>;
  /** link-down: which way; packet-…: the packet's way on a client's link. */
  direction?: 'both' | 'up' | 'down' | 'forth' | 'back';
  /** server-drain: over how long the clients are given away. */
  spreadMs?: number;
  /**
   * partition: between which two, of servers, nodes and publishers, or all of a kind. packet-…: from the first to the
   * second, one of which may be the load balancer.
   */
  between?: string[];
  packet?: 'syn' | 'synack' | 'data' | 'any';
  nth?: number;
  /** packet-delay: how late; clock-skew: how far ahead. */
  byMs?: number;
  /** publish: what is typed; by the first publisher unless `publisher` names another. */
  text?: string;
  publisher?: string;
}
