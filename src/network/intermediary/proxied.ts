import { type CloseReason, type HttpUnit, KIND } from './contract.ts';
import type { Asker, ProxyHome, Status } from './manners.ts';
import type { Upstream, UpstreamUser } from './upstream.ts';

/** What stands between a set cookie's name with value and its line's end: `Set-Cookie: `, `; path=/`, CR LF. */
const SET_COOKIE_BYTES = 12 + 8 + 2;
/** `Upgrade: websocket` and `Connection: Upgrade` with their lines' ends. */
const UPGRADE_BYTES = 20 + 21;

type RequestUnit = Extract<HttpUnit, { part: 'request' }>;

/** One request through an intermediary: from its arrival to the last part of its answer, or a tunnel's end. */
export class Proxied implements UpstreamUser {
  readonly #home: ProxyHome;
  readonly #asker: Asker;
  readonly #connection: number;
  readonly #request: RequestUnit;
  #upstream: Upstream | null = null;
  #server = -1;
  /** The server's answer has begun. */
  #headSeen = false;
  #tunnel = false;
  #over = false;
  #timer = 0;
  #lastUs = 0;
  /** Parts that wait to be passed on together. */
  #held: HttpUnit[] = [];
  #heldBytes = 0;

  /** @param connection number of the client's connection */
  constructor(home: ProxyHome, asker: Asker, connection: number, request: RequestUnit) {
    this.#home = home;
    this.#asker = asker;
    this.#connection = connection;
    this.#request = request;
    home.work(() => this.#route());
  }

  /** The connection to the server is there. */
  ready(): void {
    if (this.#over || this.#upstream === null) return;
    this.#home.sim.kernel.cancel(this.#timer);
    this.#upstream.write(this.#passedOn());
    this.#touch();
    this.#watch(this.#home.manners.idleTimeoutUs);
  }

  fromServer(part: HttpUnit): void {
    if (this.#over) return;
    this.#touch();
    if (part.part === 'head') {
      this.#headSeen = true;
      this.#tunnel = part.upgrade;
    }
    this.#forward(this.#marked(this.#signed(part)));
    if (part.part !== 'response' && part.part !== 'last-chunk') return;
    const upstream = this.#upstream;
    this.#finish();
    // The connection serves the next request.
    if (upstream !== null) upstream.user = null;
    this.#asker.answered(this.#request.keepAlive);
  }

  /** Something goes up a tunnel. */
  fromClient(part: HttpUnit): void {
    if (this.#over) return;
    this.#touch();
    this.#upstream?.write(part);
  }

  clientEnded(): void {
    if (this.#over) return;
    if (this.#tunnel) this.#upstream?.halfClose();
    else {
      this.clientGone();
      this.#asker.close();
    }
  }

  /** Nobody waits for the answer any more. */
  clientGone(): void {
    if (this.#over) return;
    const upstream = this.#upstream;
    this.#finish();
    upstream?.close();
  }

  serverEnded(): void {
    if (this.#over) return;
    if (this.#tunnel) this.#asker.halfClose();
    else this.#broken('the server closed');
  }

  serverGone(reason: CloseReason): void {
    if (!this.#over) this.#broken(reason);
  }

  /** The client has something of the answer, or is about to: not where all of that is held back until it is whole. */
  get #begun(): boolean {
    const holdsAll = this.#home.manners.bufferBytes === Number.POSITIVE_INFINITY;
    return this.#headSeen && (this.#tunnel || !holdsAll);
  }

  #route(): void {
    if (this.#over) return;
    const { content, cookie, upgrade } = this.#request;
    if (upgrade && this.#home.manners.upgrade === 'refused') {
      this.#refuse(403, 'Upgrade');
      return;
    }
    const choice = this.#home.choose({ client: content.client, connection: this.#connection, cookie });
    if (choice === null) {
      this.#refuse(503, 'no healthy server');
      return;
    }
    const { server, why } = choice;
    this.#server = server;
    this.#home.took(server);
    this.#upstream = this.#home.connect(server, this);
    const { trace, kernel } = this.#home.sim;
    trace.add(
      KIND['route.chosen'],
      kernel.nowUs,
      this.#connection,
      server,
      this.#upstream.connection,
      trace.text(why),
    );
    if (this.#upstream.open) this.ready();
    else this.#alarm(this.#home.manners.connectTimeoutUs, () => this.#late());
  }

  /**
   * The request as the server gets it. Upgrade and Connection are for one connection alone, so a proxy that does not
   * speak the protocol leaves them out (RFC 9110 §7.6.1, §7.8); what is left is a plain GET.
   */
  #passedOn(): HttpUnit {
    const { manners } = this.#home;
    const { cookie, ...request } = this.#request;
    // Whoever gave the cookie takes it out (HAProxy: `indirect`).
    const own = manners.sticky ? (cookie?.bytes ?? 0) : 0;
    const bytes = request.bytes - own + manners.requestBytes;
    const kept = manners.sticky ? request : this.#request;
    const passed = { ...kept, bytes, keepAlive: true };
    if (!request.upgrade || manners.upgrade === 'passed') return passed;
    this.#home.downgraded();
    return { ...passed, what: `${manners.name}.get`, bytes: bytes - UPGRADE_BYTES, upgrade: false };
  }

  /** A response with what the intermediary adds to its header. */
  #signed(part: HttpUnit): HttpUnit {
    const { responseBytes } = this.#home.manners;
    const hasHeader = part.part === 'response' || part.part === 'head';
    return responseBytes > 0 && hasHeader ? { ...part, bytes: part.bytes + responseBytes } : part;
  }

  /** A client that has no cookie for its server, or another's, is given one (HAProxy: `cookie … insert indirect`). */
  #marked(part: HttpUnit): HttpUnit {
    if (!this.#home.manners.sticky || this.#request.cookie?.server === this.#server) return part;
    if (part.part !== 'response' && part.part !== 'head') return part;
    const pair = `SRV=server-${this.#server + 1}`.length;
    const setCookie = { server: this.#server, bytes: 'Cookie: '.length + pair + 2 };
    return { ...part, bytes: part.bytes + SET_COOKIE_BYTES + pair, setCookie };
  }

  /** At once, or, of a response that is collected, when there is enough of it. A tunnel is never held back. */
  #forward(part: HttpUnit): void {
    const { bufferBytes } = this.#home.manners;
    const streams = part.part === 'head' || part.part === 'chunk';
    if (bufferBytes !== null && streams && !this.#tunnel) {
      this.#held.push(part);
      this.#heldBytes += part.bytes;
      if (this.#heldBytes < bufferBytes) return;
    } else this.#held.push(part);
    this.#flush();
  }

  /** In one write, as a proxy sends a buffer (nginx, `ngx_event_pipe_write_to_downstream`). */
  #flush(): void {
    const last = this.#held.length - 1;
    this.#held.forEach((part, i) => {
      this.#asker.write(part, i < last);
    });
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** The server went away in the middle: before its answer that is 502, after that there is only the end to pass on. */
  #broken(reason: string): void {
    const { unreachable } = this.#home.manners;
    if (this.#begun) this.#cut(reason, 0);
    else this.#refuse(this.#upstream?.open === false ? unreachable.refused : 502, reason);
  }

  /** No connection in time. */
  #late(): void {
    const { unreachable } = this.#home.manners;
    if (!this.#over && this.#upstream?.open === false)
      this.#refuse(unreachable.late, 'no connection in time');
  }

  #idle(): void {
    if (this.#over) return;
    const { kernel } = this.#home.sim;
    const leftUs = this.#lastUs + this.#home.manners.idleTimeoutUs - kernel.nowUs;
    if (leftUs > 0) this.#watch(leftUs);
    else if (this.#begun) this.#cut('idle', 1);
    else this.#refuse(504, 'idle');
  }

  /** Answers in the server's place. */
  #refuse(status: Status, reason: string): void {
    const upstream = this.#upstream;
    this.#finish();
    upstream?.abort();
    this.#home.failed(status);
    this.#record(status, reason);
    const content = { status, messages: [], cursor: 0, code: 0 };
    const { name, errorBytes } = this.#home.manners;
    // Envoy's 403 has no body.
    const [word, body] = status === 403 ? ['403', 0] : ['error', errorBytes];
    const bytes = this.#home.responseBytes + body;
    this.#asker.write({ part: 'response', content, what: `${name}.${word}`, bytes });
    this.#asker.answered(this.#request.keepAlive);
  }

  /** Ends an answer or a tunnel that has begun. @param idle 1: because nothing came */
  #cut(reason: string, idle: 0 | 1): void {
    const upstream = this.#upstream;
    this.#flush();
    this.#finish();
    upstream?.close();
    if (idle) this.#home.failed(0);
    this.#record(0, reason);
    this.#asker.close();
  }

  #record(status: number, reason: string): void {
    const { trace, kernel } = this.#home.sim;
    trace.add(KIND['route.ended'], kernel.nowUs, this.#connection, status, trace.text(reason));
  }

  #finish(): void {
    this.#over = true;
    this.#home.sim.kernel.cancel(this.#timer);
    if (this.#server >= 0) this.#home.left(this.#server);
    this.#upstream = null;
  }

  #touch(): void {
    this.#lastUs = this.#home.sim.kernel.nowUs;
  }

  #watch(delayUs: number): void {
    this.#alarm(delayUs, () => this.#idle());
  }

  #alarm(delayUs: number, then: () => void): void {
    this.#timer = this.#home.sim.later(delayUs, () => this.#home.turn(then));
  }
}
