import type { AnyStateMachine } from 'xstate';
import type { MachineEvent } from '../machine/compile.ts';
import type { HttpClient, ServerExchange } from './http.ts';
import type { OptionSpecs } from './option-spec.ts';
import type { ReconnectPlan } from './plan.ts';
import type { Snapshot, Update } from './snapshot.ts';
import type { CloseReason } from './stream.ts';

export type { MachineEvent } from '../machine/compile.ts';

/** Events go to machines as plain objects; the engine adds the time. */
export interface PlainEvent {
  type: string;
  [field: string]: number | string;
}

/** What a transport's client can do; its machine's effects are carried out with this. */
export interface ClientIo {
  readonly client: number;
  readonly rooms: number[];
  readonly http: HttpClient;
  /** The transport's options, resolved. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Sends an event to this channel's machine. */
  send(event: PlainEvent): void;
  /** The application can receive from now on. Only the first call counts. */
  ready(): void;
  /** Hands messages and snapshots to the application. */
  deliver(updates: readonly Update[]): void;
  /** The connection that it writes messages on is over. */
  writesEnd(reason: CloseReason): void;
  /** A complete response without a message came. */
  emptyResponse(): void;
  /** Uniform in [0, 1), from this client's own stream for retries. */
  random(): number;
  /** Whatever the transport keeps between effects: the request under way, for example. */
  memory: Record<string, unknown>;
}

/** What the server's side of a transport can do. */
export interface ServerIo {
  readonly exchange: ServerExchange;
  readonly options: Readonly<Record<string, unknown>>;
  send(event: PlainEvent): void;
  /** Spends CPU time for a request or for messages, then sends `worked` with `news`: messages after the cursor. */
  work(what: 'request' | 'message', messages?: number): void;
  /** Messages of the request's rooms after the cursor that the replay buffer still has; moves the cursor behind them. */
  news(): number[];
  /** The same as it is to be sent: each list as one, by `servers.batchMs`. For streams and sockets. */
  sendings(): number[][];
  /** Snapshots that stand for what came before the news, once; they are sent before it. */
  snapshots(): Snapshot[];
  /** Where the client stands once it has what it was sent: the cursor for its next request. */
  cursorNow(): number;
  /** From now on every new message of the rooms costs CPU time and is sent as `message`, after which `news()` has it. */
  subscribe(): void;
  /** Size of a message's payload in bytes. */
  bytesOf(message: number): number;
  memory: Record<string, unknown>;
}

/** An effect of a machine, by the name of its action. */
export type Effects<Io> = Record<string, (io: Io, params: unknown, event: MachineEvent) => void>;

/** What a plug-in calls something: shown wherever that something appears. */
export type Vocabulary = Record<
  string,
  { label: string; role: 'request' | 'response' | 'control' | 'data'; explanation: string }
>;

export interface TransportManifest {
  kind: string;
  title: string;
  /** One sentence. */
  about: string;
  options: OptionSpecs;
  /** Stack it stands on, top down. */
  stack: readonly ('http' | 'tls' | 'tcp' | 'dns')[];
  /** The flag among its options that asks for a machine for each room, instead of one for all of a client's rooms. */
  perRoom?: string;
  guarantees: {
    /** In order within a room, as long as the connection lives. */
    ordered: boolean;
    /** Nothing is lost by a reconnection shorter than the replay buffer: always, never, or with an option. */
    replay: 'always' | 'never' | { option: string };
  };
  vocabulary: Vocabulary;
  /** RFC sections and documents that the model follows. */
  sources: readonly string[];
  /** What the model leaves out. */
  leavesOut: readonly string[];
}

/** A transport: one folder. The engine runs its machines and carries out their effects. */
export interface TransportPlugin {
  manifest: TransportManifest;
  client: {
    machine: AnyStateMachine;
    /** Context of a client's machine. */
    context(options: Readonly<Record<string, unknown>>, reconnect: ReconnectPlan): Record<string, number>;
    effects: Effects<ClientIo>;
    /** How a client writes on its own connection, whose end it has to tell (`writesEnd`); without: by a POST. */
    write?: {
      /** Whether it can now. */
      canWrite(io: ClientIo): boolean;
      write(io: ClientIo, message: number, bytes: number): void;
    };
  };
  server: {
    machine: AnyStateMachine;
    context(options: Readonly<Record<string, unknown>>): Record<string, number>;
    effects: Effects<ServerIo>;
    /** How it answers a request that came without the Upgrade it needs; not there: it needs none. */
    withoutUpgrade?(exchange: ServerExchange): void;
  };
}
