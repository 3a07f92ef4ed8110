import type { Place, Wire } from '../../../engine/contract/place.ts';
import type { Kernel } from '../../../engine/contract/sim.ts';
import type { Entry, Lease } from '../wire.ts';

/** A copy that a subscriber has, or is about to. */
export interface Outstanding extends Lease {
  entry: Entry;
  /** null: it was sent before the service began anew. */
  stream: Wire | null;
}

/** Who has which message of a subscription until when. */
export class Leases {
  readonly #place: Place;
  readonly #kernel: Kernel;
  readonly #over: (expired: Outstanding[]) => void;
  readonly #byAckId = new Map<number, Outstanding>();
  readonly #byOffset = new Map<number, Outstanding>();
  /** Messages of acknowledgement ids that are not valid any more. */
  readonly #stale = new Map<number, Entry>();
  #alarmUs = Number.POSITIVE_INFINITY;
  #stopAlarm: () => void = () => {};

  /** @param over called with the copies whose deadline is over */
  constructor(place: Place, kernel: Kernel, over: (expired: Outstanding[]) => void) {
    this.#place = place;
    this.#kernel = kernel;
    this.#over = over;
  }

  get(ackId: number): Outstanding | undefined {
    return this.#byAckId.get(ackId);
  }

  has(ackId: number): boolean {
    return this.#byAckId.has(ackId);
  }

  /** The copy of a message that counts. */
  of(offset: number): Outstanding | undefined {
    return this.#byOffset.get(offset);
  }

  /** The message that an id stands, or once stood, for. */
  entryOf(ackId: number): Entry | undefined {
    return this.#byAckId.get(ackId)?.entry ?? this.#stale.get(ackId);
  }

  hold(one: Outstanding): void {
    this.#byAckId.set(one.ackId, one);
    this.#byOffset.set(one.offset, one);
    this.#wakeAt(one.untilUs);
  }

  extend(held: readonly Outstanding[], untilUs: number): void {
    for (const one of held) one.untilUs = untilUs;
    this.#wakeAt(untilUs);
  }

  release(one: Outstanding): void {
    this.#byAckId.delete(one.ackId);
    this.#byOffset.delete(one.offset);
    this.#stale.set(one.ackId, one.entry);
  }

  #wakeAt(untilUs: number): void {
    if (untilUs >= this.#alarmUs) return;
    this.#stopAlarm();
    this.#alarmUs = untilUs;
    this.#stopAlarm = this.#place.later(untilUs - this.#kernel.nowUs, () => this.#look());
  }

  /** Deadlines that have been put off since the alarm was set make it ring in vain. */
  #look(): void {
    const { nowUs } = this.#kernel;
    this.#alarmUs = Number.POSITIVE_INFINITY;
    const expired: Outstanding[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const one of this.#byAckId.values())
      if (one.untilUs <= nowUs) expired.push(one);
      else next = Math.min(next, one.untilUs);
    if (next < Number.POSITIVE_INFINITY) this.#wakeAt(next);
    this.#over(expired);
  }
}
