import type { Accepted, CloseReason, HttpUnit, Sim, Stream } from './contract.ts';
import type { ProxyHome } from './manners.ts';
import { Proxied } from './proxied.ts';

/** What a client's connection needs of its intermediary, besides what its requests need. */
export interface FrontHome extends ProxyHome {
  /** A connection on which nobody asks anything is closed after this. */
  readonly idleTimeoutUs: number;
  /** Runs in the process's turn, and not at all once it is dead. */
  turn(then: () => void): void;
}

/** A client's connection at an intermediary: one request at a time, or after an upgrade a tunnel. */
export class Front implements Accepted {
  stream: Stream | null = null;
  readonly home: FrontHome;
  #proxied: Proxied | null = null;
  #idleTimer = 0;
  #over = false;

  constructor(home: FrontHome) {
    this.home = home;
  }

  get sim(): Sim {
    return this.home.sim;
  }

  opened(): void {
    this.#idle();
  }

  received(unit: number): void {
    const part = this.sim.units.take(unit) as HttpUnit;
    this.home.turn(() => this.#handle(part));
  }

  ended(): void {
    this.home.turn(() => {
      if (this.#over) return;
      if (this.#proxied !== null) this.#proxied.clientEnded();
      else this.close();
    });
  }

  closed(_reason: CloseReason): void {
    this.home.turn(() => this.#gone());
  }

  /** Sends a part to the client. @param more the next follows in the same write */
  write(part: HttpUnit, more = false): void {
    if (this.#over || this.stream === null) return;
    const messages = 'content' in part && 'messages' in part.content ? part.content.messages : [];
    const { connection } = this.stream;
    const { what, bytes } = part;
    const first = messages[0] ?? 0;
    const unit = this.sim.units.create(connection, 1, what, bytes, part, first, messages.length);
    this.stream.write(bytes, unit, more);
  }

  /** An answer is complete: the connection waits for the next request, or is closed. */
  answered(keepAlive: boolean): void {
    this.#proxied = null;
    if (keepAlive) this.#idle();
    else this.close();
  }

  /** Sends FIN; what is under way on it is over. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#proxied = null;
    this.sim.kernel.cancel(this.#idleTimer);
    this.stream?.end();
  }

  /** Half-closes a tunnel: the server will send no more. */
  halfClose(): void {
    this.stream?.end();
  }

  #handle(part: HttpUnit): void {
    if (this.#over || this.stream === null) return;
    this.sim.kernel.cancel(this.#idleTimer);
    if (part.part === 'request') this.#proxied = new Proxied(this.home, this, this.stream.connection, part);
    else if (part.part === 'frame') this.#proxied?.fromClient(part);
  }

  #gone(): void {
    this.sim.kernel.cancel(this.#idleTimer);
    this.#over = true;
    const proxied = this.#proxied;
    this.#proxied = null;
    proxied?.clientGone();
  }

  /** A connection on which nobody asks anything is closed after a while. */
  #idle(): void {
    this.#idleTimer = this.sim.later(this.home.idleTimeoutUs, () => this.home.turn(() => this.#expire()));
  }

  #expire(): void {
    if (this.#proxied === null) this.close();
  }
}
