import { FLAG } from '../flags.ts';
import type { Sent } from '../send-queue.ts';
import type { Sender } from '../sender.ts';
import type { Congestion } from './congestion.ts';
import { DeliveryRate, type RateSample, rate } from './delivery-rate.ts';

/**
 * A congestion control that goes by how fast the network delivers and paces what it sends: one with a `cong_control`.
 * What Linux does for the others does not concern it, so those hooks are empty.
 */
export abstract class RateBased implements Congestion {
  cwnd: number;
  ssthresh = Number.POSITIVE_INFINITY;
  protected readonly sender: Sender;
  protected readonly rate: DeliveryRate;

  constructor(sender: Sender) {
    this.sender = sender;
    this.rate = new DeliveryRate(sender);
    this.cwnd = sender.initialCwnd;
  }

  abstract get pacingRate(): number;
  abstract get burst(): number;
  abstract start(): void;
  abstract onTransmitStart(nowJiffies: number, idle: number): void;
  abstract onLoss(): number;
  abstract onTimeout(): void;
  abstract undo(before: number): number;

  /** What an acknowledgement tells of the network (`cong_control`). */
  protected abstract onSample(sample: RateSample): void;

  onWrite(): void {
    this.rate.noteAppLimit();
  }

  onSent(sent: Sent, alone: boolean): void {
    this.rate.sent(sent, alone);
  }

  beginAck(): void {
    this.rate.begin();
  }

  onArrived(sent: Sent, sacked: boolean): void {
    this.rate.arrived(sent, sacked);
  }

  onDelay(us: number): void {
    rate.rttUs = us;
  }

  onAck(delivered: number, lost: number, flag: number): void {
    this.rate.end(delivered, lost, (flag & FLAG.MAYBE_DELAYED) !== 0);
    this.onSample(rate);
  }

  onTimedLoss(): void {}
  endReduction(): void {}
  onIdle(): void {}
  onUnderused(): void {}
}
