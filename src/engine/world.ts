import { Kernel } from '../kernel/kernel.ts';
import { KIND, type Trace } from '../trace/trace.ts';
import { chartsOf } from './charts.ts';
import { ClientHost, type Crowd, createCrowd } from './client/client-host.ts';
import type { Writes } from './client/writes.ts';
import type { BackplanePlugin } from './contract/backplane.ts';
import type { RunFacts } from './contract/facts.ts';
import type { Layout, Network } from './contract/network.ts';
import type { Plan } from './contract/plan.ts';
import { noProxyFacts } from './contract/proxy.ts';
import type { Sim } from './contract/sim.ts';
import type { TransportPlugin } from './contract/transport.ts';
import { type Faultable, type LinkState, scheduleFaults } from './faults.ts';
import { Fleet } from './fleet.ts';
import { groupFacts } from './group-facts.ts';
import { headerOf, roomsOf, writersOf } from './header.ts';
import { Hop } from './hop/hop.ts';
import type { PlaceHost } from './hop/place-host.ts';
import { layoutOf, linkOptionsOf } from './layout.ts';
import { type DeliveryCounts, Ledger, noDeliveries } from './ledger.ts';
import { Messages } from './messages.ts';
import { clientsWrite, type Extras, isFronted, manifestsOf, type Parts, wantsSnapshots } from './parts.ts';
import { schedulePublisher } from './publishers.ts';
import { AppServer } from './server/app-server.ts';
import type { ServerHome } from './server/home.ts';
import { createSim } from './sim.ts';
import { joiningServers } from './targets.ts';
import { Topics } from './topics.ts';

/** Everything of one run: clients, network, servers, backplane and source, on one clock. */
export class World implements Faultable {
  readonly plan: Plan;
  readonly sim: Sim;
  readonly rooms: string[];
  readonly clients: ClientHost[] = [];
  readonly servers: AppServer[] = [];
  readonly network: Network;
  /** Each link's own options, and the changes of it that are in force, oldest first. */
  readonly links: LinkState[];
  readonly #messages: Messages;
  readonly #ledger: Ledger;
  /** null: no client writes anything. */
  readonly #writes: Writes | null;
  readonly #counts: DeliveryCounts[] = [];
  readonly layout: Layout;
  readonly hop: Hop;
  readonly fleet: Fleet;
  /** Who speaks for each publisher: a place of its own, or clients in turn. */
  readonly #publishers: { place: PlaceHost | null; clients: number[]; turn: number }[];
  #refused = 0;
  /** Not there where the plan needs none. */
  readonly #extras: Extras;
  #actors = 0;

  /** @param trace where the run is recorded; its header is set here */
  constructor(plan: Plan, trace: Trace, parts: Parts) {
    this.plan = plan;
    this.#extras = parts.extras as Extras;
    const endUs = Math.round((plan.durationMs + plan.settleMs) * 1000);
    this.sim = createSim(new Kernel(endUs), trace, plan.seed);
    this.rooms = roomsOf(plan);
    this.#messages = new Messages(this.rooms.length);
    const TopicsOf = plan.topics.kind === 'user' ? this.#extras.UserTopics : Topics;
    const topics = new TopicsOf(plan, this.rooms, this.#messages);
    this.#ledger = new Ledger(this.#messages, trace);
    const lose = this.#lose.bind(this);
    const settled = (client: number, then: () => void) => this.network.settled(client, then);
    this.#writes = clientsWrite(plan) ? new this.#extras.Writes({ settled, lose }) : null;
    const newActor = () => this.#actors++;
    this.#addClients(parts, newActor);
    const plugin = parts.backplanes[plan.backplane.kind] as BackplanePlugin;
    const layout = layoutOf(plan, plugin.manifest);
    this.layout = layout;
    this.links = linkOptionsOf(plan, layout).map((own) => ({ own, changes: [] }));
    for (let i = 0; i < plan.servers.count; i++) {
      const home = this.#homeOf(i, layout);
      this.servers.push(new AppServer(this.sim, plan, i, topics, this.#messages, newActor, home));
    }
    this.network = this.#connect(parts, layout);
    this.hop = new Hop({
      sim: this.sim,
      plan,
      layout,
      plugin,
      network: this.network.peers,
      messages: this.#messages,
      topics,
      extras: this.#extras,
      servers: this.servers,
      clients: this.clients.map(({ name, rooms }) => ({ name, rooms })),
      newActor,
    });
    const { servers, network, hop } = this;
    this.fleet = new Fleet(this.sim, servers, network, hop, joiningServers(plan, layout));
    const charts = chartsOf(plan, parts.transports, plugin);
    trace.header = headerOf(plan, manifestsOf(parts), charts, isFronted(plan) ? this.#extras.EDGE_WORDS : {});
    this.#publishers = plan.publishers.map((publisher) => ({
      place:
        this.hop.sources.find(({ name }) => publisher.client === null && name === publisher.name) ?? null,
      clients: writersOf(plan, publisher.client),
      turn: 0,
    }));
    this.#start();
  }

  clientAt(client: number): ClientHost {
    return this.clients[client] as ClientHost;
  }

  /** A source has an update now. */
  publish(publisher: number, text: string, bytes?: number): void {
    const { kernel, trace } = this.sim;
    const plan = this.plan.publishers[publisher] as Plan['publishers'][number];
    const { place, clients, turn } = this.#speaker(publisher);
    const room = this.rooms.indexOf(plan.room);
    const writer = place === null ? this.clientAt(clients[turn % clients.length] as number) : null;
    this.#speaker(publisher).turn++;
    const taken = writer === null ? this.hop.backplane.offer(place as PlaceHost) : writer.canWrite;
    if (!taken) {
      this.#refused++;
      trace.add(KIND['message.refused'], kernel.nowUs, room, publisher);
      return;
    }
    const size = bytes ?? plan.bytes;
    const message = this.#messages.accept(room, size, kernel.nowUs);
    trace.cause = trace.add(
      KIND['message.published'],
      kernel.nowUs,
      message,
      room,
      publisher,
      size,
      trace.text(text),
    );
    if (writer === null) {
      this.hop.publish(message, place as PlaceHost);
      return;
    }
    if (!plan.echo) {
      this.#messages.withhold(message, writer.client);
      this.#ledger.withhold(writer.client, message);
    }
    writer.write(message, size);
  }

  /** What has been counted so far. */
  facts(): RunFacts {
    return {
      groups: this.plan.clients.map(({ name }, number) => {
        const members = this.clients.filter(({ groupNumber }) => groupNumber === number);
        return groupFacts(name, members, this.#counts[number] as DeliveryCounts, this.#ledger, this.network);
      }),
      published: this.#messages.count,
      refused: this.#refused,
      servers: this.servers.map((server) => ({ ...server.finishFacts() })),
      loadBalancer: this.network.loadBalancer?.facts() ?? null,
      proxy: this.plan.edge.proxy && (this.network.proxy?.facts() ?? noProxyFacts()),
      backplane: this.hop.facts(),
      topics: this.hop.topicFacts(),
      events: this.sim.kernel.executed,
      fingerprint: this.sim.trace.fingerprint,
    };
  }

  #addClients(parts: Parts, newActor: () => number): void {
    const crowds = new Map<string, Crowd>();
    this.plan.clients.forEach((group, groupNumber) => {
      const { kind } = group.transport;
      const crowd = crowds.get(kind) ?? createCrowd(this.sim, parts.transports[kind] as TransportPlugin);
      crowds.set(kind, crowd);
      const rooms = group.rooms.map((room) => this.rooms.indexOf(room));
      const counts = noDeliveries();
      this.#counts.push(counts);
      for (let i = 0; i < group.count; i++) {
        const client = this.clients.length;
        const name = `${group.name}/${i + 1}`;
        this.#ledger.add(rooms, counts, group.repair);
        const home = { ledger: this.#ledger, writes: this.#writes, newActor };
        this.clients.push(new ClientHost(this.sim, client, name, group, groupNumber, rooms, crowd, home));
        const { snapshot, snapshotAfterMs, detectGaps } = group.repair;
        if (snapshot !== 'off' && detectGaps)
          new this.#extras.Asking(this.clientAt(client), Math.round(snapshotAfterMs * 1000));
      }
    });
  }

  #connect(parts: Parts, layout: Layout): Network {
    for (const { client, crowd, group } of this.clients)
      for (const server of this.servers) server.serve(crowd.plugin, client, group.transport);
    return parts.createNetwork(this.sim, this.plan, layout, {
      work: (server, what, then) => this.#server(server).workForStack(what, then),
      serverEpoch: (server) => this.#server(server).epoch,
      // As a name server that rotates its answers deals them out; a resolver's cache keeps the list, not its head.
      serverOf: (client, failures) => this.#ownerOf(client) ?? (client + failures) % this.servers.length,
      ownerOf: (client) => this.#ownerOf(client),
      isReady: (client) => this.#ledger.isReady(client),
      opened: (server) => {
        const { facts } = this.#server(server);
        facts.connectionsOpen++;
        facts.connectionsPeak = Math.max(facts.connectionsPeak, facts.connectionsOpen);
      },
      closed: (server) => {
        this.#server(server).facts.connectionsOpen--;
      },
      processor: () => this.#extras.createProcessor(this.sim, 'load-balancer'),
    });
  }

  #start(): void {
    const { plan, sim } = this;
    this.fleet.start();
    // Faults come first among ties: a link that is bad from 0 is bad for the first packet.
    scheduleFaults(this, plan);
    if (this.hop.linked) sim.later(0, () => this.hop.start());
    const endUs = Math.round(plan.durationMs * 1000);
    plan.publishers.forEach((publisher, number) =>
      schedulePublisher(sim, number, publisher, endUs, (from, text, bytes) =>
        this.publish(from, text, bytes),
      ),
    );
    plan.clients.forEach((group, groupNumber) => {
      const members = this.clients.filter((client) => client.groupNumber === groupNumber);
      members.forEach((client, place) => {
        // Spread evenly: client i of n starts i/n of the way in.
        const atMs = group.startMs + (group.startSpreadMs * place) / members.length;
        sim.later(Math.round(atMs * 1000), () => client.start(this.network.http(client.client)));
      });
    });
  }

  #ownerOf(client: number): number | null {
    return this.hop.backplane.serverFor?.(client) ?? null;
  }

  /** What a server has around it. A message that stays in one process is not recorded as handed over. */
  #homeOf(server: number, layout: Layout): ServerHome {
    const { kernel, trace } = this.sim;
    const linked = layout.peers.length > 0;
    const watch = (room: number, watched: boolean) => {
      this.hop.watch(this.#place(server), room, watched);
    };
    return {
      watched: linked ? watch : null,
      publish: (message) => {
        const place = this.#place(server);
        if (this.hop.backplane.offer(place)) this.hop.publish(message, place);
        else this.#lose(message, server, 'the backplane took nothing');
      },
      serves: (client) => this.#writes?.serves(server, client),
      took: (client, message) => this.#writes?.took(client, message),
      died: () => this.#writes?.died(server),
      lost: (message, reason) => this.#lose(message, server, reason),
      replay: this.plan.servers.replayFrom === 'backplane' ? this.#replayTo(server) : null,
      retained: this.plan.servers.snapshot.loadFrom === 'backplane' ? this.#replayTo(server) : null,
      createSnapshots: (its) => (wantsSnapshots(this.plan) ? new this.#extras.Snapshots(its) : null),
      createThreads: (its) => (this.plan.servers.threads === null ? null : new this.#extras.Threads(its)),
      createDoor: (...its) => (isFronted(this.plan) ? new this.#extras.Door(...its) : null),
      keeps: (client) => this.fleet.keeps(server, client),
      handed: (message, again) => {
        if (linked) trace.add(KIND['message.handed'], kernel.nowUs, message, server, again ? 1 : 0);
      },
    };
  }

  /** Asks the backplane for several rooms, one answer for all. */
  #replayTo(server: number): NonNullable<ServerHome['replay']> {
    return (rooms, after, give) => {
      const { backplane } = this.hop;
      const parts: (readonly number[])[] = [];
      let left = rooms.length;
      rooms.forEach((room, index) => {
        const part = (messages: readonly number[]) => {
          parts[index] = messages;
          if (--left === 0) give(parts.flat());
        };
        if (backplane.replay === undefined) part([]);
        else backplane.replay(this.#place(server), room, after, part);
      });
    };
  }

  /** A client's message will reach nobody. */
  #lose(message: number, place: number, reason: string): void {
    const { kernel, trace } = this.sim;
    trace.add(KIND['message.dropped'], kernel.nowUs, message, place, -1, trace.text(reason));
  }

  #server(server: number): AppServer {
    return this.servers[server] as AppServer;
  }

  #place(server: number): PlaceHost {
    return this.hop.places[server] as PlaceHost;
  }

  #speaker(publisher: number) {
    return this.#publishers[publisher] as { place: PlaceHost | null; clients: number[]; turn: number };
  }
}
