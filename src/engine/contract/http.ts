import type { Probes } from './probes.ts';
import type { Snapshot } from './snapshot.ts';
import type { CloseReason, Stream, StreamOwner } from './stream.ts';

/** A request as a transport makes it. `bytes` is what it has beyond a plain GET's header: query, extra fields, body. */
export interface RequestSpec {
  /** Key of the vocabulary. */
  what: string;
  bytes: number;
  /** What the server's side gets to see. */
  content: RequestContent;
  /** Whether the connection may serve further requests. */
  keepAlive: boolean;
  /** How the connection is probed while it idles; null: it is not. */
  probes: Probes | null;
  /** WebSockets have a pool of their own; everything else shares six connections an origin. */
  pool: 'http' | 'websocket';
  /** It changes something, so it is not repeated where its connection dies (RFC 9110 §9.2.2). */
  once?: true;
}

/** What a request asks of the application. */
export interface RequestContent {
  transport: string;
  client: number;
  rooms: number[];
  /** Last message known (0: none, and none wanted): a poll's cursor, Last-Event-ID, a resume token; -1: no cursor yet. */
  cursor: number;
  /** The message that it brings (a POST) instead of asking for any. */
  post?: number;
  /** The room whose snapshot it asks for, instead of messages. */
  snapshotOf?: number;
  /** `If-None-Match`: the client has the answer without news that ends at this cursor (RFC 9110 §13.1.2). */
  ifNoneMatch?: number;
  /** A stream or a socket begins with it, or what a client polls. */
  begins?: boolean;
}

/** What a response or a part of it says. */
export interface ResponseContent {
  status: number;
  /** Messages in it, in order. */
  messages: number[];
  /** Snapshots in it, before its messages. */
  snapshots?: Snapshot[];
  /** The server's newest message, for the next request. */
  cursor: number;
  /** What kind of part it is, for a transport's own use (a WebSocket frame's opcode, SSE's retry …). */
  code: number;
}

export interface ResponseOwner {
  /** The header is here. */
  head(content: ResponseContent): void;
  /** A later part is here: a chunk, or a frame after an upgrade. */
  part(content: ResponseContent): void;
  /** The response is complete (after `head` at once, where it is one unit), or the stream after an upgrade ended. */
  end(): void;
  /** No complete response will come. */
  failed(reason: CloseReason): void;
}

/** A request under way, at the client. */
export interface Exchange {
  /** Gives up: the connection is aborted, nothing more is called. */
  abort(): void;
  /** After an upgrade: sends a part upward. */
  send(what: string, bytes: number, content: ResponseContent): void;
  /** After an upgrade: half-closes. */
  end(): void;
}

export interface HttpClient {
  request(spec: RequestSpec, owner: ResponseOwner): Exchange;
}

/** A request under way, at the server. */
export interface ServerExchange {
  readonly connection: number;
  readonly content: RequestContent;
  /** The request has the field Upgrade: without it there is nothing but an answer to give (RFC 9110 §7.8). */
  readonly upgrade: boolean;
  /**
   * Answers with one unit and is done; the connection serves on.
   * @param bodyBytes beyond the header of a response, or below 0: what the header is without
   */
  respond(what: string, bodyBytes: number, content: ResponseContent): void;
  /** Sends the header of a response that streams (`chunked`) or of an upgrade (`upgrade`). */
  head(what: string, kind: 'chunked' | 'upgrade', content: ResponseContent): void;
  /** Sends a part of it; chunked framing is added where it applies. */
  part(what: string, bytes: number, content: ResponseContent): void;
  /** Ends it: the last chunk, or a half-close after an upgrade. */
  end(): void;
  /** Drops the connection. */
  abort(): void;
  /** The connection is closed behind this exchange: it serves no other. */
  beLast(): void;
  /** Told about what comes up after an upgrade, and about the end of the connection. */
  owner: { part(content: ResponseContent): void; gone(): void } | null;
}

export interface HttpListener {
  /** A complete request is here. */
  request(exchange: ServerExchange): void;
}

/** A way to the server: name lookup, TCP, and TLS where the edge has it. */
export interface Connector {
  /**
   * Opens a connection. `owner.stream` is set before `opened()`.
   * @param what what for, in the vocabulary's words @param probes while it idles @returns how to give up
   */
  connect(what: string, probes: Probes | null, owner: ConnectionOwner): () => void;
}

export interface ConnectionOwner extends StreamOwner {
  stream: Stream | null;
  /** Whether its end now is a loss: it was wanted on, or not even open yet. */
  readonly lost: boolean;
}
