/** The units of one direction of a stream, in order, each with the sequence number after its last byte. */
export class UnitQueue {
  #ends: number[] = [];
  #units: number[] = [];
  /** Units that were received. */
  #taken = 0;
  /** Units whose last byte was sent. */
  #sent = 0;
  /** Sequence number after the last byte of what was received. */
  takenEnd = 0;

  push(end: number, unit: number): void {
    this.#ends.push(end);
    this.#units.push(unit);
  }

  /** The first unit with bytes in what is sent next (0: none). */
  get nextToSend(): number {
    return this.#units[this.#sent] ?? 0;
  }

  /** The bytes before `end` are sent: the last unit among them. */
  send(end: number): number {
    const ends = this.#ends;
    let at = this.#sent;
    while (at < ends.length && (ends[at] as number) < end) at++;
    const last = this.#units[at] ?? 0;
    this.#sent = (ends[at] as number) === end ? at + 1 : at;
    return last;
  }

  /** Bytes before `end` of the unit that is next to be received, if there is one. Sequence numbers of data begin at 1. */
  arrivingBytes(end: number): number {
    return this.#taken === this.#ends.length ? 0 : end - Math.max(this.takenEnd, 1);
  }

  /** The next unit whose last byte is before `end`, or 0. */
  take(end: number): number {
    if (this.#taken === this.#ends.length || (this.#ends[this.#taken] as number) > end) return 0;
    this.takenEnd = this.#ends[this.#taken] as number;
    const unit = this.#units[this.#taken++] as number;
    if (this.#taken === 64) {
      this.#ends.splice(0, 64);
      this.#units.splice(0, 64);
      this.#sent -= 64;
      this.#taken = 0;
    }
    return unit;
  }
}
