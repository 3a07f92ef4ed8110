import { SACK_BLOCKS } from './constants.ts';

/**
 * What arrived: the next byte that is missing, what is held beyond it, and the SACK blocks that say so (RFC 2018: the
 * newest first; RFC 2883: before all a DSACK, for what came twice).
 */
export class ReceiveQueue {
  /** First byte that is missing (`rcv_nxt`). 0: nothing is known of the peer's sequence yet. */
  next = 0;
  /** Ranges held out of order, ascending, apart from each other: start, end, segments. */
  readonly #held: number[] = [];
  /** Blocks to report, newest first: start, end. */
  readonly #blocks: number[] = [];
  #dsackStart = 0;
  #dsackEnd = 0;

  get holds(): boolean {
    return this.#held.length > 0;
  }

  get heldBytes(): number {
    let bytes = 0;
    for (let i = 0; i < this.#held.length; i += 3)
      bytes += (this.#held[i + 1] as number) - (this.#held[i] as number);
    return bytes;
  }

  get heldSegments(): number {
    let segments = 0;
    for (let i = 2; i < this.#held.length; i += 3) segments += this.#held[i] as number;
    return segments;
  }

  /** Bytes of SACK option that the next segment will carry. */
  get optionBytes(): number {
    const blocks = Math.min(this.#blocks.length / 2 + (this.#dsackEnd > 0 ? 1 : 0), SACK_BLOCKS);
    return blocks === 0 ? 0 : 4 + 8 * blocks;
  }

  /**
   * Takes bytes that continue what is in order; what was held behind them joins. What of it they bring a second time is
   * reported (`tcp_ofo_queue`): a retransmission that small segments were merged into. @returns whether a hole was filled
   */
  append(end: number): boolean {
    if (end > this.next) this.next = end;
    if (this.#held.length === 0) return false;
    const held = this.#held;
    let filled = 0;
    while (filled < held.length && (held[filled] as number) <= this.next) {
      if ((held[filled] as number) < end)
        this.#reportOverlap(held[filled] as number, Math.min(held[filled + 1] as number, end));
      const heldEnd = held[filled + 1] as number;
      if (heldEnd > this.next) this.next = heldEnd;
      filled += 3;
    }
    held.splice(0, filled);
    const blocks = this.#blocks;
    for (let i = blocks.length - 2; i >= 0; i -= 2) {
      if ((blocks[i + 1] as number) <= this.next) blocks.splice(i, 2);
    }
    return filled > 0;
  }

  /** Keeps bytes beyond a hole. @returns false when all of them were there already */
  hold(start: number, end: number): boolean {
    const isNew = !this.#holdsAll(start, end);
    if (isNew) this.#reportHeld(start, end);
    else this.reportTwice(start, end);
    if (isNew) this.#merge(start, end);
    this.#report(start, end);
    return isNew;
  }

  /** The next segment sent will say that this came twice. */
  reportTwice(start: number, end: number): void {
    this.#dsackStart = start;
    this.#dsackEnd = end;
  }

  /** Of bytes that are about to be held, some are (`tcp_data_queue_ofo`). */
  #reportHeld(start: number, end: number): void {
    const held = this.#held;
    for (let i = 0; i < held.length; i += 3) {
      const from = Math.max(held[i] as number, start);
      const to = Math.min(held[i + 1] as number, end);
      if (from < to) this.#reportOverlap(from, to);
    }
  }

  /** `tcp_dsack_extend`: one report can tell of one range. */
  #reportOverlap(start: number, end: number): void {
    if (this.#dsackEnd === 0) this.reportTwice(start, end);
    else if (start <= this.#dsackEnd && this.#dsackStart <= end) {
      this.reportTwice(Math.min(start, this.#dsackStart), Math.max(end, this.#dsackEnd));
    }
  }

  /** The blocks for a segment that goes out now; a DSACK is said once. */
  takeBlocks(): number[] | null {
    if (this.#dsackEnd === 0)
      return this.#blocks.length === 0 ? null : this.#blocks.slice(0, 2 * SACK_BLOCKS);
    const blocks = [this.#dsackStart, this.#dsackEnd];
    for (let i = 0; i < this.#blocks.length && i < 2 * (SACK_BLOCKS - 1); i++)
      blocks.push(this.#blocks[i] as number);
    this.#dsackEnd = 0;
    return blocks;
  }

  #holdsAll(start: number, end: number): boolean {
    const held = this.#held;
    for (let i = 0; i < held.length; i += 3) {
      if ((held[i] as number) <= start && (held[i + 1] as number) >= end) return true;
    }
    return false;
  }

  #merge(start: number, end: number): void {
    const held = this.#held;
    let at = 0;
    while (at < held.length && (held[at + 1] as number) < start) at += 3;
    let from = start;
    let to = end;
    let segments = 1;
    let upTo = at;
    while (upTo < held.length && (held[upTo] as number) <= end) {
      from = Math.min(from, held[upTo] as number);
      to = Math.max(to, held[upTo + 1] as number);
      segments += held[upTo + 2] as number;
      upTo += 3;
    }
    held.splice(at, upTo - at, from, to, segments);
  }

  /** `tcp_sack_new_ofo_skb`: the block that grew comes to the front; those that it reached are part of it. */
  #report(start: number, end: number): void {
    const blocks = this.#blocks;
    let from = start;
    let to = end;
    for (let i = 0; i < blocks.length; ) {
      if ((blocks[i] as number) <= to && from <= (blocks[i + 1] as number)) {
        from = Math.min(from, blocks[i] as number);
        to = Math.max(to, blocks[i + 1] as number);
        blocks.splice(i, 2);
        i = 0;
      } else i += 2;
    }
    blocks.unshift(from, to);
    if (blocks.length > 8) blocks.length = 8;
  }
}
