import { type InterceptIo, noProxyFacts, type ProxyFacts, type ProxyPlan, type Sim } from '../contract.ts';
import { Front, type FrontHome } from '../front.ts';
import { type Asked, countFailure, type Manners, type Status } from '../manners.ts';
import { type Upstream, Upstreams, type UpstreamUser } from '../upstream.ts';

/** `Via: 1.1 proxy (squid/6.6)`, which whoever forwards a message adds to it (RFC 9110 §7.6.3), with its line's end. */
const VIA_BYTES = 26 + 2;
/** `X-Forwarded-For: 203.0.113.7` (Squid: `forwarded_for on`), with its line's end. */
const FORWARDED_BYTES = 28 + 2;
/** About what Squid's page for a server that cannot be reached has, its style sheet included. */
const ERROR_PAGE_BYTES = 3500;

/**
 * An interception proxy (RFC 9110 §3.7), as Squid 6 in interception mode: clients' connections to port 80 end here, with
 * nobody having asked for it, and each request goes on over a connection of the proxy's own to the address that the
 * client meant. It takes no time for that, and caches nothing: what clients ask for is new each time.
 */
export class Intercepting implements FrontHome {
  readonly sim: Sim;
  readonly manners: Manners;
  readonly responseBytes: number;
  readonly idleTimeoutUs: number;
  readonly #io: InterceptIo;
  readonly #upstreams: Upstreams;
  readonly #counts = noProxyFacts();

  constructor(io: InterceptIo, plan: ProxyPlan) {
    this.#io = io;
    this.sim = io.sim;
    this.responseBytes = io.responseBytes;
    this.idleTimeoutUs = Math.round(plan.keepAliveTimeoutMs * 1000);
    this.manners = {
      name: 'proxy',
      requestBytes: VIA_BYTES + FORWARDED_BYTES,
      responseBytes: VIA_BYTES,
      errorBytes: ERROR_PAGE_BYTES,
      // Squid 6, FwdState::makeConnectingError.
      unreachable: { refused: 503, late: 503 },
      connectTimeoutUs: Math.round(plan.connectTimeoutMs * 1000),
      idleTimeoutUs: Math.round(plan.idleTimeoutMs * 1000),
      bufferBytes: plan.responses === 'buffered' ? Number.POSITIVE_INFINITY : null,
      upgrade: plan.upgrade,
      sticky: false,
    };
    this.#upstreams = new Upstreams(this, (server, owner) => {
      this.#counts.ownConnections++;
      return io.connect(server, owner);
    });
    io.listen(() => {
      this.#counts.connections++;
      return new Front(this);
    });
  }

  facts(): ProxyFacts {
    return { ...this.#counts };
  }

  turn(then: () => void): void {
    then();
  }

  work(then: () => void): void {
    this.#counts.requests++;
    then();
  }

  choose({ connection }: Asked): { server: number; why: string } {
    return { server: this.#io.destination(connection), why: 'address' };
  }

  connect(server: number, user: UpstreamUser): Upstream {
    return this.#upstreams.connect(server, user);
  }

  took(): void {}

  left(): void {}

  downgraded(): void {
    this.#counts.upgradesRemoved++;
  }

  failed(status: Status | 0): void {
    if (status === 403) this.#counts.upgradesRefused++;
    else countFailure(this.#counts, status);
  }
}
