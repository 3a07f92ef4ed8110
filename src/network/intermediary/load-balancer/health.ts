import {
  type BalancerIo,
  type HealthCheckPlan,
  type HttpPart,
  type HttpUnit,
  KIND,
  type Stream,
  type StreamOwner,
} from '../contract.ts';

/** A GET with Host, Connection, User-Agent and Accept-Encoding, as ELB-HealthChecker/2.0 sends it, bytes. */
const CHECK_BYTES = 130;

/**
 * Health checks: one server each `intervalMs`, the servers spread over it (HAProxy 3.0, `check`, `inter`, `rise`,
 * `fall`). A server changes its standing after so many results in a row; at the start all count as healthy. The next
 * check begins when the interval is over, and not before the last one is.
 */
export class Health {
  readonly healthy: boolean[];
  checks = 0;
  failed = 0;
  becameUnhealthy = 0;
  becameHealthy = 0;
  readonly #io: BalancerIo;
  readonly #plan: HealthCheckPlan;
  readonly #changed: (server: number, healthy: boolean) => void;
  /** Results in a row that speak against the present standing. */
  readonly #against: number[];
  /** Counts the process's lives: what an earlier one had begun comes to nothing. */
  #life = 0;

  readonly #startsAtTheEdge: boolean;

  /**
   * @param changed told when a server's standing changes
   * @param startsAtTheEdge whether a server whose very first check fails is unhealthy at once, as in HAProxy
   */
  constructor(
    io: BalancerIo,
    plan: HealthCheckPlan,
    changed: (server: number, healthy: boolean) => void,
    startsAtTheEdge: boolean,
  ) {
    this.#startsAtTheEdge = startsAtTheEdge;
    this.#io = io;
    this.#plan = plan;
    this.#changed = changed;
    this.healthy = Array<boolean>(io.servers).fill(true);
    this.#against = Array<number>(io.servers).fill(0);
  }

  start(): void {
    this.healthy.fill(true);
    // HAProxy, cfgparse and server.c: check.health = check.rise, "up, but will fall down at first failure".
    this.#against.fill(this.#startsAtTheEdge ? this.#plan.unhealthyThreshold - 1 : 0);
    const life = ++this.#life;
    const intervalUs = this.#plan.intervalMs * 1000;
    for (let server = 0; server < this.#io.servers; server++)
      this.#later(Math.round((intervalUs * server) / this.#io.servers), life, () =>
        this.#check(server, life),
      );
  }

  stop(): void {
    this.#life++;
  }

  /** The servers to choose from. @param failOpen whether none means all */
  candidates(failOpen: boolean): number[] {
    const all = this.healthy.map((_, server) => server);
    const healthy = all.filter((server) => this.healthy[server]);
    return healthy.length === 0 && failOpen ? all : healthy;
  }

  /** What a process does by a timer waits while the process stands still. */
  #later(delayUs: number, life: number, then: () => void): number {
    return this.#io.sim.later(delayUs, () =>
      this.#io.cpu.run(0, () => {
        if (life === this.#life) then();
      }),
    );
  }

  #check(server: number, life: number): void {
    const { sim } = this.#io;
    const { kernel } = sim;
    const startUs = kernel.nowUs;
    const probe = new Probe(this.#io, this.#plan, server, (failure) => {
      kernel.cancel(timer);
      if (life !== this.#life) return;
      this.#judge(server, failure);
      const nextUs = startUs + Math.round(this.#plan.intervalMs * 1000);
      this.#later(Math.max(0, nextUs - kernel.nowUs), life, () => this.#check(server, life));
    });
    const timer = this.#later(Math.round(this.#plan.timeoutMs * 1000), life, () => probe.giveUp());
  }

  /** @param failure why the check failed, '' if it passed */
  #judge(server: number, failure: string): void {
    this.checks++;
    if (failure !== '') this.failed++;
    const passed = failure === '';
    if (passed === this.healthy[server]) {
      this.#against[server] = 0;
      return;
    }
    const { healthyThreshold, unhealthyThreshold } = this.#plan;
    const against = ++(this.#against[server] as number);
    if (against < (passed ? healthyThreshold : unhealthyThreshold)) return;
    this.#against[server] = 0;
    this.healthy[server] = passed;
    if (passed) this.becameHealthy++;
    else this.becameUnhealthy++;
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['health.changed'], kernel.nowUs, server, passed ? 1 : 0, trace.text(failure));
    this.#changed(server, passed);
  }
}

/** One check of one server, on a connection of its own. */
class Probe {
  readonly #io: BalancerIo;
  readonly #done: (failure: string) => void;
  readonly #stream: Stream;
  #over = false;

  constructor(io: BalancerIo, plan: HealthCheckPlan, server: number, done: (failure: string) => void) {
    this.#io = io;
    this.#done = done;
    const owner: StreamOwner = {
      opened: () => (plan.protocol === 'tcp' ? this.#finish('') : this.#ask()),
      received: (unit) => {
        const part = io.sim.units.take(unit) as HttpPart;
        if (part.part === 'response')
          this.#finish(part.content.status === 200 ? '' : `status ${part.content.status}`);
      },
      ended: () => this.#finish('closed'),
      closed: (reason) => this.#finish(reason),
    };
    this.#stream = io.connect(server, 'health-check.request', owner, plan.protocol === 'tcp');
  }

  giveUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stream.abort();
    this.#done('no answer in time');
  }

  #ask(): void {
    if (this.#over) return;
    const what = 'health-check.request';
    const content = { transport: 'health-check', client: -1, rooms: [], cursor: -1 };
    const bytes = CHECK_BYTES;
    const part: HttpUnit = { part: 'request', content, keepAlive: false, upgrade: false, what, bytes };
    this.#stream.write(bytes, this.#io.sim.units.create(this.#stream.connection, 0, what, bytes, part));
  }

  #finish(failure: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#stream.end();
    this.#io.cpu.run(0, () => this.#done(failure));
  }
}
