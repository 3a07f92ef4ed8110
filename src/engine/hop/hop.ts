import { KIND } from '../../trace/trace.ts';
import type { Backplane, BackplaneCounts, BackplaneIo, BackplanePlugin } from '../contract/backplane.ts';
import type { BackplaneFacts } from '../contract/facts.ts';
import type { Layout, PeerNetwork } from '../contract/network.ts';
import type { Place } from '../contract/place.ts';
import type { Plan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';
import type { Messages } from '../messages.ts';
import type { AppServer } from '../server/app-server.ts';
import { Cpu } from '../server/cpu.ts';
import { type Neighbourhood, PlaceHost } from './place-host.ts';
import { Roles } from './roles.ts';

/** Work shorter than this, waiting included, leaves no record. */
const RECORDED_FROM_US = 1000;

/** What hop 2 is put together from. */
export interface HopParts {
  sim: Sim;
  plan: Plan;
  layout: Layout;
  plugin: BackplanePlugin;
  network: PeerNetwork;
  messages: Messages;
  servers: readonly AppServer[];
  rooms: readonly string[];
  clients: BackplaneIo['clients'];
  newActor: () => number;
}

/** Hop 2: the datacenter's processes, and the backplane that runs on them. */
export class Hop implements BackplaneIo {
  readonly sim: Sim;
  readonly places: readonly PlaceHost[];
  readonly rooms: readonly string[];
  readonly clients: BackplaneIo['clients'];
  readonly servers: readonly PlaceHost[];
  readonly nodes: readonly PlaceHost[];
  readonly sources: readonly PlaceHost[];
  /** Whether there is a network between source and servers. */
  readonly linked: boolean;
  readonly backplane: Backplane;
  readonly counts: BackplaneCounts = {
    published: 0,
    forwarded: 0,
    appended: 0,
    redelivered: 0,
    dropped: 0,
    movedClients: 0,
    misrouted: 0,
  };
  readonly receiveUs: number;
  readonly #parts: HopParts;
  #handed = 0;

  constructor(parts: HopParts) {
    const { sim, plan, layout, plugin, network, servers } = parts;
    this.#parts = parts;
    this.sim = sim;
    this.rooms = parts.rooms;
    this.clients = parts.clients;
    this.receiveUs = Math.round(plan.servers.cpu.perReceiveMs * 1000);
    const places: PlaceHost[] = [];
    const roles = new Roles(sim, plan.backplane.kind, plugin.roles, parts.newActor);
    const around: Neighbourhood = { sim, places, network, roles, dialling: new Map() };
    layout.places.forEach((spec, number) => {
      const cpu = spec.kind === 'server' ? (servers[spec.index] as AppServer).cpu : this.#cpuOf(number);
      places.push(new PlaceHost(around, { ...spec, number }, cpu));
    });
    this.places = places;
    this.servers = places.filter(({ kind }) => kind === 'server');
    this.nodes = places.filter(({ kind }) => kind === 'node');
    this.sources = places.filter(({ kind }) => kind === 'source');
    this.linked = layout.peers.length > 0;
    this.backplane = plugin.create(this, plan.backplane);
  }

  /** All processes begin: nodes first, then servers, then sources. */
  start(): void {
    for (const place of [...this.nodes, ...this.servers, ...this.sources])
      if (place.up) this.backplane.started(place);
  }

  crash(place: PlaceHost): void {
    place.crash();
    this.backplane.stopped(place);
  }

  restart(place: PlaceHost): void {
    place.restart();
    this.backplane.started(place);
  }

  roomOf(message: number): number {
    return this.#parts.messages.room[message] as number;
  }

  bytesOf(message: number): number {
    return this.#parts.messages.bytes[message] as number;
  }

  connectedTo(server: Place): readonly number[] {
    return this.#app(server).clients;
  }

  sendAway(server: Place, client: number, why: string): void {
    this.#app(server).sendAway(client, why);
  }

  hand(server: Place, message: number): void {
    this.#handed++;
    this.#app(server).accept(message);
  }

  drop(message: number, at: Place, server: Place | null, reason: string): void {
    this.counts.dropped++;
    const { trace, kernel } = this.sim;
    const towards = server === null ? -1 : server.index;
    trace.add(KIND['message.dropped'], kernel.nowUs, message, at.number, towards, trace.text(reason));
  }

  buffered(at: Place, peer: Place, bytes: number, messages: number): void {
    const { trace, kernel } = this.sim;
    trace.add(KIND['buffer.changed'], kernel.nowUs, at.number, peer.number, bytes, messages);
  }

  /** What has been counted so far. */
  facts(): BackplaneFacts {
    const { kind } = this.#parts.plan.backplane;
    return { kind, ...this.counts, handed: this.#handed, wire: this.#parts.network.wire() };
  }

  #app(server: Place): AppServer {
    return this.#parts.servers[server.index] as AppServer;
  }

  /** The CPU of a node or a source. */
  #cpuOf(number: number): Cpu {
    const { kernel, trace } = this.sim;
    return new Cpu(kernel, trace, (queuedUs, tookUs) => {
      if (queuedUs + tookUs < RECORDED_FROM_US) return;
      const what = trace.text(this.places[number]?.atWorkOn ?? '');
      trace.add(KIND['place.worked'], kernel.nowUs, number, what, queuedUs, tookUs);
    });
  }
}
