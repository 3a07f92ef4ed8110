import { KIND } from '../../trace/trace.ts';
import type { Backplane, BackplaneCounts, BackplaneIo, BackplanePlugin } from '../contract/backplane.ts';
import type { BackplaneFacts, TopicFacts } from '../contract/facts.ts';
import type { Layout, PeerNetwork } from '../contract/network.ts';
import type { Place } from '../contract/place.ts';
import type { Plan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';
import type { Messages } from '../messages.ts';
import type { Extras } from '../parts.ts';
import type { AppServer } from '../server/app-server.ts';
import { Cpu } from '../server/cpu.ts';
import type { Topics } from '../topics.ts';
import { type Neighbourhood, PlaceHost } from './place-host.ts';
import type { Readers } from './readers.ts';
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
  topics: Topics;
  extras: Extras;
  servers: readonly AppServer[];
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
    busyUs: 0,
    queuedPeakUs: 0,
  };
  readonly receiveUs: number;
  readonly #parts: HopParts;
  #handed = 0;
  #publishes = 0;
  #subscriptions = 0;
  /** Topics that each server subscribes to. */
  readonly #subscribed: Set<number>[];
  /** null: there is no cache to read from. */
  readonly #readers: Readers | null;

  constructor(parts: HopParts) {
    const { sim, plan, layout, plugin, network, servers } = parts;
    this.#parts = parts;
    this.sim = sim;
    const { topics } = parts;
    this.rooms = topics.names;
    this.clients = parts.clients.map(({ name, rooms }, client) => ({
      name,
      rooms: topics.of(client, rooms),
    }));
    this.receiveUs = Math.round(plan.servers.cpu.perReceiveMs * 1000);
    const places: PlaceHost[] = [];
    const roles = new Roles(sim, plan.backplane.kind, plugin.roles, parts.newActor);
    const around: Neighbourhood = { sim: topics.simOf(sim), places, network, roles, dialling: new Map() };
    layout.places.forEach((spec, number) => {
      const cpu = spec.kind === 'server' ? (servers[spec.index] as AppServer).cpu : this.#cpuOf(number);
      places.push(new PlaceHost(around, { ...spec, number }, cpu));
    });
    this.places = places;
    this.servers = places.filter(({ kind }) => kind === 'server');
    this.nodes = places.filter(({ kind }) => kind === 'node');
    this.sources = places.filter(({ kind }) => kind === 'source');
    this.#subscribed = servers.map(() => new Set());
    this.linked = layout.peers.length > 0;
    this.#readers = plan.topics.kind === 'cache' ? new parts.extras.Readers(this, parts, plan.topics) : null;
    this.backplane = plugin.create(this, plan.backplane);
  }

  /** All processes begin: nodes first, then servers, then sources. */
  start(): void {
    for (const place of [...this.nodes, ...this.servers, ...this.sources])
      if (place.up) this.backplane.started(place);
  }

  crash(place: PlaceHost): void {
    place.crash();
    if (place.kind === 'server') {
      this.#subscribed[place.index]?.clear();
      this.#readers?.stopped(place.index);
    }
    this.backplane.stopped(place);
  }

  restart(place: PlaceHost): void {
    place.restart();
    this.backplane.started(place);
  }

  roomOf(message: number): number {
    return this.#parts.topics.topicOf(message);
  }

  bytesOf(message: number): number {
    const { topics, messages, plan } = this.#parts;
    return plan.topics.kind === 'cache'
      ? plan.topics.signalBytes
      : (messages.bytes[topics.messageOf(message)] as number);
  }

  messageOf(copy: number): number {
    return this.#parts.topics.messageOf(copy);
  }

  /** An accepted message sets out: once for each topic that it goes to. */
  publish(message: number, source: PlaceHost): void {
    const { topics } = this.#parts;
    const copies = topics.copy(message);
    this.#publishes += copies.length;
    const { trace, kernel } = this.sim;
    if (topics.perUser)
      trace.cause = trace.add(KIND['message.fanned-out'], kernel.nowUs, message, copies.length);
    for (const copy of copies) this.backplane.publish(copy, source);
  }

  /** A server has its first client on a topic, or has none any more. */
  watch(server: PlaceHost, topic: number, watched: boolean): void {
    if (watched) this.#subscriptions++;
    this.#recordWatch(server, topic, watched);
    this.#readers?.watch(server.index, topic, watched);
    if (watched) this.backplane.subscribe(server, topic);
    else this.backplane.unsubscribe(server, topic);
  }

  connectedTo(server: Place): readonly number[] {
    return this.#app(server).clients;
  }

  sendAway(server: Place, client: number, why: string): void {
    this.#app(server).sendAway(client, why);
  }

  hand(server: Place, message: number): void {
    this.#handed++;
    if (this.#readers === null) this.#app(server).accept(message);
    else this.#readers.told(server, message);
  }

  drop(message: number, at: Place, server: Place | null, reason: string): void {
    this.counts.dropped++;
    const { trace, kernel } = this.sim;
    const towards = server === null ? -1 : server.index;
    trace.add(
      KIND['message.dropped'],
      kernel.nowUs,
      this.messageOf(message),
      at.number,
      towards,
      trace.text(reason),
    );
  }

  buffered(at: Place, peer: Place, bytes: number, messages: number): void {
    const { trace, kernel } = this.sim;
    trace.add(KIND['buffer.changed'], kernel.nowUs, at.number, peer.number, bytes, messages);
  }

  /** What has been counted so far. */
  facts(): BackplaneFacts {
    const { kind } = this.#parts.plan.backplane;
    return {
      kind,
      ...this.counts,
      busyUs: this.nodes.reduce((sum, { cpu }) => sum + cpu.busyUs, this.counts.busyUs),
      queuedPeakUs: this.nodes.reduce(
        (most, { cpu }) => Math.max(most, cpu.queuedPeakUs),
        this.counts.queuedPeakUs,
      ),
      handed: this.#handed,
      wire: this.#parts.network.wire(),
    };
  }

  /** A server watches a room while it subscribes to any topic with the room's messages. */
  #recordWatch(server: PlaceHost, topic: number, watched: boolean): void {
    const { trace, kernel } = this.sim;
    const { topics } = this.#parts;
    const subscribed = this.#subscribed[server.index] as Set<number>;
    const rooms = topics.roomsOf(topic);
    const others = new Set(
      [...subscribed].filter((one) => one !== topic).flatMap((one) => topics.roomsOf(one)),
    );
    if (watched) subscribed.add(topic);
    else subscribed.delete(topic);
    for (const room of rooms)
      if (!topics.perUser || !others.has(room))
        trace.add(KIND['room.watched'], kernel.nowUs, server.index, room, watched ? 1 : 0);
  }

  /** How the load was laid out on topics. */
  topicFacts(): TopicFacts {
    return {
      topics: this.rooms.length,
      subscriptions: this.#subscriptions,
      publishes: this.#publishes,
      reads: this.#readers?.reads ?? 0,
    };
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
