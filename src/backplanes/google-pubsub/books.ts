import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';

/** Number of the topic among the logs of the header; it has one partition. */
const TOPIC = 0;

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say that
 * the last copy of a message is gone that nobody will ever send again.
 */
export class Books {
  readonly #io: BackplaneIo;
  /** Where a message still is: in a publisher, under way, in the service's memory, in a zone. By message. */
  readonly #copies: number[] = [];
  readonly #safe = new Set<number>();
  readonly #heads: number[] = [];
  /** What each subscription has sent at least once. */
  readonly #sent: Set<number>[] = [];

  constructor(io: BackplaneIo) {
    this.#io = io;
  }

  /** There is a copy more of a message. */
  add(message: number): void {
    this.#copies[message] = (this.#copies[message] ?? 0) + 1;
  }

  /** There is a copy less; if it was the last, and the topic never had it for sure, nobody will get the message. */
  remove(message: number, at: Place, reason: string): void {
    const left = (this.#copies[message] as number) - 1;
    this.#copies[message] = left;
    if (left === 0 && !this.#safe.has(message)) this.#io.drop(message, at, null, reason);
  }

  /** Enough zones have it: from now on its subscriptions answer for it. */
  stored(message: number): void {
    this.#safe.add(message);
  }

  appended(zone: Place, offset: number, message: number): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(
      KIND['entry.appended'],
      kernel.nowUs,
      zone.number,
      TOPIC,
      0,
      offset,
      this.#io.messageOf(message),
    );
  }

  /** A zone has nothing before this offset any more. */
  trimmed(zone: Place, offset: number): void {
    if (offset <= (this.#heads[zone.number] ?? 0)) return;
    this.#heads[zone.number] = offset;
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['entry.trimmed'], kernel.nowUs, zone.number, TOPIC, 0, offset);
  }

  /** A copy is sent to a subscriber. @returns whether the subscription has sent one before */
  sent(subscription: number, offset: number): boolean {
    const before = this.#sent[subscription] ?? new Set();
    this.#sent[subscription] = before;
    if (before.has(offset)) return true;
    before.add(offset);
    return false;
  }

  /** Up to where a subscription's messages were handed out, or (`acknowledged`) are done with. */
  cursor(at: Place, subscription: number, offset: number, acknowledged: boolean): void {
    const { trace, kernel } = this.#io.sim;
    const committed = acknowledged ? 1 : 0;
    trace.add(KIND['cursor.moved'], kernel.nowUs, at.number, TOPIC, 0, subscription, offset, committed);
  }
}
