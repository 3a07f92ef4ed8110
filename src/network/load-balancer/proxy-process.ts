import type { Choice } from './choice.ts';
import type { Cookie, Layer7Plan, ProxyIo, Sim } from './contract.ts';
import type { FrontHome } from './front.ts';
import type { Health } from './health.ts';
import { Upstream, type UpstreamUser } from './upstream.ts';

/** What is counted of requests. */
export interface RequestCounts {
  connections: number;
  requests: number;
  badGateway: number;
  unavailable: number;
  gatewayTimeout: number;
  idleTimeouts: number;
  upgradesRemoved: number;
}

/** One life of a layer-7 balancer's process: its connections to the servers, and its turns on the CPU. */
export class ProxyProcess implements FrontHome {
  readonly sim: Sim;
  readonly plan: Layer7Plan;
  readonly responseBytes: number;
  readonly idleTimeoutUs: number;
  readonly #io: ProxyIo;
  readonly #choice: Choice;
  readonly #health: Health;
  readonly #counts: RequestCounts;
  readonly #upstreams = new Set<Upstream>();
  /** Whatever was begun comes to nothing once the process is dead. */
  dead = false;

  constructor(io: ProxyIo, plan: Layer7Plan, choice: Choice, health: Health, counts: RequestCounts) {
    this.#io = io;
    this.sim = io.sim;
    this.plan = plan;
    this.responseBytes = io.responseBytes;
    this.idleTimeoutUs = Math.round(plan.idleTimeoutMs * 1000);
    this.#choice = choice;
    this.#health = health;
    this.#counts = counts;
  }

  turn(then: () => void): void {
    if (!this.dead) this.#io.cpu.run(0, then);
  }

  work(then: () => void): void {
    this.#counts.requests++;
    this.#io.cpu.run(Math.round(this.plan.cpu.perRequestMs * 1000), then);
  }

  choose(client: number, cookie: Cookie | undefined): { server: number; why: string } {
    const candidates = this.#health.candidates(this.plan.failOpen);
    if (cookie !== undefined && candidates.includes(cookie.server))
      return { server: cookie.server, why: 'cookie' };
    const owner = this.#io.ownerOf(client);
    if (owner !== null && candidates.includes(owner)) return { server: owner, why: 'owner' };
    const server = this.#choice.pick(candidates, this.#io.addressOf(client));
    return { server, why: this.plan.algorithm };
  }

  connect(server: number, user: UpstreamUser): Upstream {
    const idle = [...this.#upstreams].find((upstream) => upstream.server === server && upstream.idle);
    if (idle !== undefined) {
      idle.user = user;
      return idle;
    }
    const upstream = new Upstream(this, server, user);
    this.#upstreams.add(upstream);
    upstream.stream = this.#io.connect(server, 'load-balancer.connection', upstream);
    return upstream;
  }

  lost(upstream: Upstream): void {
    this.#upstreams.delete(upstream);
  }

  took(server: number): void {
    this.#choice.took(server);
  }

  left(server: number): void {
    this.#choice.left(server);
  }

  downgraded(): void {
    this.#counts.upgradesRemoved++;
  }

  failed(status: 502 | 503 | 504 | 0): void {
    if (status === 502) this.#counts.badGateway++;
    else if (status === 503) this.#counts.unavailable++;
    else if (status === 504) this.#counts.gatewayTimeout++;
    else this.#counts.idleTimeouts++;
  }
}
