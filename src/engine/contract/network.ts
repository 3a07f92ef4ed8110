import type { ConnectionFacts, DnsFacts, HeldFacts, ResponseFacts, WireFacts } from './facts.ts';
import type { HttpClient, HttpListener } from './http.ts';
import type { LinkOptions } from './link-options.ts';
import type { LoadBalancerFacts, Processor } from './load-balancer.ts';
import type { Plan } from './plan.ts';
import type { Probes } from './probes.ts';
import type { ProxyFacts } from './proxy.ts';
import type { Sim } from './sim.ts';
import type { SocketStream, StreamOwner } from './stream.ts';

/** A fault on one packet: the nth that matches from now on. */
export interface PacketFault {
  kind: 'drop' | 'delay' | 'duplicate';
  direction: 'up' | 'down';
  packet: 'syn' | 'synack' | 'data' | 'any';
  nth: number;
  byUs: number;
}

/** The network as the engine needs it: what stands on it, and what can be done to it. Clients and servers by number. */
export interface Network {
  http(client: number): HttpClient;
  /** The server listens; what arrives goes to the listener. */
  listen(server: number, listener: HttpListener): void;
  /** The server's process dies: its kernel closes every connection and refuses new ones until {@link listen}. */
  kill(server: number): void;
  /** The server takes no new connections until {@link listen}; those that are open go on. */
  refuse(server: number): void;
  /** @param link its number in the trace's header: a client's own link has the client's number */
  setLink(link: number, options: LinkOptions): void;
  setLinkDown(link: number, direction: 'both' | 'up' | 'down', down: boolean): void;
  /** @param link its number in the trace's header */
  addPacketFault(link: number, fault: PacketFault): void;
  setDnsDown(down: boolean): void;
  /** The client leaves: its connections are closed and it cannot connect until {@link reconnect}. */
  disconnect(client: number): void;
  reconnect(client: number): void;
  /** The client gets a new address: the old connections are dead, and the server is not told. */
  switchNetwork(client: number): void;
  wire(client: number): WireFacts;
  /** Calls back once nothing can arrive any more that a client sent on connections that have come to their end. */
  settled(client: number, then: () => void): void;
  connections(client: number): ConnectionFacts;
  dns(client: number): DnsFacts;
  /** What the client's connections have held behind holes up to now. */
  held(client: number): HeldFacts;
  requests(client: number): number;
  responses(client: number): ResponseFacts;
  readonly peers: PeerNetwork;
  /** null: the edge has none. */
  readonly loadBalancer: LoadBalancer | null;
  /** null: the edge has no proxy, or one that reads nothing. */
  readonly proxy: { facts(): ProxyFacts } | null;
}

/** TCP between the processes of the datacenter, by the numbers of their places. */
export interface PeerNetwork {
  /** Takes connections from now on. @param accept is told of each, and of the place that opened it */
  listen(place: number, accept: (stream: SocketStream, from: number) => StreamOwner): void;
  connect(from: number, to: number, what: string, owner: StreamOwner, keepAlive?: Probes): SocketStream;
  /** The process dies: a little later its kernel closes what was open, and refuses connections until `listen`. */
  kill(place: number): void;
  /** Another process begins at the place. */
  revive(place: number): void;
  /** What all of it sent. */
  wire(): WireFacts;
}

/** The load balancer as faults and the report see it. */
export interface LoadBalancer {
  /** It dies: connections that it has, or knows of, are gone. */
  crash(): void;
  restart(): void;
  /** Its process stands still, or goes on. */
  pause(paused: boolean): void;
  facts(): LoadBalancerFacts;
}

/** What the network needs of the engine. */
export interface NetworkHooks {
  /** Spends CPU time at a server, then calls back (never, if the server dies before). */
  work(server: number, what: 'connection' | 'handshake' | 'resumption', then: () => void): void;
  /** Counts a server's restarts: session tickets do not survive one. */
  serverEpoch(server: number): number;
  /** The server that a client belongs to, where somebody says so; a load balancer prefers it. */
  ownerOf(client: number): number | null;
  /** The server that a client's next connection goes to. @param failures attempts of it that reached no server */
  serverOf(client: number, failures: number): number;
  /** Whether the client has been ready: attempts from then on that replace a lost connection are reconnections. */
  isReady(client: number): boolean;
  /** Connections opened or closed at a server. */
  opened(server: number): void;
  closed(server: number): void;
  /** A CPU for a load balancer. */
  processor(): Processor;
}

export type CreateNetwork = (sim: Sim, plan: Plan, layout: Layout, hooks: NetworkHooks) => Network;

/**
 * Who and which links there are. Links are numbered in this order: the clients', the servers', the peers', and that
 * between a proxy and a load balancer.
 */
export interface Layout {
  readonly clients: readonly ClientPlace[];
  /** Names of the links between the edge and each server. */
  readonly servers: readonly string[];
  /** Processes in the datacenter, by number: servers, nodes, sources. */
  readonly places: readonly DatacenterPlace[];
  /** Links between two of them, by their numbers; up is from `from` to `to`. */
  readonly peers: readonly { name: string; from: number; to: number }[];
  /** Name of the link between a proxy that reads and the load balancer behind it; null: there are no such two. */
  readonly edge: string | null;
}

export interface DatacenterPlace {
  name: string;
  /** '' : there is no other name for it. */
  title: string;
  kind: 'server' | 'node' | 'source';
  /** Among those of its kind. */
  index: number;
}

/** A client as the network sees it. */
export interface ClientPlace {
  name: string;
  link: LinkOptions;
}
