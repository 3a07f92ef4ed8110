import type { OptionSpecs } from './option-spec.ts';
import type { Place, Role } from './place.ts';
import type { Sim } from './sim.ts';
import type { Vocabulary } from './transport.ts';

export type Options = Readonly<Record<string, unknown>>;

/** What a backplane promises of a message that a source has accepted, while servers and nodes come and go. */
export interface Claim {
  /** Values that its options have to have for this; without: always. The first claim that fits counts. */
  when?: Options;
  /** How often a server that watches the room is handed it. `unspecified`: it may be lost, and it may come twice. */
  delivery: 'at most once' | 'at least once' | 'effectively once' | 'unspecified';
  /** Within what messages of one source are handed over in the order in which they were accepted. */
  ordered: 'room' | 'none';
  /** Whether a server that was away is handed what it missed. */
  replay: boolean;
}

/** A process of the backplane. */
export interface NodeSpec {
  /** A target of faults: `redis`, `kafka-1`. */
  name: string;
  title: string;
}

/** Between whom there are links: each pair of such places has one of its own. */
export type LinkedPair = 'source-node' | 'server-node' | 'node-node' | 'source-server' | 'server-server';

export interface BackplaneManifest {
  kind: string;
  title: string;
  /** One sentence. */
  about: string;
  options: OptionSpecs;
  /** Its processes, in the order of their numbers. */
  nodes(options: Options): NodeSpec[];
  links: readonly LinkedPair[];
  /** Names of its logs (topics, streams, tables), each with the number of its partitions, and of who reads them. */
  logs?(options: Options, rooms: readonly string[]): { name: string; partitions: number }[];
  consumers?(options: Options, servers: readonly string[]): string[];
  /** What a node may hold for somebody (`buffer.changed`) before it lets go; null: as much as there is. */
  bufferLimitBytes?(options: Options): number | null;
  guarantees: readonly Claim[];
  vocabulary: Vocabulary;
  /** Documents and source files, with the version that the model follows. */
  sources: readonly string[];
  leavesOut: readonly string[];
}

/** What a backplane counts. The engine counts what is handed over, and the wire. */
export interface BackplaneCounts {
  /** Messages that set out. */
  published: number;
  /** Copies sent towards servers. */
  forwarded: number;
  /** Entries written to logs. */
  appended: number;
  /** Copies sent again because nobody confirmed the first. */
  redelivered: number;
  /** Copies given up: see `message.dropped`. */
  dropped: number;
  /** Clients that a change of the fleet gave to another server, each time. */
  movedClients: number;
  /** Requests of clients, and copies, that came to a server to which they did not belong. */
  misrouted: number;
  /** Time that nodes worked, and the longest wait of a piece of work, µs: of what a node does not do by its CPU. */
  busyUs: number;
  queuedPeakUs: number;
}

/** Hop 2 at work: how a message gets from its source to the servers. Times are those of the places' own events. */
export interface Backplane {
  /** A source has a message. @returns whether it takes it; if not, nobody has accepted it, and nobody expects it */
  offer(source: Place): boolean;
  /** An accepted message sets out. `source`: a publisher's own place, or the server whose client wrote it. */
  publish(message: number, source: Place): void;
  /** The first client of a server watches a room, or the last has left it. */
  subscribe(server: Place, room: number): void;
  unsubscribe(server: Place, room: number): void;
  /** A process began, at the start of the run or after a crash. What a server's clients watch follows. */
  started(place: Place): void;
  /** A process died: everything that it had in memory is gone. */
  stopped(place: Place): void;
  /**
   * What is kept of a room behind a message, oldest first, for a client that comes back to a server which does not know
   * that message any more (`servers.replayFrom: "backplane"`). The message may be another room's, or not kept (0: none):
   * then what has a higher number counts. `give` is called once, later or at once; a server waits only so long for it.
   */
  replay?(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void;
  /** Where the edge sends a client's next connection, by the server's number; null: it has no opinion. Without: in turn. */
  serverFor?(client: number): number | null;
  /** Whether a server keeps a client that connects to it; if not, it is told to connect anew. Without: always. */
  keeps?(server: Place, client: number): boolean;
  /** A server leaves politely: it takes no new connections, and gives its clients away; or it is there again. */
  drains?(server: Place, draining: boolean): void;
}

/** What a backplane can do. */
export interface BackplaneIo {
  readonly sim: Sim;
  readonly servers: readonly Place[];
  readonly nodes: readonly Place[];
  /** Publishers that are no clients. */
  readonly sources: readonly Place[];
  readonly rooms: readonly string[];
  readonly counts: BackplaneCounts;
  /** Everybody who may connect, by number, and the rooms that each is in. */
  readonly clients: readonly { readonly name: string; readonly rooms: readonly number[] }[];
  /** CPU time that a server needs to take one message in (`servers.cpu.perReceiveMs`), µs. */
  readonly receiveUs: number;
  roomOf(message: number): number;
  /** The number in records of what it is told to publish: with a topic for each user, that is a copy of a message. */
  messageOf(copy: number): number;
  /** Size of a message's payload. */
  bytesOf(message: number): number;
  /** Clients that have a request, a stream or a socket open at a server, by number, rising. */
  connectedTo(server: Place): readonly number[];
  /** The server has a client connect anew: streams and sockets are ended politely. @param why for the record */
  sendAway(server: Place, client: number, why: string): void;
  /** The server's application has the message: it is written to the clients that watch its room. */
  hand(server: Place, message: number): void;
  /** A copy ends here, for this reason; counted, and recorded. @param server that does not get it (null: none will) */
  drop(message: number, at: Place, server: Place | null, reason: string): void;
  /** Records what a process holds for another: bytes and messages that wait. */
  buffered(at: Place, peer: Place, bytes: number, messages: number): void;
}

/** A backplane: one folder. The engine runs its machines and carries its bytes. */
export interface BackplanePlugin {
  manifest: BackplaneManifest;
  roles: Readonly<Record<string, Role>>;
  create(io: BackplaneIo, options: Options): Backplane;
}

/** What a backplane promises with these options. */
export function claimOf({ guarantees }: Pick<BackplaneManifest, 'guarantees'>, options: Options): Claim {
  const fits = ({ when = {} }: Claim) =>
    Object.entries(when).every(([option, value]) => options[option] === value);
  return guarantees.find(fits) as Claim;
}
