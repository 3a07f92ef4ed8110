import type { Packet, Path, Receiver } from '../engine/contract/packet.ts';
import { proxyReads } from '../engine/contract/proxy.ts';
import type { Stream, StreamOwner } from '../engine/contract/stream.ts';
import type { SharedStack } from './client-stack.ts';
import type { Balancer } from './entry.ts';
import type { BalancerIo } from './intermediary/contract.ts';
import { Layer4 } from './intermediary/load-balancer/layer-4.ts';
import { Layer7 } from './intermediary/load-balancer/layer-7.ts';
import type { Link } from './link/link.ts';
import type { Route } from './link/path.ts';
import { DEAF, type ServerStack, TEARDOWN_US } from './server-stack.ts';
import type { Host } from './tcp/tcp.ts';
import { TlsEnd } from './tls/tls.ts';

/** Everything but the balancer itself. */
export type Around = Omit<SharedStack, 'entrance'>;

/** Puts a load balancer at the edge, between the access links and the servers' own. null: the plan has none. */
export function createBalancer(around: Around): Balancer | null {
  const plan = around.plan.edge.loadBalancer;
  if (plan === null) return null;
  const machine = new Machine(around);
  return plan.kind === 'layer-4'
    ? createLayer4(machine, new Layer4(machine.flowIo(), plan))
    : createLayer7(machine, new Layer7(machine.proxyIo(), plan));
}

function createLayer4(machine: Machine, layer: Layer4): Balancer {
  return {
    enter(client, _failures, out, back) {
      const flow = layer.flow(client, { out, back });
      return {
        route: { out: flow, back, to: null },
        server: -1,
        bind: (stream) => {
          flow.stream = stream as Stream & Receiver;
        },
        tlsEnd: () => ({ place: flow.server, epoch: machine.around.hooks.serverEpoch(flow.server) }),
      };
    },
    moved: (client) => machine.moved(client),
    crash: () => {
      layer.crash();
      machine.host.dropAll('unreachable');
    },
    restart: () => layer.restart(),
    pause: (paused) => layer.pause(paused),
    facts: () => layer.facts(),
  };
}

function createLayer7(machine: Machine, layer: Layer7): Balancer {
  return {
    enter: (_client, _failures, out, back) => ({
      route: { out, back, to: machine.host },
      server: -1,
      bind: () => {},
      tlsEnd: () => ({ place: 0, epoch: layer.epoch }),
    }),
    moved: (client) => machine.moved(client),
    crash: () => layer.crash(),
    restart: () => layer.restart(),
    pause: (paused) => layer.pause(paused),
    facts: () => layer.facts(),
  };
}

/** The machine that a balancer runs on: its TCP, its links to the servers, its CPU. */
class Machine {
  readonly around: Around;
  readonly host: Host;
  readonly #io: BalancerIo;
  readonly #routes: [Route, Route][];
  /** How often each client took another address. */
  readonly #moves: number[] = [];
  #teardown = 0;

  constructor(around: Around) {
    this.around = around;
    const { sim, plan, hooks, links, datacenter } = around;
    this.host = around.tcp.host('load-balancer');
    const isProxied = proxyReads(plan.edge);
    this.#routes = datacenter.map(({ up, down }: Link) => [links.path([up]), links.path([down])]);
    this.#io = {
      sim,
      cpu: hooks.processor(),
      servers: datacenter.length,
      // Whoever comes by way of a proxy has that one's address.
      addressOf: (client) => (isProxied ? 0 : client * 4096 + (this.#moves[client] ?? 0)),
      ownerOf: (client) => (client < 0 ? null : hooks.ownerOf(client)),
      requestBytes: plan.edge.requestHeaderBytes,
      responseBytes: plan.edge.responseHeaderBytes,
      connect: (server, what, owner, plain = false) => this.#connect(server, what, owner, plain),
    };
  }

  moved(client: number): void {
    this.#moves[client] = (this.#moves[client] ?? 0) + 1;
  }

  flowIo() {
    const { tcp, servers } = this.around;
    return {
      ...this.#io,
      toServer: (server: number): Path => this.#route(server)[0],
      fromServer: (server: number): Path => this.#route(server)[1],
      meet: (stream: Stream, server: number, back: Path) =>
        tcp.meet(stream, (servers[server] as ServerStack).host, back),
      reject: (packet: Packet, end: Receiver, path: Path) => tcp.reject(packet, end, this.host, path),
      vanish: (packet: Packet, at: Path) => (at as Route).drop(packet, 'load balancer down'),
    };
  }

  proxyIo() {
    return {
      ...this.#io,
      listen: (accept: (stream: Stream) => StreamOwner & { stream: Stream | null }) => {
        if (this.#teardown !== 0) this.#closeFiles();
        this.host.listen((stream) => this.#secured(stream, accept(stream)));
      },
      kill: () => {
        this.host.listen(() => DEAF);
        this.#teardown = this.around.sim.later(TEARDOWN_US, () => this.#closeFiles());
      },
    };
  }

  #closeFiles(): void {
    this.around.sim.kernel.cancel(this.#teardown);
    this.#teardown = 0;
    this.host.closePort();
    this.host.killProcess();
  }

  #route(server: number): [Route, Route] {
    return this.#routes[server] as [Route, Route];
  }

  /** A client's connection, in TLS where the edge has it. */
  #secured(stream: Stream, owner: StreamOwner & { stream: Stream | null }): StreamOwner {
    const { sim, plan } = this.around;
    const { edge } = plan;
    if (edge.tls === 'none') {
      owner.stream = stream;
      return owner;
    }
    const options = { version: edge.tls, certificateBytes: edge.certificateBytes };
    const cpu = edge.loadBalancer?.kind === 'layer-7' ? edge.loadBalancer.cpu : null;
    const work = (resumed: boolean, then: () => void) => {
      const costMs = (resumed ? cpu?.perResumptionMs : cpu?.perHandshakeMs) ?? 0;
      this.#io.cpu.run(Math.round(costMs * 1000), then);
    };
    const tls = new TlsEnd(sim, options, 'server', owner, false, work);
    tls.inner = stream;
    owner.stream = tls;
    return tls;
  }

  /** To a server: in TLS where that is what it speaks, at layer 4. */
  #connect(server: number, what: string, owner: StreamOwner, plain: boolean): Stream {
    const { sim, plan, servers } = this.around;
    const { edge } = plan;
    const [out, back] = this.#route(server);
    const route = { out, back, to: (servers[server] as ServerStack).host, from: -1, toward: server, what };
    if (plain || edge.tls === 'none' || edge.loadBalancer?.kind === 'layer-7')
      return this.host.connect(route, owner);
    const options = { version: edge.tls, certificateBytes: edge.certificateBytes };
    const tls = new TlsEnd(sim, options, 'client', owner, false, (_, then) => this.#io.cpu.run(0, then));
    tls.inner = this.host.connect(route, tls);
    return tls;
  }
}
