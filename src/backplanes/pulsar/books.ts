import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';
import type { Entry, MessageId } from './protocol.ts';

/** Number of the topic among the logs of the header. */
const TOPIC = 0;

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say that
 * the last copy of a message is gone that nobody will ever send again.
 */
export class Books {
  readonly #io: BackplaneIo;
  /** Where a message still is: in a producer, under way, in a broker's memory, on a bookie. By message. */
  readonly #copies: number[] = [];
  readonly #safe = new Set<number>();
  /** The first place of each message that is safe. */
  readonly #ids = new Map<number, MessageId>();
  readonly #owners: (Place | null)[] = [];
  readonly #sent: Set<number>[] = [];
  /** Where closed ledgers end: what came later to a bookie is not in them. */
  readonly #ends = new Map<number, number>();

  constructor(io: BackplaneIo) {
    this.#io = io;
  }

  add(messages: readonly number[]): void {
    for (const message of messages) this.#copies[message] = (this.#copies[message] ?? 0) + 1;
  }

  /** There is a copy less; if it was the last, and no ledger has the message for sure, nobody will get it. */
  remove(messages: readonly number[], at: Place, reason: string): void {
    for (const message of messages) {
      const left = (this.#copies[message] as number) - 1;
      this.#copies[message] = left;
      if (left === 0 && !this.#safe.has(message)) this.#io.drop(message, at, null, reason);
    }
  }

  /** Enough bookies have them, or the ledger was closed behind them: their subscriptions answer for them. */
  stored({ ledger, entry, offset, batch }: Entry): void {
    batch.messages.forEach((message, i) => {
      this.#safe.add(message);
      if (!this.#ids.has(message)) this.#ids.set(message, { ledger, entry, offset: offset + i });
    });
  }

  /** The id of a message, which whoever has the message has with it. */
  idOf(message: number): MessageId | null {
    return this.#ids.get(message) ?? null;
  }

  closed(ledger: number, last: number): void {
    this.#ends.set(ledger, last);
  }

  /** Whether an entry is behind the end of its ledger, where nobody will read it. */
  isBehind({ ledger, entry }: Entry): boolean {
    return entry > (this.#ends.get(ledger) ?? Number.POSITIVE_INFINITY);
  }

  appended(bookie: Place, partition: number, { offset, batch }: Entry): void {
    const { trace, kernel } = this.#io.sim;
    const kind = KIND['entry.appended'];
    batch.messages.forEach((message, i) => {
      trace.add(kind, kernel.nowUs, bookie.number, TOPIC, partition, offset + i, this.#io.messageOf(message));
    });
  }

  cursor(at: Place, partition: number, subscription: number, offset: number, stored: boolean): void {
    const { trace, kernel } = this.#io.sim;
    const kind = KIND['cursor.moved'];
    trace.add(kind, kernel.nowUs, at.number, TOPIC, partition, subscription, offset, stored ? 1 : 0);
  }

  owner(partition: number, owner: Place | null): void {
    const before = this.#owners[partition] ?? null;
    if (before === owner) return;
    this.#owners[partition] = owner;
    const { trace, kernel } = this.#io.sim;
    const what = trace.text('topic partition');
    trace.add(
      KIND['owner.changed'],
      kernel.nowUs,
      what,
      partition,
      owner?.number ?? -1,
      before?.number ?? -1,
    );
  }

  member(group: string, place: Place, state: string): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['member.changed'], kernel.nowUs, trace.text(group), place.number, trace.text(state));
  }

  /** A copy is sent to a consumer. @returns whether the subscription has sent one before */
  sent(subscription: number, message: number): boolean {
    const before = this.#sent[subscription] ?? new Set();
    this.#sent[subscription] = before;
    if (before.has(message)) return true;
    before.add(message);
    return false;
  }
}
