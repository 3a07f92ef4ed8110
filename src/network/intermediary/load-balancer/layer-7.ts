import type { Layer7Plan, LoadBalancerFacts, ProxyIo } from '../contract.ts';
import { Front } from '../front.ts';
import { Choice } from './choice.ts';
import { countsOf } from './counts.ts';
import { Health } from './health.ts';
import { ProxyProcess } from './proxy-process.ts';

/**
 * A load balancer for HTTP: clients' TCP and TLS end here, and each request is passed to a server on a connection of
 * the balancer's own. Choice, cookies and checks as HAProxy 3.0 has them; statuses and the idle timeout as AWS
 * Application Load Balancer has them. A request is not tried at another server.
 */
export class Layer7 {
  readonly #io: ProxyIo;
  readonly #plan: Layer7Plan;
  readonly #choice: Choice;
  readonly #health: Health;
  #proxy: ProxyProcess;
  #crashes = 0;
  #paused = false;
  readonly #counts = {
    connections: 0,
    requests: 0,
    badGateway: 0,
    unavailable: 0,
    gatewayTimeout: 0,
    idleTimeouts: 0,
    upgradesRemoved: 0,
  };

  constructor(io: ProxyIo, plan: Layer7Plan) {
    this.#io = io;
    this.#plan = plan;
    this.#choice = new Choice(io.servers, plan.algorithm);
    this.#health = new Health(io, plan.healthCheck, () => {}, true);
    this.#proxy = this.#begin();
  }

  /** Session tickets are worth nothing to another process than the one that gave them. */
  get epoch(): number {
    return this.#crashes;
  }

  /** The process dies. */
  crash(): void {
    this.#crashes++;
    this.#proxy.dead = true;
    this.#health.stop();
    this.#io.cpu.clear();
    this.#choice.clear();
    this.#io.kill();
  }

  restart(): void {
    // A process that is started while the machine stands still stands still too.
    this.#io.cpu.pause(this.#paused);
    this.#proxy = this.#begin();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#io.cpu.pause(paused);
  }

  facts(): LoadBalancerFacts {
    return {
      ...countsOf(this.#io, this.#health, this.#choice),
      ...this.#counts,
      crashes: this.#crashes,
      kind: 'layer-7',
    };
  }

  #begin(): ProxyProcess {
    const proxy = new ProxyProcess(this.#io, this.#plan, this.#choice, this.#health, this.#counts);
    this.#io.listen(() => {
      this.#counts.connections++;
      return new Front(proxy);
    });
    this.#health.start();
    return proxy;
  }
}
