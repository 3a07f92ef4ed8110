import type { ConnectionOwner, ResponseContent } from '../../engine/contract/http.ts';
import type { Cookie, HttpPart, HttpUnit } from '../../engine/contract/http-parts.ts';
import type { Sim } from '../../engine/contract/sim.ts';
import type { CloseReason, Stream } from '../../engine/contract/stream.ts';
import type { Carrier, PendingExchange } from './exchange.ts';
import type { Responses } from './responses.ts';
import type { HeaderSizes } from './sizes.ts';

/** What a connection tells the pool it came from. */
export interface ConnectionPool {
  readonly sim: Sim;
  readonly sizes: HeaderSizes;
  readonly responses: Responses;
  /** A load balancer's cookie, once one was set. */
  cookie: Cookie | null;
  requested(): void;
  released(connection: ClientConnection, reusable: boolean): void;
  failed(
    connection: ClientConnection,
    exchange: PendingExchange | null,
    mayRetry: boolean,
    reason: CloseReason,
  ): void;
}

/**
 * From a response's arrival to the application's having it, µs: the client's half of the 1 to 2 ms that a request on
 * a fresh connection was measured to cost beyond its round trips.
 */
const CLIENT_WORK_US = 400;

/** A response's last byte is that of its only unit or of its last chunk; a 101 has no content (RFC 9110 §15.2). */
const endsResponse = (part: HttpPart): boolean =>
  part.part === 'response' || part.part === 'last-chunk' || (part.part === 'head' && part.upgrade);

/** One connection of a client: a request and its response at a time. */
export class ClientConnection implements ConnectionOwner, Carrier {
  stream: Stream | null = null;
  cancel: () => void = () => {};
  #exchange: PendingExchange | null;
  readonly #client: ConnectionPool;
  #served = 0;
  /** When the request under way was sent, µs. */
  #askedUs = 0;
  /** The first byte of its response is here; the first unit is. */
  #begun = false;
  #answered = false;
  /** Until when the client is at work on a response's beginning: what comes meanwhile waits its turn. */
  #busyUntilUs = 0;
  #upgraded = false;
  #over = false;
  /** The connection is meant to outlive its request. */
  readonly #keeps: boolean;

  /** @param exchange what it is opened for */
  constructor(client: ConnectionPool, exchange: PendingExchange) {
    this.#client = client;
    this.#exchange = exchange;
    this.#keeps = exchange.spec.keepAlive;
    exchange.connection = this;
  }

  /** Open, and free for a request. */
  get idle(): boolean {
    return this.stream !== null && this.#exchange === null && !this.#over;
  }

  /** A connection for a single request is never missed; one that was to be kept is. */
  get lost(): boolean {
    return this.#keeps;
  }

  opened(): void {
    if (this.#exchange !== null) this.#send(this.#exchange);
  }

  /** Sends another request on the kept-alive connection. */
  start(exchange: PendingExchange): void {
    this.#exchange = exchange;
    exchange.connection = this;
    this.#send(exchange);
  }

  received(unit: number): void {
    const { sim } = this.#client;
    const part = sim.units.take(unit) as HttpPart;
    const exchange = this.#exchange;
    if (exchange === null || exchange.over) return;
    this.#begins();
    if (endsResponse(part)) this.#client.responses.ended(sim.kernel.nowUs - this.#askedUs);
    if (!this.#answered) this.#busyUntilUs = sim.kernel.nowUs + CLIENT_WORK_US;
    this.#answered = true;
    this.#inTurn(() => this.#hand(exchange, part));
  }

  arriving(): void {
    if (this.#exchange !== null && !this.#exchange.over) this.#begins();
  }

  #begins(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#client.responses.began(this.#client.sim.kernel.nowUs - this.#askedUs);
  }

  ended(): void {
    this.#inTurn(() => this.#ended());
  }

  closed(reason: CloseReason): void {
    this.#inTurn(() => this.#closed(reason));
  }

  /** Now, or behind what the client is still at work on: nothing overtakes a response's beginning. */
  #inTurn(then: () => void): void {
    const { sim } = this.#client;
    const waitUs = this.#busyUntilUs - sim.kernel.nowUs;
    if (waitUs > 0) sim.later(waitUs, then);
    else then();
  }

  #ended(): void {
    if (this.#over) return;
    this.#over = true;
    const exchange = this.#exchange;
    this.stream?.end();
    // After an upgrade a FIN is an end like any other; before that it cuts a response off, or closes an idle connection.
    if (exchange !== null && this.#upgraded) {
      if (exchange.over) return;
      exchange.over = true;
      exchange.owner.end();
    } else this.#client.failed(this, exchange, this.#swallowed, 'finished');
  }

  #closed(reason: CloseReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#client.failed(this, this.#exchange, this.#swallowed, reason);
  }

  /** The request under way met a kept-alive connection that was already dying (RFC 9110 §9.2.2: a GET may be repeated). */
  get #swallowed(): boolean {
    return this.#served > 0 && !this.#answered;
  }

  /** Gives the connection up. */
  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.cancel();
    this.stream?.abort();
    this.#client.released(this, false);
  }

  /** After an upgrade. */
  sendFrame(what: string, bytes: number, content: ResponseContent): void {
    if (this.stream === null || this.#over) return;
    const { messages } = content;
    const unit = this.#client.sim.units.create(
      this.stream.connection,
      0,
      what,
      bytes,
      { part: 'frame', content, what, bytes } satisfies HttpUnit,
      messages[0] ?? 0,
      messages.length,
    );
    this.stream.write(bytes, unit);
  }

  endStream(): void {
    this.stream?.end();
  }

  #send(exchange: PendingExchange): void {
    const stream = this.stream as Stream;
    const { spec } = exchange;
    this.#answered = false;
    this.#begun = false;
    this.#askedUs = this.#client.sim.kernel.nowUs;
    this.#client.requested();
    const { cookie } = this.#client;
    const { content, keepAlive, what } = spec;
    const bytes = this.#client.sizes.requestBytes + spec.bytes + (cookie?.bytes ?? 0);
    const upgrade = spec.pool === 'websocket';
    const part: HttpUnit = { part: 'request', content, keepAlive, upgrade, what, bytes };
    if (cookie !== null) part.cookie = cookie;
    const { units } = this.#client.sim;
    const { post } = content;
    const messages = post === undefined ? 0 : 1;
    stream.write(bytes, units.create(stream.connection, 0, what, bytes, part, post, messages));
  }

  #hand(exchange: PendingExchange, part: HttpPart): void {
    if (exchange.over) return;
    const { owner } = exchange;
    if ('setCookie' in part) this.#client.cookie = part.setCookie ?? null;
    if (part.part === 'response') {
      this.#finish(exchange);
      owner.head(part.content);
      owner.end();
      this.#client.released(this, !this.#over);
    } else if (part.part === 'head') {
      this.#upgraded = part.upgrade;
      owner.head(part.content);
    } else if (part.part === 'last-chunk') {
      this.#finish(exchange);
      owner.end();
      this.#client.released(this, !this.#over);
    } else if (part.part !== 'request') owner.part(part.content);
  }

  #finish(exchange: PendingExchange): void {
    exchange.over = true;
    this.#exchange = null;
    this.#served++;
    // `Connection: close`: the server closes; the client does so as soon as it has the answer. A WebSocket that was
    // answered with anything but 101 has failed, and its connection is of no more use (RFC 6455 §4.1).
    if (!exchange.spec.keepAlive || exchange.spec.pool === 'websocket') {
      this.#over = true;
      this.stream?.end();
    }
  }
}
