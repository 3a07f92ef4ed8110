import type { RateSample } from './rate-sample.ts';
import { type Sent, sentAfter } from './send-queue.ts';
import type { Sender } from './sender.ts';

/**
 * How fast the network delivers (net/ipv4/tcp_rate.c; draft-cheng-iccrg-delivery-rate-estimation): each segment remembers,
 * when it is sent, how much had been delivered by then; the acknowledgement that covers it tells how much more has been
 * since, and in what time.
 */

/** What the present acknowledgement tells. */
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

/** An acknowledgement has come, and has not been looked at yet. */
export function beginRateSample(sender: Sender): void {
  rate.priorDelivered = 0;
  rate.priorAtUs = -1;
  rate.appLimited = false;
  rate.intervalUs = -1;
  rate.rttUs = -1;
  rate.mayBeDelayed = false;
  rate.priorInFlight = sender.queue.inFlight;
}

/** Notes the account in a segment that is being sent (`tcp_rate_skb_sent`). @param alone whether nothing else is out */
export function rateSent(sender: Sender, sent: Sent, alone: boolean): void {
  if (alone) {
    sender.firstSentAtUs = sent.sentAtUs;
    sender.deliveredAtUs = sent.sentAtUs;
  }
  sent.firstSentAtUs = sender.firstSentAtUs;
  sent.deliveredAtUs = sender.deliveredAtUs;
  sent.appLimited = sender.appLimited > 0;
}

/** A segment has arrived (`tcp_rate_skb_delivered`); the one that was sent last counts. @param sacked not in order */
export function rateDelivered(sender: Sender, sent: Sent, sacked: boolean): void {
  if (sent.deliveredAtUs < 0) return;
  if (rate.priorAtUs < 0 || sentAfter(sent.sentAtUs, sent.end, sender.firstSentAtUs, rate.lastEnd)) {
    rate.lastEnd = sent.end;
    rate.priorDelivered = sent.delivered;
    rate.priorAtUs = sent.deliveredAtUs;
    rate.appLimited = sent.appLimited;
    sender.firstSentAtUs = sent.sentAtUs;
    rate.intervalUs = sent.sentAtUs - sent.firstSentAtUs;
  }
  // Once counted, it is not when it is acknowledged in its turn.
  if (sacked) sent.deliveredAtUs = -1;
}

/** Completes the sample (`tcp_rate_gen`). @param acked newly delivered segments @param lost newly taken for lost */
export function endRateSample(sender: Sender, acked: number, lost: number): void {
  if (sender.appLimited > 0 && sender.delivered > sender.appLimited) sender.appLimited = 0;
  const now = sender.nowUs;
  if (acked > 0) sender.deliveredAtUs = now;
  rate.acked = acked;
  rate.lost = lost;
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

/** The application is about to write, and nothing waits to be sent: it is what limits (`tcp_rate_check_app_limited`). */
export function noteAppLimit(sender: Sender, mss: number): void {
  const { queue } = sender;
  if (sender.written - sender.next >= mss || queue.inFlight >= sender.congestion.cwnd) return;
  if (queue.lostOut > queue.resentOut) return;
  limitByApp(sender);
}

export function limitByApp(sender: Sender): void {
  sender.appLimited = Math.max(1, sender.delivered + sender.queue.inFlight);
}
