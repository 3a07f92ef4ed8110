import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { batchMachine } from './batch.machine.ts';

/** Gathers items for one call, until there are enough or the first has waited long enough. */
export class Batch<Item> {
  readonly #place: Place;
  readonly #max: number;
  readonly #waitMs: number;
  readonly #send: (items: Item[], mayGoOn: () => void) => void;
  readonly #actor: Actor;
  #items: { item: Item; sinceUs: number }[] = [];

  /** @param send makes the call, and says when the next may be made */
  constructor(place: Place, max: number, waitMs: number, send: (items: Item[], mayGoOn: () => void) => void) {
    this.#place = place;
    this.#max = max;
    this.#waitMs = waitMs;
    this.#send = send;
    this.#actor = place.start('batch', () => this.#flush());
  }

  add(item: Item): void {
    this.#items.push({ item, sinceUs: this.#place.clockUs });
    this.#begin();
  }

  /** Takes out what is waiting. */
  clear(): Item[] {
    return this.#items.splice(0).map(({ item }) => item);
  }

  #begin(): void {
    const [first] = this.#items;
    if (first === undefined) return;
    const waitedMs = Math.max(0, this.#place.clockUs - first.sinceUs) / 1000;
    this.#actor.send({ type: 'added', waitMs: Math.max(0, this.#waitMs - waitedMs) });
    if (this.#items.length >= this.#max) this.#actor.send({ type: 'full' });
  }

  #flush(): void {
    const items = this.#items.splice(0, this.#max).map(({ item }) => item);
    const goOn = () => {
      this.#actor.send({ type: 'may go on' });
      this.#begin();
    };
    if (items.length > 0) this.#send(items, goOn);
    else goOn();
  }
}

export const BATCH_ROLE: Role = { machine: batchMachine, effects: { send: (flush: () => void) => flush() } };
