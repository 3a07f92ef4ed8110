import type { ConnectionFacts, HeldFacts } from '../engine/contract/facts.ts';
import type { ConnectionOwner, Connector } from '../engine/contract/http.ts';
import type { ClientPlace, NetworkHooks } from '../engine/contract/network.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { Probes } from '../engine/contract/probes.ts';
import type { Sim } from '../engine/contract/sim.ts';
import type { CloseReason, StreamOwner } from '../engine/contract/stream.ts';
import { Attempt } from './attempt.ts';
import { Resolver } from './dns/resolver.ts';
import { dnsTap } from './dns-tap.ts';
import type { Entrance, Entry } from './entry.ts';
import { Http1Client } from './http/client.ts';
import type { Link } from './link/link.ts';
import type { Links, Route } from './link/path.ts';
import type { ServerStack } from './server-stack.ts';
import type { Tcp, Host as TcpHost } from './tcp/tcp.ts';
import { TlsEnd } from './tls/tls.ts';

/** The client's own work for a handshake, µs: the half of what was measured that is not the server's. */
const TLS_WORK_US = { full: 1600, resumed: 1300 } as const;

/** What all clients share. */
export interface SharedStack {
  sim: Sim;
  plan: Plan;
  hooks: NetworkHooks;
  links: Links;
  tcp: Tcp;
  /** Between the edge and each server. */
  datacenter: Link[];
  servers: ServerStack[];
  /** Where connections go: a proxy that reads, or else a load balancer; null: they lead right to the servers. */
  entrance: Entrance | null;
  isDnsDown(): boolean;
}

/** One client's end of the stack: resolver, link, TCP, TLS, and HTTP on top. */
export class ClientStack implements Connector {
  readonly http: Http1Client;
  readonly link: Link;
  readonly connections: ConnectionFacts = { attempts: 0, opened: 0, failed: 0, closed: 0, reconnects: 0 };
  requests = 0;
  readonly #shared: SharedStack;
  readonly #client: number;
  readonly #host: TcpHost;
  readonly resolver: Resolver;
  readonly #live = new Set<Attempt>();
  /** To each server and back, as far as they were needed; with an entrance only one, to that. */
  #routes: ([Route, Route] | undefined)[] = [];
  #online = true;
  /** Session tickets: for each end of TLS that gave one, its restart count at that time. */
  readonly #ticketOf: (number | undefined)[] = [];
  /** Attempts that reached no server: the next one goes to another. */
  #failures = 0;
  /** Connections lost since the first readiness that nothing has replaced yet. */
  #lost = 0;
  /** Wait until no connection is half closed any more. */
  #waiting: (() => void)[] = [];

  constructor(shared: SharedStack, client: number, place: ClientPlace) {
    this.#shared = shared;
    this.#client = client;
    const { sim, plan } = shared;
    this.link = shared.links.link(place.name, client, place.link);
    this.#host = shared.tcp.host(place.name);
    const tap = dnsTap(sim, shared.links, this.link);
    this.resolver = new Resolver(sim, client, place.name, plan.network.dns, () => shared.isDnsDown(), tap);
    const sizes = {
      requestBytes: plan.edge.requestHeaderBytes,
      responseBytes: plan.edge.responseHeaderBytes,
    };
    this.http = new Http1Client(sim, this, sizes, () => {
      this.requests++;
    });
  }

  get held(): HeldFacts {
    const { holes } = this.#host;
    return { holes: holes.count, us: holes.heldUs(this.#shared.sim.kernel.nowUs) };
  }

  connect(what: string, probes: Probes | null, owner: ConnectionOwner): () => void {
    const attempt = new Attempt(owner);
    this.#live.add(attempt);
    if (!this.#online) {
      this.#shared.sim.later(0, () => this.#fail(attempt, 'unreachable'));
      return () => this.#drop(attempt);
    }
    this.resolver.resolve(() => this.#dial(attempt, what, probes));
    return () => this.#drop(attempt);
  }

  /** Closes everything politely and stays away. */
  disconnect(): void {
    this.#online = false;
    this.#host.killProcess();
    this.#failAll('unreachable');
  }

  reconnect(): void {
    this.#online = true;
  }

  /**
   * Calls back once TCP has given up on every connection that the other end has closed, or this one's process has left
   * behind: until then it sends again.
   */
  lingered(then: () => void): void {
    if ([...this.#live].some(({ ended }) => ended)) this.#waiting.push(then);
    else this.#host.whenQuiet(then);
  }

  /** Another address: what was open is dead, and the other end is not told. */
  switchNetwork(): void {
    for (const route of this.#routes.flat()) route?.cut();
    this.#routes = [];
    this.#shared.entrance?.moved(this.#client);
    this.#host.dropAll('unreachable');
    this.#failAll('unreachable');
    this.resolver.flush();
  }

  /** @param through links behind the access link: a server's, or none if the connection ends at the edge */
  #routeTo(place: number, through: Link | null): [Route, Route] {
    const known = this.#routes[place];
    if (known !== undefined) return known;
    const { links } = this.#shared;
    const { up, down } = this.link;
    const route: [Route, Route] =
      through === null
        ? [links.path([up]), links.path([down])]
        : [links.path([up, through.up], up), links.path([through.down, down], down)];
    this.#routes[place] = route;
    return route;
  }

  /** Where the next connection leads to: the entrance, or one of the servers. */
  #entry(): Entry {
    const { hooks, servers, entrance, datacenter } = this.#shared;
    if (entrance !== null) {
      const [out, back] = this.#routeTo(0, null);
      return entrance.enter(this.#client, this.#failures, out, back);
    }
    const server = hooks.serverOf(this.#client, this.#failures);
    const [out, back] = this.#routeTo(server, datacenter[server] as Link);
    const epoch = hooks.serverEpoch(server);
    return {
      route: { out, back, to: (servers[server] as ServerStack).host },
      server,
      bind: () => {},
      tlsEnd: () => ({ place: server, epoch }),
    };
  }

  #dial(attempt: Attempt, what: string, probes: Probes | null): void {
    if (!this.#live.has(attempt)) return;
    if (!this.#online) {
      this.#fail(attempt, 'unreachable');
      return;
    }
    const { plan } = this.#shared;
    const entry = this.#entry();
    // Which server a load balancer will choose is known only when TCP is established.
    const resumes = entry.server < 0 ? null : this.#hasTicket(entry);
    this.connections.attempts++;
    if (this.#lost > 0) {
      this.#lost--;
      this.connections.reconnects++;
    }
    const tls = plan.edge.tls === 'none' ? null : this.#secured(attempt, entry);
    const top: StreamOwner = tls ?? attempt.owner;
    attempt.dialled = true;
    const { out, back, to } = entry.route;
    const stream = this.#host.connect(
      { out, back, to, from: this.#client, toward: entry.server, what },
      {
        opened: () => {
          attempt.opened = true;
          this.connections.opened++;
          tls?.offer(resumes ?? this.#hasTicket(entry));
          top.opened();
        },
        received: (unit) => top.received(unit),
        arriving: (bytes) => top.arriving?.(bytes),
        ended: () => {
          attempt.ended = true;
          this.#noteLoss(attempt);
          top.ended();
        },
        closed: (reason) => this.#closed(attempt, reason, top),
      },
      probes === null ? {} : { keepAlive: probes },
    );
    entry.bind(stream);
    if (tls !== null) tls.inner = stream;
    attempt.owner.stream = tls === null ? stream : null;
    attempt.stream = stream;
  }

  #hasTicket(entry: Entry): boolean {
    const { place, epoch } = entry.tlsEnd();
    return this.#shared.plan.edge.tlsResumption && this.#ticketOf[place] === epoch;
  }

  #secured(attempt: Attempt, entry: Entry): TlsEnd {
    const { sim, plan, entrance } = this.#shared;
    const options = { version: plan.edge.tls as '1.2' | '1.3', certificateBytes: plan.edge.certificateBytes };
    const work = (resumed: boolean, then: () => void) => {
      sim.later(resumed ? TLS_WORK_US.resumed : TLS_WORK_US.full, then);
    };
    const tls: TlsEnd = new TlsEnd(sim, options, 'client', attempt.owner, false, work, () => {
      const { place, epoch } = entry.tlsEnd();
      // Behind one name a client keeps the newest ticket alone, whoever gave it.
      if (entrance !== null) this.#ticketOf.length = 0;
      this.#ticketOf[place] = epoch;
      attempt.owner.stream = tls;
    });
    return tls;
  }

  #closed(attempt: Attempt, reason: CloseReason, top: StreamOwner): void {
    if (!this.#live.delete(attempt)) return;
    if (!attempt.opened) this.#failures++;
    this.#count(attempt);
    top.closed(reason);
    this.#gone(attempt);
  }

  /** The user of a connection gave it up. */
  #drop(attempt: Attempt): void {
    if (!this.#live.delete(attempt)) return;
    this.#count(attempt);
    attempt.stream?.abort();
    this.#gone(attempt);
  }

  #fail(attempt: Attempt, reason: CloseReason): void {
    if (!this.#live.delete(attempt)) return;
    this.#count(attempt);
    attempt.owner.closed(reason);
    this.#gone(attempt);
  }

  #gone({ ended }: Attempt): void {
    if (!ended || this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const then of waiting) this.lingered(then);
  }

  #failAll(reason: CloseReason): void {
    for (const attempt of [...this.#live]) this.#shared.sim.later(0, () => this.#fail(attempt, reason));
  }

  /** A connection is over. */
  #count(attempt: Attempt): void {
    if (!attempt.dialled) return;
    if (attempt.opened) this.connections.closed++;
    else this.connections.failed++;
    this.#noteLoss(attempt);
  }

  /** A connection that was to be kept is lost as soon as the other end says so, though TCP may take longer to close. */
  #noteLoss(attempt: Attempt): void {
    if (attempt.lost || !attempt.owner.lost || !this.#shared.hooks.isReady(this.#client)) return;
    attempt.lost = true;
    this.#lost++;
  }
}
