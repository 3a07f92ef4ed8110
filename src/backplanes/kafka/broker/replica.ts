import type { PartitionLog } from '../partition-log.ts';
import type { Entry, PartitionState } from '../protocol.ts';

/** What a leader knows of a follower. */
export interface Follower {
  /** The offset that it asked for last: it has everything before it. -1: it has not asked yet. */
  end: number;
  /** When it last had all that the leader had. */
  caughtUpUs: number;
  /** When it asked last, and where the leader's log ended then. */
  askedUs: number;
  leaderEnd: number;
}

/** A produce request with acks=all that waits until all replicas in sync have it. */
interface Pending {
  upTo: number;
  done: (written: boolean) => void;
}

/** A broker's part in a partition: its log, and if it leads what it knows of the others. It dies with the process. */
export class Replica {
  readonly partition: number;
  readonly log: PartitionLog;
  state: PartitionState;
  readonly followers = new Map<number, Follower>();
  /** The replicas in sync that the controller was asked for, until it answers. */
  proposed: readonly number[] | null = null;
  #pending: Pending[] = [];

  constructor(partition: number, log: PartitionLog, state: PartitionState) {
    this.partition = partition;
    this.log = log;
    this.state = state;
  }

  /** Begins to lead: nobody is known to have anything yet, and those in sync get their time to show. */
  lead(self: number, nowUs: number): void {
    this.followers.clear();
    this.proposed = null;
    for (const broker of this.state.replicas)
      if (broker !== self)
        this.followers.set(broker, { end: -1, caughtUpUs: nowUs, askedUs: -1, leaderEnd: 0 });
  }

  /** Ceases to lead: who waited is told to ask elsewhere. */
  resign(): void {
    for (const { done } of this.#pending.splice(0)) done(false);
  }

  /** Waits until entries before `upTo` are committed. @returns how to wait no longer */
  await(upTo: number, done: (written: boolean) => void): () => void {
    const pending = { upTo, done };
    this.#pending.push(pending);
    return () => {
      this.#pending = this.#pending.filter((other) => other !== pending);
    };
  }

  /** A follower asks from an offset on: it has all before. */
  asked(broker: number, offset: number, nowUs: number): void {
    const follower = this.followers.get(broker);
    if (follower === undefined) return;
    // Partition.updateFollowerFetchState: caught up now, or as of when it had asked before.
    if (offset >= this.log.end) follower.caughtUpUs = nowUs;
    else if (offset >= follower.leaderEnd && follower.askedUs >= 0)
      follower.caughtUpUs = Math.max(follower.caughtUpUs, follower.askedUs);
    follower.end = offset;
    follower.askedUs = nowUs;
    follower.leaderEnd = this.log.end;
  }

  /**
   * Moves the high watermark up to what all replicas in sync have; those that are only proposed count as well (KIP-497).
   * While fewer than `minIsr` are in sync it stays (KIP-966; Partition.maybeIncrementLeaderHW): what acks=1 wrote
   * meanwhile no consumer sees.
   * @returns whether it moved
   */
  advance(self: number, minIsr: number): boolean {
    if (this.state.isr.length < minIsr) return false;
    const counted = new Set([...this.state.isr, ...(this.proposed ?? [])]);
    let lowest = this.log.end;
    for (const broker of counted)
      if (broker !== self) lowest = Math.min(lowest, this.followers.get(broker)?.end ?? -1);
    if (lowest <= this.log.highWatermark) return false;
    this.log.highWatermark = lowest;
    const ready = this.#pending.filter(({ upTo }) => upTo <= lowest);
    this.#pending = this.#pending.filter(({ upTo }) => upTo > lowest);
    for (const { done } of ready) done(true);
    return true;
  }

  /** The replicas in sync as they should be: without those that lag, with those that have caught up. */
  inSync(self: number, nowUs: number, lagUs: number): number[] {
    const { isr, replicas } = this.state;
    return replicas.filter((broker) => {
      if (broker === self) return true;
      const { end, caughtUpUs } = this.followers.get(broker) as Follower;
      return isr.includes(broker)
        ? nowUs - caughtUpUs <= lagUs
        : end >= 0 && end >= this.log.highWatermark && end >= this.#epochStart();
    });
  }

  /** Where the entries of this leader begin. */
  #epochStart(): number {
    return this.log.endOfEpoch(this.state.leaderEpoch - 1);
  }

  /** Entries for whoever asks: a follower gets all, a consumer what is committed. */
  read(offset: number, follower: boolean, bytes: number): Entry[] {
    return this.log.read(offset, follower ? this.log.end : this.log.highWatermark, bytes);
  }
}
