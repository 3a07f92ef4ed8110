import { type Sent, sentAfter } from '../send-queue.ts';
import type { Sender } from '../sender.ts';

/** What one acknowledgement tells of how fast the network delivers (`struct rate_sample`). */
export interface RateSample {
  /** `delivered` when the newest segment that it covers was sent; 0: it covers none. */
  priorDelivered: number;
  priorAtUs: number;
  /** The sender had nothing more to send then, so the sample says little of the network. */
  appLimited: boolean;
  /** Delivered since, and in how long; -1: no valid sample. */
  delivered: number;
  intervalUs: number;
  /** Newly acknowledged or SACKed, and newly taken for lost. */
  acked: number;
  lost: number;
  /** Of the newest segment that was sent once, -1: none. */
  rttUs: number;
  /** A lone small segment, whose acknowledgement the receiver may have held back. */
  mayBeDelayed: boolean;
  priorInFlight: number;
  /** End of the newest segment that it covers. */
  lastEnd: number;
}

/** What the present acknowledgement tells; one at a time. */
export const rate: RateSample = {
  priorDelivered: 0,
  priorAtUs: -1,
  appLimited: false,
  delivered: -1,
  intervalUs: -1,
  acked: 0,
  lost: 0,
  rttUs: -1,
  mayBeDelayed: false,
  priorInFlight: 0,
  lastEnd: 0,
};

/**
 * How fast the network delivers (net/ipv4/tcp_rate.c; draft-cheng-iccrg-delivery-rate-estimation): each segment remembers,
 * when it is sent, how much had been delivered by then; the acknowledgement that covers it tells how much more has been
 * since, and in what time. Linux keeps this account for every socket; here it is for those that go by it.
 */
export class DeliveryRate {
  /** When something was delivered last. */
  deliveredAtUs = 0;
  readonly #sender: Sender;
  /** When the first of what the newest sample covers was sent. */
  #firstSentAtUs = 0;
  /** `delivered` when all that was in flight the last time that the application had nothing more is there; 0: it has. */
  #appLimited = 0;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  get appLimited(): boolean {
    return this.#appLimited > 0;
  }

  /** An acknowledgement has come, and has not been looked at yet. */
  begin(): void {
    rate.priorDelivered = 0;
    rate.priorAtUs = -1;
    rate.appLimited = false;
    rate.intervalUs = -1;
    rate.rttUs = -1;
    rate.priorInFlight = this.#sender.queue.inFlight;
  }

  /** Notes the account in a segment that is being sent (`tcp_rate_skb_sent`). @param alone whether nothing else is out */
  sent(sent: Sent, alone: boolean): void {
    if (alone) {
      this.#firstSentAtUs = sent.sentAtUs;
      this.deliveredAtUs = sent.sentAtUs;
    }
    sent.firstSentAtUs = this.#firstSentAtUs;
    sent.deliveredAtUs = this.deliveredAtUs;
    sent.appLimited = this.appLimited;
  }

  /** A segment has arrived (`tcp_rate_skb_delivered`); the one that was sent last counts. @param sacked not in order */
  arrived(sent: Sent, sacked: boolean): void {
    if (sent.deliveredAtUs < 0) return;
    if (rate.priorAtUs < 0 || sentAfter(sent.sentAtUs, sent.end, this.#firstSentAtUs, rate.lastEnd)) {
      rate.lastEnd = sent.end;
      rate.priorDelivered = sent.delivered;
      rate.priorAtUs = sent.deliveredAtUs;
      rate.appLimited = sent.appLimited;
      this.#firstSentAtUs = sent.sentAtUs;
      rate.intervalUs = sent.sentAtUs - sent.firstSentAtUs;
    }
    // Once counted, it is not when it is acknowledged in its turn.
    if (sacked) sent.deliveredAtUs = -1;
  }

  /** Completes the sample (`tcp_rate_gen`). @param acked newly delivered segments @param lost newly taken for lost */
  end(acked: number, lost: number, mayBeDelayed: boolean): void {
    const sender = this.#sender;
    if (this.appLimited && sender.delivered > this.#appLimited) this.#appLimited = 0;
    const now = sender.nowUs;
    if (acked > 0) this.deliveredAtUs = now;
    rate.acked = acked;
    rate.lost = lost;
    rate.mayBeDelayed = mayBeDelayed;
    if (rate.priorAtUs < 0) {
      rate.delivered = -1;
      rate.intervalUs = -1;
      return;
    }
    rate.delivered = sender.delivered - rate.priorDelivered;
    rate.intervalUs = Math.max(rate.intervalUs, now - rate.priorAtUs);
    // Shorter than any round trip: a repeat whose original arrived.
    if (rate.intervalUs < sender.rtt.min) rate.intervalUs = -1;
  }

  /** The application is about to write: if nothing waits to be sent, it is what limits (`tcp_rate_check_app_limited`). */
  noteAppLimit(): void {
    const { queue, written, next, mss, congestion } = this.#sender;
    if (written - next >= mss || queue.inFlight >= congestion.cwnd) return;
    if (queue.lostOut > queue.resentOut) return;
    this.limitByApp();
  }

  limitByApp(): void {
    const { delivered, queue } = this.#sender;
    this.#appLimited = Math.max(1, delivered + queue.inFlight);
  }
}
