import type { Layer7Plan, ProxyIo, Sim } from '../contract.ts';
import type { FrontHome } from '../front.ts';
import { type Asked, countFailure, type FailureCounts, type Manners, type Status } from '../manners.ts';
import { type Upstream, Upstreams, type UpstreamUser } from '../upstream.ts';
import type { Choice } from './choice.ts';
import type { Health } from './health.ts';

/** `X-Forwarded-For`, `-Proto` and `-Port`, which it adds to a request's header (AWS ALB), bytes. */
const FORWARDED_BYTES = 31 + 26 + 23;
/** A page that says the status twice, as nginx and ALB send it. */
const ERROR_PAGE_BYTES = 132;

/** How a layer-7 balancer passes requests on. */
function mannersOf(plan: Layer7Plan): Manners {
  const { idleTimeoutMs, connectTimeoutMs, bufferBytes, upgrade, stickiness } = plan;
  return {
    name: 'load-balancer',
    requestBytes: FORWARDED_BYTES,
    responseBytes: 0,
    errorBytes: ERROR_PAGE_BYTES,
    unreachable: { refused: 502, late: 504 },
    connectTimeoutUs: Math.round(connectTimeoutMs * 1000),
    idleTimeoutUs: Math.round(idleTimeoutMs * 1000),
    bufferBytes,
    upgrade,
    sticky: stickiness === 'cookie',
  };
}

/** What is counted of requests. */
export interface RequestCounts extends FailureCounts {
  connections: number;
  requests: number;
  upgradesRemoved: number;
}

/** One life of a layer-7 balancer's process: its connections to the servers, and its turns on the CPU. */
export class ProxyProcess implements FrontHome {
  readonly sim: Sim;
  readonly manners: Manners;
  readonly responseBytes: number;
  readonly idleTimeoutUs: number;
  readonly #io: ProxyIo;
  readonly #plan: Layer7Plan;
  readonly #choice: Choice;
  readonly #health: Health;
  readonly #counts: RequestCounts;
  readonly #upstreams: Upstreams;
  /** Whatever was begun comes to nothing once the process is dead. */
  dead = false;

  constructor(io: ProxyIo, plan: Layer7Plan, choice: Choice, health: Health, counts: RequestCounts) {
    this.#io = io;
    this.sim = io.sim;
    this.#plan = plan;
    this.manners = mannersOf(plan);
    this.responseBytes = io.responseBytes;
    this.idleTimeoutUs = this.manners.idleTimeoutUs;
    this.#upstreams = new Upstreams(this, (server, owner) =>
      io.connect(server, 'load-balancer.connection', owner),
    );
    this.#choice = choice;
    this.#health = health;
    this.#counts = counts;
  }

  turn(then: () => void): void {
    if (!this.dead) this.#io.cpu.run(0, then);
  }

  work(then: () => void): void {
    this.#counts.requests++;
    this.#io.cpu.run(Math.round(this.#plan.cpu.perRequestMs * 1000), then);
  }

  choose({ client, cookie }: Asked): { server: number; why: string } | null {
    const candidates = this.#health.candidates(this.#plan.failOpen);
    if (cookie !== undefined && candidates.includes(cookie.server))
      return { server: cookie.server, why: 'cookie' };
    const owner = this.#io.ownerOf(client);
    if (owner !== null && candidates.includes(owner)) return { server: owner, why: 'owner' };
    const server = this.#choice.pick(candidates, this.#io.addressOf(client));
    return server < 0 ? null : { server, why: this.#plan.algorithm };
  }

  connect(server: number, user: UpstreamUser): Upstream {
    return this.#upstreams.connect(server, user);
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

  failed(status: Status | 0): void {
    // It refuses no Upgrade.
    if (status !== 403) countFailure(this.#counts, status);
  }
}
