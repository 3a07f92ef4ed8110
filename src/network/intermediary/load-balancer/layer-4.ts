import {
  type FlowIo,
  KIND,
  type Layer4Plan,
  type LoadBalancerFacts,
  PACKET,
  type Packet,
} from '../contract.ts';
import { Choice } from './choice.ts';
import { countsOf } from './counts.ts';
import { type Access, type FarEnd, Flow, type FlowHome } from './flow.ts';
import { Health } from './health.ts';

/**
 * A load balancer for TCP, as AWS Network Load Balancer (idle timeout, what becomes of connections to unhealthy
 * servers) with the schedulers of Linux IPVS: it chooses a server at a connection's SYN, and passes packets on. TCP and
 * TLS end at the server. What it does not know it answers with a reset. Packets take no CPU time.
 */
export class Layer4 implements FlowHome {
  readonly #io: FlowIo;
  readonly #plan: Layer4Plan;
  readonly #choice: Choice;
  readonly #health: Health;
  /** Those that it knows and that are not over. */
  readonly #flows = new Set<Flow>();
  #down = false;
  #paused = false;
  #connections = 0;
  #unavailable = 0;
  #idleTimeouts = 0;
  #crashes = 0;

  constructor(io: FlowIo, plan: Layer4Plan) {
    this.#io = io;
    this.#plan = plan;
    this.#choice = new Choice(io.servers, plan.algorithm);
    const changed = (server: number, healthy: boolean) => this.#changed(server, healthy);
    this.#health = new Health(io, plan.healthCheck, changed, false);
    this.#health.start();
  }

  /** A connection that a client is about to open. */
  flow(client: number, access: Access): Flow {
    return new Flow(this, client, this.#io.addressOf(client), access);
  }

  fromClient(flow: Flow, packet: Packet): void {
    const { access, stream } = flow;
    if (stream === null) return;
    if (this.#down) {
      this.#io.vanish(packet, access.out);
      return;
    }
    const isSyn = (packet.what & (PACKET.SYN | PACKET.ACK)) === PACKET.SYN;
    if (flow.far === null && isSyn) this.#admit(flow);
    const { far } = flow;
    if (far === null) {
      this.#io.reject(packet, stream, access.back);
      return;
    }
    this.#pass(flow, packet, false);
    this.#io.toServer(far.server).send(packet, far.end);
  }

  fromServer(flow: Flow, far: FarEnd, packet: Packet): void {
    if (flow.stream === null) return;
    if (this.#down) {
      this.#io.vanish(packet, flow.access.back);
      return;
    }
    if (flow.far !== far) {
      this.#io.reject(packet, far.end, this.#io.toServer(far.server));
      return;
    }
    this.#pass(flow, packet, true);
    flow.access.back.send(packet, flow.stream);
  }

  /** The machine is gone, and what it knew of connections with it; packets vanish until it is back. */
  crash(): void {
    this.#crashes++;
    this.#down = true;
    this.#health.stop();
    this.#io.cpu.clear();
    for (const flow of this.#flows) flow.far = null;
    this.#flows.clear();
    this.#choice.clear();
  }

  restart(): void {
    this.#down = false;
    this.#io.cpu.pause(this.#paused);
    this.#health.start();
  }

  /** Its kernel goes on passing packets; only the checks stand still. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#io.cpu.pause(paused);
  }

  facts(): LoadBalancerFacts {
    return {
      ...countsOf(this.#io, this.#health, this.#choice),
      kind: 'layer-4',
      connections: this.#connections,
      requests: 0,
      badGateway: 0,
      unavailable: this.#unavailable,
      gatewayTimeout: 0,
      idleTimeouts: this.#idleTimeouts,
      upgradesRemoved: 0,
      crashes: this.#crashes,
    };
  }

  /** A SYN of no connection that it knows. */
  #admit(flow: Flow): void {
    const { sim } = this.#io;
    const candidates = this.#health.candidates(this.#plan.failOpen);
    const owner = this.#io.ownerOf(flow.client);
    const isOwned = owner !== null && candidates.includes(owner);
    const server = isOwned ? owner : this.#choice.pick(candidates, flow.address);
    if (server < 0 || flow.stream === null) {
      this.#unavailable++;
      return;
    }
    flow.server = server;
    const far: FarEnd = { server, end: flow.stream };
    far.end = this.#io.meet(flow.stream, server, flow.wayBack(this.#io.fromServer(server), far));
    flow.far = far;
    this.#flows.add(flow);
    this.#connections++;
    this.#choice.took(server);
    const { trace, kernel } = sim;
    const why = trace.text(isOwned ? 'owner' : this.#plan.algorithm);
    trace.add(KIND['route.chosen'], kernel.nowUs, flow.stream.connection, server, 0, why);
    flow.lastUs = kernel.nowUs;
    this.#watch(flow, Math.round(this.#plan.idleTimeoutMs * 1000));
  }

  /** A packet of a flow goes by. One that ends the connection frees its place at once, though stragglers still pass. */
  #pass(flow: Flow, packet: Packet, fromServer: boolean): void {
    flow.lastUs = this.#io.sim.kernel.nowUs;
    if (flow.ends(packet, fromServer) && this.#flows.delete(flow)) this.#choice.left(flow.server);
  }

  /** Looks again when the timeout could be over; a packet meanwhile puts that off. */
  #watch(flow: Flow, delayUs: number): void {
    const { sim } = this.#io;
    const { far } = flow;
    sim.later(delayUs, () => {
      if (flow.far !== far || !this.#flows.has(flow)) return;
      const leftUs = flow.lastUs + Math.round(this.#plan.idleTimeoutMs * 1000) - sim.kernel.nowUs;
      if (leftUs > 0) {
        this.#watch(flow, leftUs);
        return;
      }
      this.#idleTimeouts++;
      this.#forget(flow, 'idle');
    });
  }

  #changed(server: number, healthy: boolean): void {
    if (healthy || !this.#plan.forgetUnhealthy) return;
    // Where no server is left and all are tried all the same, what is open stays.
    if (this.#plan.failOpen && !this.#health.healthy.includes(true)) return;
    for (const flow of [...this.#flows]) if (flow.server === server) this.#forget(flow, 'unhealthy');
  }

  /** Nobody is told: whoever sends next gets a reset. */
  #forget(flow: Flow, reason: string): void {
    if (!this.#flows.delete(flow)) return;
    flow.far = null;
    this.#choice.left(flow.server);
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['route.ended'], kernel.nowUs, flow.stream?.connection ?? 0, 0, trace.text(reason));
  }
}
