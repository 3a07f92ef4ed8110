import type {
  Connector,
  Exchange,
  HttpClient,
  RequestSpec,
  ResponseOwner,
} from '../../engine/contract/http.ts';
import type { Cookie } from '../../engine/contract/http-parts.ts';
import type { Sim } from '../../engine/contract/sim.ts';
import type { CloseReason } from '../../engine/contract/stream.ts';
import { ClientConnection, type ConnectionPool } from './client-connection.ts';
import { PendingExchange } from './exchange.ts';
import { Responses } from './responses.ts';
import type { HeaderSizes } from './sizes.ts';

/** Browsers open at most six HTTP/1.1 connections to an origin (RFC 9112 §9.4 only asks for "a limited number"). */
export const CONNECTIONS_PER_ORIGIN = 6;

/**
 * The HTTP/1.1 side of one client: a pool of six connections for the origin, kept alive and used again, one request at
 * a time on each; what finds no connection waits its turn. An upgraded connection leaves the pool.
 */
export class Http1Client implements HttpClient, ConnectionPool {
  readonly sim: Sim;
  readonly sizes: HeaderSizes;
  readonly requested: () => void;
  readonly responses = new Responses();
  cookie: Cookie | null = null;
  readonly #connector: Connector;
  readonly #pool = new Set<ClientConnection>();
  readonly #queue: PendingExchange[] = [];

  /** @param requested told when a request is handed to a connection */
  constructor(sim: Sim, connector: Connector, sizes: HeaderSizes, requested: () => void) {
    this.sim = sim;
    this.#connector = connector;
    this.sizes = sizes;
    this.requested = requested;
  }

  request(spec: RequestSpec, owner: ResponseOwner): Exchange {
    const exchange = new PendingExchange(spec, owner, (given) => this.#drop(given));
    if (spec.pool === 'websocket') this.#open(exchange, false);
    else {
      this.#queue.push(exchange);
      this.#pump();
    }
    return exchange;
  }

  /** An exchange was given up: it leaves the queue, or its connection is aborted. */
  #drop(exchange: PendingExchange): void {
    const waiting = this.#queue.indexOf(exchange);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    else exchange.connection?.abort();
    this.#pump();
  }

  /** A connection is free again, or gone. */
  released(connection: ClientConnection, reusable: boolean): void {
    if (!reusable) this.#pool.delete(connection);
    this.#pump();
  }

  /** A connection failed. A request that a kept-alive connection swallowed goes out once more on a new one. */
  failed(
    connection: ClientConnection,
    exchange: PendingExchange | null,
    mayRetry: boolean,
    reason: CloseReason,
  ): void {
    this.#pool.delete(connection);
    if (exchange !== null && !exchange.over) {
      if (mayRetry && !exchange.retried && !exchange.spec.once) {
        exchange.retried = true;
        this.#queue.unshift(exchange);
      } else {
        exchange.over = true;
        exchange.owner.failed(reason);
      }
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const idle = [...this.#pool].find((connection) => connection.idle);
      if (idle !== undefined) idle.start(this.#queue.shift() as PendingExchange);
      else if (this.#pool.size < CONNECTIONS_PER_ORIGIN)
        this.#open(this.#queue.shift() as PendingExchange, true);
      else return;
    }
  }

  #open(exchange: PendingExchange, pooled: boolean): void {
    const connection = new ClientConnection(this, exchange);
    if (pooled) this.#pool.add(connection);
    connection.cancel = this.#connector.connect(exchange.spec.what, exchange.spec.probes, connection);
  }
}
