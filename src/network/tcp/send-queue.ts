/** Marks of a segment that was sent and is not yet acknowledged (the table above tcp_sacktag_one in tcp_input.c). */
export const MARK = {
  /** SACKed: it is there. */
  SACKED: 1,
  /** Its retransmission is under way. */
  RESENT: 2,
  /** Taken for lost. */
  LOST: 4,
  /** It was retransmitted some time. */
  EVER_RESENT: 8,
} as const;

/** A segment that was sent and is not yet acknowledged. A FIN is its last byte. */
export class Sent {
  seq = 0;
  end = 0;
  /** When it was sent last, µs. */
  sentAtUs = 0;
  marks = 0;
  fin = false;
  firstUnit = 0;
  lastUnit = 0;
  push = false;
  /** How many were delivered when it was sent. */
  delivered = 0;
  // The rest of the account of what was delivered then (delivery-rate.ts); -1: counted
  firstSentAtUs = 0;
  deliveredAtUs = 0;
  appLimited = false;
}

/** Whether one was sent after another; of those that left together, the one with the higher end (`tcp_skb_sent_after`). */
export function sentAfter(atUs: number, end: number, otherAtUs: number, otherEnd: number): boolean {
  return atUs > otherAtUs || (atUs === otherAtUs && end > otherEnd);
}

const spare: Sent[] = [];

/**
 * What was sent and is not yet acknowledged, in order of sequence, and the counts that congestion control stands on
 * (`packets_out`, `sacked_out`, `lost_out`, `retrans_out`): in segments, however small they are.
 */
export class SendQueue {
  readonly segments: Sent[] = [];
  #head = 0;
  sackedOut = 0;
  lostOut = 0;
  resentOut = 0;

  /** Index of the oldest segment in {@link segments}; those before it are gone. */
  get head(): number {
    return this.#head;
  }

  get packetsOut(): number {
    return this.segments.length - this.#head;
  }

  /** RFC 6675's pipe, `tcp_packets_in_flight`. */
  get inFlight(): number {
    return this.segments.length - this.#head - this.sackedOut - this.lostOut + this.resentOut;
  }

  /** `tcp_any_retrans_done`. */
  get anyResent(): boolean {
    return this.resentOut > 0 || (this.packetsOut > 0 && (this.first.marks & MARK.EVER_RESENT) !== 0);
  }

  get first(): Sent {
    return this.segments[this.#head] as Sent;
  }

  get last(): Sent {
    return this.segments[this.segments.length - 1] as Sent;
  }

  push(seq: number, end: number, sentAtUs: number): Sent {
    const sent = spare.pop() ?? new Sent();
    sent.seq = seq;
    sent.end = end;
    sent.sentAtUs = sentAtUs;
    sent.marks = 0;
    sent.fin = false;
    sent.firstUnit = 0;
    sent.lastUnit = 0;
    sent.push = false;
    this.segments.push(sent);
    return sent;
  }

  /** The oldest segment is acknowledged: takes it and its counts away. The object is used again. */
  shift(): void {
    const sent = this.segments[this.#head] as Sent;
    this.#uncount(sent);
    spare.push(sent);
    this.#head++;
    // Moving the rest to the front costs its length; so only when at least as many are gone.
    if (this.#head * 2 >= this.segments.length) {
      if (this.#head === this.segments.length) this.segments.length = 0;
      else this.segments.splice(0, this.#head);
      this.#head = 0;
    }
  }

  /** Takes a segment out of the middle: it was merged into another. */
  remove(index: number): void {
    const sent = this.segments[index] as Sent;
    this.#uncount(sent);
    this.segments.splice(index, 1);
    spare.push(sent);
  }

  clear(): void {
    while (this.packetsOut > 0) this.shift();
  }

  #uncount(sent: Sent): void {
    if (sent.marks & MARK.SACKED) this.sackedOut--;
    if (sent.marks & MARK.LOST) this.lostOut--;
    if (sent.marks & MARK.RESENT) this.resentOut--;
  }
}
