import type { ConsumerSpec } from './api.ts';

interface Delivered {
  delivery: number;
  atUs: number;
}

/** What a consumer has delivered and nobody has acknowledged (consumer.go, `pending`, `rdq`, `rdc`, ack floors). */
export class Pending {
  readonly #spec: ConsumerSpec;
  readonly #delivered = new Map<number, Delivered>();
  /** How often each was delivered, while it is pending. */
  readonly #times = new Map<number, number>();
  /** To be delivered again, in this order. */
  #again: number[] = [];
  #floor: number;

  /** @param floor everything up to here needs no acknowledgement */
  constructor(spec: ConsumerSpec, floor: number) {
    this.#spec = spec;
    this.#floor = floor;
  }

  get size(): number {
    return this.#delivered.size;
  }

  /** Whether there is no room for one that was not delivered before. */
  get isFull(): boolean {
    return this.#spec.maxAckPending > 0 && this.#delivered.size >= this.#spec.maxAckPending;
  }

  has(seq: number): boolean {
    return this.#delivered.has(seq);
  }

  /** Everything up to here is acknowledged. */
  floorBelow(next: number): number {
    let floor = next - 1;
    for (const seq of this.#delivered.keys()) floor = Math.min(floor, seq - 1);
    this.#floor = Math.max(this.#floor, floor);
    return this.#floor;
  }

  /** A delivery needs an acknowledgement. @returns how often it was delivered by now */
  deliver(seq: number, delivery: number, atUs: number): number {
    const times = (this.#times.get(seq) ?? 0) + 1;
    this.#times.set(seq, times);
    // The first delivery keeps its number (trackPending).
    this.#delivered.set(seq, { delivery: this.#delivered.get(seq)?.delivery ?? delivery, atUs });
    return times;
  }

  /** @returns the sequences that are acknowledged by this */
  ack(seq: number): number[] {
    const acked =
      this.#spec.ackPolicy === 'all' ? [...this.#delivered.keys()].filter((each) => each <= seq) : [seq];
    return acked.filter((each) => this.forget(each));
  }

  /** @returns whether it was pending */
  forget(seq: number): boolean {
    this.#times.delete(seq);
    this.#again = this.#again.filter((each) => each !== seq);
    return this.#delivered.delete(seq);
  }

  /** The next to be delivered again; 0: none. */
  takeAgain(): number {
    return this.#again.shift() ?? 0;
  }

  /** It could not be delivered now. */
  putBack(seq: number): void {
    this.#again.unshift(seq);
  }

  /** What was delivered as often as is allowed, when its time is over; it is given up. */
  readonly exceeded: number[] = [];

  /**
   * Looks for what was not acknowledged in time, and lines it up (`checkPending`).
   * @returns when the next one is due, µs from now; Infinity: none is
   */
  check(nowUs: number): number {
    const { maxDeliver } = this.#spec;
    let nextUs = Number.POSITIVE_INFINITY;
    const expired: number[] = [];
    for (const [seq, { atUs }] of this.#delivered) {
      const dueUs = atUs + this.#waitUs(seq);
      if (dueUs > nowUs) nextUs = Math.min(nextUs, dueUs - nowUs);
      else if (!this.#again.includes(seq)) expired.push(seq);
    }
    for (const seq of expired.sort((a, b) => a - b)) {
      if (maxDeliver >= 0 && (this.#times.get(seq) ?? 0) >= maxDeliver) {
        this.forget(seq);
        this.exceeded.push(seq);
      } else this.#again.push(seq);
    }
    return nextUs;
  }

  /** `ack_wait`, or the step of the backoff after so many deliveries; the last one goes on for ever. */
  #waitUs(seq: number): number {
    const { backoffUs, ackWaitUs } = this.#spec;
    if (backoffUs.length === 0) return ackWaitUs;
    const times = this.#times.get(seq) ?? 1;
    return backoffUs[Math.min(times - 1, backoffUs.length - 1)] as number;
  }
}
