import type { Cookie, HttpUnit, Sim } from './contract.ts';
import type { Upstream, UpstreamUser } from './upstream.ts';

/** How an intermediary passes requests on (RFC 9110 §3.7). */
export interface Manners {
  /** Before the dot in the words for what it writes itself. */
  name: string;
  /** What it adds to the header of a request, and of a response, bytes. */
  requestBytes: number;
  responseBytes: number;
  /** Of a page with which it answers itself, bytes. */
  errorBytes: number;
  /** What it answers where the server takes no connection, and where it takes none in time. */
  unreachable: { refused: 502 | 503; late: 503 | 504 };
  /** How long it waits for a connection, and between two pieces of an answer. */
  connectTimeoutUs: number;
  idleTimeoutUs: number;
  /** Bytes of a response that are collected before they are passed on (infinity: all); null: each part at once. */
  bufferBytes: number | null;
  /** `refused`: it answers 403 itself. */
  upgrade: 'passed' | 'removed' | 'refused';
  /** It gives clients a cookie that names their server. */
  sticky: boolean;
}

/** Who asks, by what connection, and what cookie says of a server. */
export interface Asked {
  client: number;
  connection: number;
  cookie: Cookie | undefined;
}

/** What a request needs of its intermediary. */
export interface ProxyHome {
  readonly sim: Sim;
  readonly manners: Manners;
  /** Of a plain response, bytes. */
  readonly responseBytes: number;
  turn(then: () => void): void;
  /** Spends the CPU time of a request, then goes on. */
  work(then: () => void): void;
  /** A server for a request: the cookie's while that is healthy. @returns null: there is none */
  choose(asked: Asked): { server: number; why: string } | null;
  /** A connection to it: an idle one, or one that is being opened. */
  connect(server: number, user: UpstreamUser): Upstream;
  took(server: number): void;
  left(server: number): void;
  /** Counts a request whose Upgrade is not passed on. */
  downgraded(): void;
  /** Counts what a client was answered instead of the server (0: what was cut off). */
  failed(status: Status | 0): void;
}

/** What an intermediary answers itself. */
export type Status = 403 | 502 | 503 | 504;

/** What is counted of answers in the server's place, by their status, and of what was cut off. */
export interface FailureCounts {
  badGateway: number;
  unavailable: number;
  gatewayTimeout: number;
  idleTimeouts: number;
}

/** Counts one of them. @param status 0: cut off */
export function countFailure(counts: FailureCounts, status: Exclude<Status, 403> | 0): void {
  if (status === 502) counts.badGateway++;
  else if (status === 503) counts.unavailable++;
  else if (status === 504) counts.gatewayTimeout++;
  else counts.idleTimeouts++;
}

/** The client's connection that a request came on. */
export interface Asker {
  write(part: HttpUnit, more?: boolean): void;
  answered(keepAlive: boolean): void;
  close(): void;
  halfClose(): void;
}
