import type { CloseReason, HttpUnit, Sim, Stream, StreamOwner } from './contract.ts';

/** Who uses a connection to a server just now. */
export interface UpstreamUser {
  ready(): void;
  fromServer(part: HttpUnit): void;
  /** The server will send no more; a tunnel may still carry something up. */
  serverEnded(): void;
  serverGone(reason: CloseReason): void;
}

/** What a connection to a server needs of its intermediary. */
export interface UpstreamHome {
  readonly sim: Sim;
  turn(then: () => void): void;
  /** The connection is of no more use. */
  lost(upstream: Upstream): void;
}

/** An intermediary's connection to a server: used for one request after the other, or for a tunnel. */
export class Upstream implements StreamOwner {
  readonly server: number;
  user: UpstreamUser | null;
  open = false;
  #stream: Stream | null = null;
  #over = false;
  readonly #home: UpstreamHome;

  /** @param user what it is opened for */
  constructor(home: UpstreamHome, server: number, user: UpstreamUser) {
    this.#home = home;
    this.server = server;
    this.user = user;
  }

  /** Set once, right after it was begun. */
  set stream(stream: Stream) {
    this.#stream = stream;
  }

  get connection(): number {
    return this.#stream?.connection ?? 0;
  }

  /** Open, and free for a request. */
  get idle(): boolean {
    return this.open && this.user === null && !this.#over;
  }

  opened(): void {
    this.#home.turn(() => {
      if (this.#over) return;
      this.open = true;
      this.user?.ready();
    });
  }

  received(unit: number): void {
    const part = this.#home.sim.units.take(unit) as HttpUnit;
    this.#home.turn(() => {
      if (!this.#over) this.user?.fromServer(part);
    });
  }

  ended(): void {
    this.#home.turn(() => {
      if (this.#over) return;
      if (this.user === null) this.close();
      else this.user.serverEnded();
    });
  }

  closed(reason: CloseReason): void {
    this.#home.turn(() => {
      if (this.#over) return;
      this.#over = true;
      this.#home.lost(this);
      this.user?.serverGone(reason);
    });
  }

  write(part: HttpUnit): void {
    if (this.#over || this.#stream === null) return;
    const { what, bytes } = part;
    const messages = part.part === 'frame' ? part.content.messages : [];
    const { units } = this.#home.sim;
    const first = messages[0] ?? 0;
    this.#stream.write(
      bytes,
      units.create(this.#stream.connection, 0, what, bytes, part, first, messages.length),
    );
  }

  /** Half-closes a tunnel: the client will send no more. */
  halfClose(): void {
    this.#stream?.end();
  }

  /** Its user is done, and gives it up. */
  close(): void {
    this.#leave();
    this.#stream?.end();
  }

  abort(): void {
    this.#leave();
    this.#stream?.abort();
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.user = null;
    this.#home.lost(this);
  }
}

/** An intermediary's connections to servers: those that are idle serve the next request. */
export class Upstreams implements UpstreamHome {
  readonly sim: Sim;
  readonly #home: Pick<UpstreamHome, 'sim' | 'turn'>;
  readonly #dial: (server: number, owner: StreamOwner) => Stream;
  readonly #all = new Set<Upstream>();

  /** @param dial begins to open a connection */
  constructor(
    home: Pick<UpstreamHome, 'sim' | 'turn'>,
    dial: (server: number, owner: StreamOwner) => Stream,
  ) {
    this.sim = home.sim;
    this.#home = home;
    this.#dial = dial;
  }

  turn(then: () => void): void {
    this.#home.turn(then);
  }

  lost(upstream: Upstream): void {
    this.#all.delete(upstream);
  }

  /** @returns an idle connection, or one that is being opened */
  connect(server: number, user: UpstreamUser): Upstream {
    const idle = [...this.#all].find((upstream) => upstream.server === server && upstream.idle);
    if (idle !== undefined) {
      idle.user = user;
      return idle;
    }
    const upstream = new Upstream(this, server, user);
    this.#all.add(upstream);
    upstream.stream = this.#dial(server, upstream);
    return upstream;
  }
}
