/** What this folder uses of the engine's contract, and what it needs of the stack around it. */

import type { Processor } from '../../engine/contract/load-balancer.ts';
import type { Packet, Path, Receiver } from '../../engine/contract/packet.ts';
import type { Sim } from '../../engine/contract/sim.ts';
import type { Stream, StreamOwner } from '../../engine/contract/stream.ts';

export type { Cookie, HttpPart, HttpUnit } from '../../engine/contract/http-parts.ts';
export type {
  HealthCheckPlan,
  Layer4Plan,
  Layer7Plan,
  LoadBalancerFacts,
  LoadBalancerPlan,
  Processor,
} from '../../engine/contract/load-balancer.ts';
export type { Packet, Path, Receiver } from '../../engine/contract/packet.ts';
export { noProxyFacts, type ProxyFacts, type ProxyPlan } from '../../engine/contract/proxy.ts';
export { type EventId, KIND, PACKET, type Sim } from '../../engine/contract/sim.ts';
export type { CloseReason, Stream, StreamOwner } from '../../engine/contract/stream.ts';

/** The machine that a load balancer runs on. */
export interface BalancerIo {
  readonly sim: Sim;
  readonly cpu: Processor;
  /** How many servers there are. */
  readonly servers: number;
  /** The address that a client has now, as a number that differs from everybody else's. */
  addressOf(client: number): number;
  /** The server that a client belongs to, where the backplane says so. */
  ownerOf(client: number): number | null;
  /** Header sizes, bytes: a plain request's and a response's. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /**
   * Opens a connection to a server.
   * @param plain without TLS, even where the servers speak it @returns the stream to write to
   */
  connect(server: number, what: string, owner: StreamOwner, plain?: boolean): Stream;
}

/** At layer 4: the ways out of it, and what its kernel's TCP can do with a connection that is not its own. */
export interface FlowIo extends BalancerIo {
  /** Sends a packet on to a server, or from there to the balancer. */
  toServer(server: number): Path;
  fromServer(server: number): Path;
  /** Makes the server's end of a client's connection, which answers by `back`. */
  meet(stream: Stream, server: number, back: Path): Receiver;
  /** Answers a packet as one of no known connection: with a reset. @param end who sent it */
  reject(packet: Packet, end: Receiver, path: Path): void;
  /** Records that a packet ended here. */
  vanish(packet: Packet, at: Path): void;
}

/** The machine that an intercepting proxy runs on. */
export interface InterceptIo {
  readonly sim: Sim;
  /** Header of a response, bytes. */
  readonly responseBytes: number;
  listen(accept: (stream: Stream) => Accepted): void;
  /** The server whose address a client's connection was opened to; -1: the load balancer's. */
  destination(connection: number): number;
  /** Opens a connection there. */
  connect(server: number, owner: StreamOwner): Stream;
}

/** At layer 7: what clients connect to. */
export interface ProxyIo extends BalancerIo {
  /** Takes clients' connections from now on, in TLS where the edge has it. */
  listen(accept: (stream: Stream) => Accepted): void;
  /** The process is gone: a little later its kernel closes its port and everything that was open. */
  kill(): void;
}

/** The owner of an accepted connection; `stream` is set before `opened()`. */
export interface Accepted extends StreamOwner {
  stream: Stream | null;
}
