import type { LoadBalancer, Network } from '../engine/contract/network.ts';
import type { Path } from '../engine/contract/packet.ts';
import type { Stream } from '../engine/contract/stream.ts';
import type { Route as TcpRoute } from './tcp/tcp.ts';

/** A way to whoever ends a client's TLS. */
export interface Entry {
  route: Pick<TcpRoute, 'out' | 'back' | 'to'>;
  /** Number of the server it leads to; -1: a load balancer will choose one; or PROXY. */
  server: number;
  /** Told of the client's end as soon as it is there. */
  bind(stream: Stream): void;
  /** Who speaks TLS at the other end, and the count of its lives: asked when TCP is established. */
  tlsEnd(): { place: number; epoch: number };
}

/** What connections end at, or pass, before they come to a server. */
export interface Entrance {
  /**
   * @param client or PROXY @param failures attempts of it that reached nobody
   * @param out, back the ways between it and the entrance
   */
  enter(client: number, failures: number, out: Path, back: Path): Entry;
  /** The client has another address from now on. */
  moved(client: number): void;
}

/** A load balancer with the stack under it. */
export interface Balancer extends LoadBalancer, Entrance {}

/** A proxy that reads what passes, likewise. */
export type ReadingProxy = Entrance & NonNullable<Network['proxy']>;
