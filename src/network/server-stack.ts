import type { HttpListener } from '../engine/contract/http.ts';
import type { NetworkHooks } from '../engine/contract/network.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { Sim } from '../engine/contract/sim.ts';
import type { CloseReason, Stream, StreamOwner } from '../engine/contract/stream.ts';
import { ServerConnection } from './http/server.ts';
import type { Host as TcpHost } from './tcp/tcp.ts';
import { TlsEnd } from './tls/tls.ts';

/**
 * From a process's death to the end of its connections, µs: the kernel first gives its memory back, then closes its
 * files. Measured: what a killed Node 20.20 had open was closed after 12 to 21 ms, 16 in the middle.
 */
export const TEARDOWN_US = 16_000;

/** Nobody reads any more. */
export const DEAF: StreamOwner = { opened: () => {}, received: () => {}, ended: () => {}, closed: () => {} };

/** A server's end of the stack: it accepts TCP connections, speaks TLS if the edge does, and HTTP on it. */
export class ServerStack {
  readonly host: TcpHost;
  readonly #sim: Sim;
  readonly #plan: Plan;
  readonly #number: number;
  readonly #hooks: NetworkHooks;
  /** Of all its connections: what to call when the process dies. */
  readonly #open = new Set<StreamOwner>();
  #teardown = 0;

  constructor(sim: Sim, plan: Plan, number: number, host: TcpHost, hooks: NetworkHooks) {
    this.#sim = sim;
    this.#plan = plan;
    this.#number = number;
    this.host = host;
    this.#hooks = hooks;
  }

  /** Starts to accept connections; requests go to the listener. */
  listen(listener: HttpListener): void {
    if (this.#teardown !== 0) this.#closeFiles();
    this.host.listen((stream) => this.#accept(stream, listener));
  }

  /** The process is gone; a little later its kernel closes what was open. */
  kill(): void {
    this.host.listen(() => DEAF);
    for (const owner of [...this.#open]) owner.closed('aborted');
    this.#teardown = this.#sim.later(TEARDOWN_US, () => this.#closeFiles());
  }

  #closeFiles(): void {
    this.#sim.kernel.cancel(this.#teardown);
    this.#teardown = 0;
    this.host.closePort();
    this.host.killProcess();
  }

  #accept(stream: Stream, listener: HttpListener): StreamOwner {
    const { edge, servers } = this.#plan;
    const connection = new ServerConnection(
      this.#sim,
      {
        sizes: { requestBytes: edge.requestHeaderBytes, responseBytes: edge.responseHeaderBytes },
        keepAliveTimeoutUs: Math.round(servers.keepAliveTimeoutMs * 1000),
      },
      listener,
    );
    // Behind a layer-7 balancer, where TLS has ended, servers speak plain HTTP.
    if (edge.tls === 'none' || edge.loadBalancer?.kind === 'layer-7') {
      connection.stream = stream;
      return this.#counted(connection, connection);
    }
    const options = { version: edge.tls, certificateBytes: edge.certificateBytes };
    const work = (resumed: boolean, then: () => void) =>
      this.#hooks.work(this.#number, resumed ? 'resumption' : 'handshake', then);
    const tls = new TlsEnd(this.#sim, options, 'server', connection, false, work);
    tls.inner = stream;
    connection.stream = tls;
    return this.#counted(tls, connection);
  }

  /** Counts a connection from acceptance to its end, and charges the CPU for accepting it. @param owner of its bytes */
  #counted(owner: StreamOwner, connection: ServerConnection): StreamOwner {
    this.#hooks.opened(this.#number);
    this.#hooks.work(this.#number, 'connection', () => {});
    const counted: StreamOwner = {
      opened: () => owner.opened(),
      received: (unit) => owner.received(unit),
      ended: () => owner.ended(),
      closed: (reason: CloseReason) => {
        if (!this.#open.delete(counted)) return;
        this.#hooks.closed(this.#number);
        owner.closed(reason);
      },
    };
    connection.aborted = () => counted.closed('aborted');
    this.#open.add(counted);
    return counted;
  }
}
