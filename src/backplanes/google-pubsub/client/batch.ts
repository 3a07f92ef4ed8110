import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { batchMachine } from './batch.machine.ts';

/** How much goes into a call: items, and what they weigh together. One item alone may weigh more. */
export interface BatchLimits {
  count: number;
  bytes: number;
}

/** Of a queue that is filled while its last call is under way: what the API itself takes (src/publisher/index.ts, BATCH_LIMITS). */
const OVERFILLED: BatchLimits = { count: 1_000, bytes: 9 * 1024 * 1024 };

/** Gathers items for one call, until there are enough or the first has waited long enough. */
export class Batch<Item> {
  readonly #place: Place;
  readonly #limits: BatchLimits;
  readonly #waitMs: number;
  readonly #send: (items: Item[], mayGoOn: () => void) => void;
  readonly #bytesOf: (item: Item) => number;
  readonly #actor: Actor;
  #items: { item: Item; bytes: number; sinceUs: number }[] = [];
  /** What they weigh together. */
  #weight = 0;
  /** Something was added while a call was under way. */
  #overfilled = false;

  /** @param send makes the call, and says when the next may be made @param bytesOf what an item weighs */
  constructor(
    place: Place,
    limits: BatchLimits,
    waitMs: number,
    send: (items: Item[], mayGoOn: () => void) => void,
    bytesOf: (item: Item) => number = () => 0,
  ) {
    this.#place = place;
    this.#limits = limits;
    this.#waitMs = waitMs;
    this.#send = send;
    this.#bytesOf = bytesOf;
    this.#actor = place.start('batch', () => this.#flush());
  }

  /** What does not fit any more has what is there sent before it (MessageBatch.canFit). */
  add(item: Item): void {
    const bytes = this.#bytesOf(item);
    if (this.#items.length > 0 && this.#weight + bytes > this.#limits.bytes)
      this.#actor.send({ type: 'full' });
    if (this.#actor.state === 'sending') this.#overfilled = true;
    this.#items.push({ item, bytes, sinceUs: this.#place.clockUs });
    this.#weight += bytes;
    this.#begin();
  }

  /** Takes out what is waiting. */
  clear(): Item[] {
    this.#weight = 0;
    return this.#items.splice(0).map(({ item }) => item);
  }

  #begin(): void {
    const [first] = this.#items;
    if (first === undefined) return;
    const waitedMs = Math.max(0, this.#place.clockUs - first.sinceUs) / 1000;
    this.#actor.send({ type: 'added', waitMs: Math.max(0, this.#waitMs - waitedMs) });
    const { count, bytes } = this.#limits;
    if (this.#items.length >= count || this.#weight >= bytes) this.#actor.send({ type: 'full' });
  }

  #flush(): void {
    const { count, bytes } = this.#overfilled ? OVERFILLED : this.#limits;
    this.#overfilled = false;
    let taken = 0;
    let weight = 0;
    for (const next of this.#items) {
      if (taken === count || (taken > 0 && weight + next.bytes > bytes)) break;
      taken++;
      weight += next.bytes;
    }
    this.#weight -= weight;
    const items = this.#items.splice(0, taken).map(({ item }) => item);
    const goOn = () => {
      this.#actor.send({ type: 'may go on' });
      this.#begin();
    };
    if (items.length > 0) this.#send(items, goOn);
    else goOn();
  }
}

export const BATCH_ROLE: Role = { machine: batchMachine, effects: { send: (flush: () => void) => flush() } };
