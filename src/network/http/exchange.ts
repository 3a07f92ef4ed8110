import type { Exchange, RequestSpec, ResponseContent, ResponseOwner } from '../../engine/contract/http.ts';

/** The connection that an exchange is on, as far as the exchange needs it. */
export interface Carrier {
  abort(): void;
  sendFrame(what: string, bytes: number, content: ResponseContent): void;
  endStream(): void;
}

/** A request waiting for a connection, or under way on one. */
export class PendingExchange implements Exchange {
  readonly spec: RequestSpec;
  readonly owner: ResponseOwner;
  connection: Carrier | null = null;
  /** Sent once already on a connection that turned out to be dead; not sent a third time. */
  retried = false;
  over = false;
  readonly #drop: (exchange: PendingExchange) => void;

  /** @param drop told when the exchange is given up */
  constructor(spec: RequestSpec, owner: ResponseOwner, drop: (exchange: PendingExchange) => void) {
    this.spec = spec;
    this.owner = owner;
    this.#drop = drop;
  }

  abort(): void {
    if (this.over) return;
    this.over = true;
    this.#drop(this);
  }

  send(what: string, bytes: number, content: ResponseContent): void {
    if (!this.over) this.connection?.sendFrame(what, bytes, content);
  }

  end(): void {
    if (!this.over) this.connection?.endStream();
  }
}
