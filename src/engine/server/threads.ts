import { KIND } from '../../trace/trace.ts';
import type { ResponseContent, ServerExchange } from '../contract/http.ts';
import type { Plan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';

/** What a pool of threads needs of its server. */
export interface ThreadsHome {
  readonly sim: Sim;
  /** The server's number. */
  readonly server: number;
  /** `servers.threads` is the size of the pool, `servers.threadQueue` how many requests may wait. */
  readonly plan: Plan;
  readonly facts: { threadsPeak: number; requestsRefused: number };
  /** A request has a thread: it is served, by way of `exchange`, whose end is the thread's. */
  serve(exchange: ServerExchange): void;
}

/**
 * A server's pool of threads, one for each request from its beginning to the end of its answer, as in Apache Tomcat's
 * connector, Puma and most servers that came before event loops: a held poll, an open stream and a WebSocket keep
 * theirs as long as they are open; an idle connection needs none. A request that finds all of them taken waits, in the
 * order of coming; one that finds the queue full has its connection closed without an answer, as by Tomcat, whose
 * executor rejects it.
 */
export class Threads {
  /** The longest wait for a thread that is over, µs. */
  #waitedPeakUs = 0;
  readonly #its: ThreadsHome;
  readonly #most: number;
  readonly #atWork = new Set<Held>();
  #waiting: Held[] = [];
  /** A process that stands still notices no end, and reads no request: both are for when it goes on. */
  #paused = false;
  readonly #ended: Held[] = [];
  readonly #unread: Held[] = [];

  constructor(its: ThreadsHome) {
    this.#its = its;
    this.#most = its.plan.servers.threads as number;
  }

  /** A complete request is here. */
  request(exchange: ServerExchange): void {
    const { trace } = this.#its.sim;
    const held = new Held(exchange, trace.cause, (one) => this.#over(one));
    if (this.#paused || this.#unread.length > 0) this.#unread.push(held);
    else this.#admit(held);
  }

  #admit(held: Held): void {
    const { facts, sim, plan } = this.#its;
    const queue = plan.servers.threadQueue;
    held.sinceUs = sim.kernel.nowUs;
    if (this.#waiting.length === 0 && this.#atWork.size < this.#most) this.#take(held);
    else if (queue === null || this.#waiting.length < queue) {
      this.#waiting.push(held);
      this.#record(held, 'waits', 0);
    } else {
      facts.requestsRefused++;
      this.#record(held, 'refused', 0);
      held.abort();
    }
  }

  /** Stops or goes on with its process. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) return;
    for (const held of this.#ended.splice(0)) this.#over(held);
    this.#its.sim.later(0, () => this.#goOn());
  }

  #goOn(): void {
    this.#next();
    if (this.#paused) return;
    for (const held of this.#unread.splice(0)) {
      this.#its.sim.trace.cause = held.cause;
      if (!held.isGone) this.#admit(held);
    }
  }

  /** The process died, and with it the connections of those that wait. */
  clear(): void {
    this.#atWork.clear();
    this.#ended.length = 0;
    this.#unread.length = 0;
    this.#paused = false;
    while (this.#waiting.length > 0) this.#leave(this.#waiting.shift() as Held);
  }

  /** The longest wait for a thread, µs: one that goes on counts as far as it has got. */
  get waitedPeakUs(): number {
    const [oldest] = this.#waiting;
    const soFarUs = oldest === undefined ? 0 : this.#its.sim.kernel.nowUs - oldest.sinceUs;
    return Math.max(this.#waitedPeakUs, soFarUs);
  }

  #take(held: Held): void {
    const { facts, sim } = this.#its;
    const waitedUs = sim.kernel.nowUs - held.sinceUs;
    this.#waitedPeakUs = Math.max(this.#waitedPeakUs, waitedUs);
    this.#atWork.add(held);
    held.hasThread = true;
    facts.threadsPeak = Math.max(facts.threadsPeak, this.#atWork.size);
    held.sinceUs = sim.kernel.nowUs;
    this.#record(held, 'taken', waitedUs);
    this.#its.serve(held);
  }

  /** A request has been answered, or its client is gone. */
  #over(held: Held): void {
    if (this.#paused) {
      this.#ended.push(held);
      return;
    }
    const { sim } = this.#its;
    if (this.#atWork.delete(held)) {
      this.#record(held, 'freed', sim.kernel.nowUs - held.sinceUs);
      // The thread goes on once it is done with what it is at.
      if (this.#waiting.length > 0) sim.later(0, () => this.#next());
      return;
    }
    const at = this.#waiting.indexOf(held);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    this.#leave(held);
  }

  /** A request that waited is gone. */
  #leave(held: Held): void {
    const waitedUs = this.#its.sim.kernel.nowUs - held.sinceUs;
    this.#waitedPeakUs = Math.max(this.#waitedPeakUs, waitedUs);
    this.#record(held, 'left', waitedUs);
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#atWork.size < this.#most && !this.#paused) {
      const held = this.#waiting.shift() as Held;
      // What comes of it has the request for its cause, as if there had been no wait.
      this.#its.sim.trace.cause = held.cause;
      this.#take(held);
    }
  }

  #record(held: Held, state: string, us: number): void {
    const { sim, server } = this.#its;
    const { trace, kernel } = sim;
    const { connection, content } = held;
    const [busy, waiting] = [this.#atWork.size, this.#waiting.length];
    const kind = KIND['thread.changed'];
    const what = trace.text(state);
    held.cause = trace.cause;
    trace.add(kind, kernel.nowUs, server, content.client, connection, what, us, busy, this.#most, waiting);
  }
}

/** A request with its thread, or waiting for one: an exchange whose end is told. */
class Held implements ServerExchange {
  owner: ServerExchange['owner'] = null;
  /** When it was read, or was given its thread. */
  sinceUs = 0;
  /** What led to it. */
  cause: number;
  hasThread = false;
  /** Its connection is. */
  isGone = false;
  readonly #exchange: ServerExchange;
  readonly #over: (held: Held) => void;

  constructor(exchange: ServerExchange, cause: number, over: (held: Held) => void) {
    this.#exchange = exchange;
    this.cause = cause;
    this.#over = over;
    exchange.owner = {
      part: (content) => this.owner?.part(content),
      gone: () => this.#gone(),
    };
  }

  get connection(): number {
    return this.#exchange.connection;
  }

  get content() {
    return this.#exchange.content;
  }

  get upgrade(): boolean {
    return this.#exchange.upgrade;
  }

  respond(what: string, bodyBytes: number, content: ResponseContent): void {
    this.#exchange.respond(what, bodyBytes, content);
    this.#over(this);
  }

  head(what: string, kind: 'chunked' | 'upgrade', content: ResponseContent): void {
    this.#exchange.head(what, kind, content);
  }

  part(what: string, bytes: number, content: ResponseContent): void {
    this.#exchange.part(what, bytes, content);
  }

  end(): void {
    this.#exchange.end();
    this.#over(this);
  }

  abort(): void {
    this.#exchange.abort();
    this.#over(this);
  }

  beLast(): void {
    this.#exchange.beLast();
  }

  /** The connection is gone. Work that nobody can end goes on to its answer, for nobody. */
  #gone(): void {
    this.isGone = true;
    const { owner } = this;
    owner?.gone();
    if (owner !== null || !this.hasThread) this.#over(this);
  }
}
