import type { DnsFacts } from '../../engine/contract/facts.ts';
import { KIND, PACKET, type RandomStream, type Sim } from '../../engine/contract/sim.ts';

/** IPv4 and UDP headers, bytes (RFC 791, RFC 768). */
const UDP_HEADER_BYTES = 28;
/** A query for one name and the answer with one address, as IP packets (RFC 1035 §4: 12-byte header, one question). */
const QUERY_BYTES = UDP_HEADER_BYTES + 12 + 22;
const ANSWER_BYTES = QUERY_BYTES + 16;
/** glibc's resolver asks again after 5 s without an answer (resolv.conf(5), `timeout`). */
const RETRY_US = 5_000_000;

export interface ResolverOptions {
  lookupMs: number;
  ttlMs: number;
  /** Of each datagram, query or answer, by itself. */
  lossPct: number;
}

/** Counts a packet that crosses no link of the model but is on the client's wire all the same. */
export type WireTap = (
  down: 0 | 1,
  bytes: number,
  resent: boolean,
  arrivesInUs: number,
  dropReason: string,
) => void;

/**
 * A client's stub resolver with its cache. The lookup takes `lookupMs`, whatever the link does. UDP repeats nothing
 * (RFC 768): a query that is lost, whose answer is, or that finds the resolver down goes unanswered, which looks the
 * same from here, and is repeated after 5 s, for as long as it takes (RFC 1035 §4.2.1).
 */
export class Resolver {
  readonly #sim: Sim;
  readonly #options: ResolverOptions;
  readonly #isDown: () => boolean;
  readonly #tap: WireTap;
  readonly #client: number;
  /** Of queries, and of answers; null: none is lost. */
  readonly #luck: readonly [RandomStream, RandomStream] | null;
  readonly counts: DnsFacts = { answers: 0, cached: 0, repeated: 0, lookupUs: 0 };
  #cachedUntilUs = -1;
  #waiting: (() => void)[] = [];

  /**
   * @param client its number in the record @param name that of its random streams
   * @param isDown whether the resolver is down now @param tap told of each query and answer
   */
  constructor(
    sim: Sim,
    client: number,
    name: string,
    options: ResolverOptions,
    isDown: () => boolean,
    tap: WireTap,
  ) {
    this.#sim = sim;
    this.#client = client;
    this.#luck =
      options.lossPct > 0
        ? [sim.random(`dns/${name}/query/loss`), sim.random(`dns/${name}/answer/loss`)]
        : null;
    this.#options = options;
    this.#isDown = isDown;
    this.#tap = tap;
  }

  /** Resolves the server's name, then calls back, always from an event of its own unless the answer is at hand. */
  resolve(then: () => void): void {
    const { kernel } = this.#sim;
    if (kernel.nowUs < this.#cachedUntilUs) {
      this.#record(1, 0);
      then();
      return;
    }
    this.#waiting.push(then);
    // Questions for the same name are merged into one.
    if (this.#waiting.length === 1) this.#ask(kernel.nowUs, false);
  }

  /** Forgets what is cached (another network has another resolver). */
  flush(): void {
    this.#cachedUntilUs = -1;
  }

  #ask(sinceUs: number, again: boolean): void {
    const lookupUs = Math.round(this.#options.lookupMs * 1000);
    const halfUs = lookupUs >> 1;
    const { lossPct } = this.#options;
    // Every query takes a number of both streams, so that what is lost at 1 % is lost at 2 % as well.
    const [queryLost, answerLost] = this.#luck?.map((luck) => luck.uniform() * 100 < lossPct) ?? [];
    const unheard = this.#isDown() ? 'resolver down' : queryLost ? 'loss' : '';
    if (again) this.counts.repeated++;
    this.#tap(0, QUERY_BYTES, again, halfUs, unheard);
    if (unheard === '')
      this.#sim.later(halfUs, () => {
        this.#tap(1, ANSWER_BYTES, false, lookupUs - halfUs, answerLost ? 'loss' : '');
      });
    if (unheard !== '' || answerLost) this.#sim.later(RETRY_US, () => this.#ask(sinceUs, true));
    else this.#sim.later(lookupUs, () => this.#answer(sinceUs));
  }

  #answer(sinceUs: number): void {
    const { nowUs } = this.#sim.kernel;
    this.#cachedUntilUs = nowUs + Math.round(this.#options.ttlMs * 1000);
    this.#record(0, nowUs - sinceUs);
    const callbacks = this.#waiting;
    this.#waiting = [];
    for (const then of callbacks) then();
  }

  #record(cached: 0 | 1, tookUs: number): void {
    this.counts.answers++;
    this.counts.cached += cached;
    this.counts.lookupUs += tookUs;
    this.#sim.trace.add(KIND['name.resolved'], this.#sim.kernel.nowUs, this.#client, cached, tookUs);
  }
}

/** What a resolver's packets are, for `packet.sent`. */
export const DNS_PACKET = PACKET.DNS | PACKET.UDP;
