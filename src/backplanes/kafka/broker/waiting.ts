import type { Place } from '../../../engine/contract/place.ts';
import type { Reply } from '../channel.ts';
import type { Fetch, FetchedPart, FetchPart } from '../protocol.ts';
import type { Replica } from './replica.ts';

/** Most bytes of one partition in an answer (`max.partition.fetch.bytes`, `replica.fetch.max.bytes`). */
const PART_BYTES = 1_048_576;

interface Waiting {
  fetch: Fetch;
  reply: Reply;
  stopTimer: () => void;
}

/** Fetches that have come for more than there is: they are answered when it is there, or when their time is over. */
export class WaitingFetches {
  readonly #place: Place;
  /** The replica that this broker leads; undefined: it leads none there. */
  readonly #led: (partition: number) => Replica | undefined;
  readonly #waiting = new Set<Waiting>();

  constructor(place: Place, led: (partition: number) => Replica | undefined) {
    this.#place = place;
    this.#led = led;
  }

  take(fetch: Fetch, reply: Reply): void {
    if (fetch.maxWaitUs === 0 || this.#isReady(fetch)) {
      reply(this.#answer(fetch));
      return;
    }
    const waiting: Waiting = { fetch, reply, stopTimer: () => {} };
    waiting.stopTimer = this.#place.later(fetch.maxWaitUs, () => this.#finish(waiting));
    this.#waiting.add(waiting);
  }

  /** Something is new in a partition. */
  wake(partition: number): void {
    for (const waiting of [...this.#waiting]) {
      const { parts } = waiting.fetch;
      if (parts.some((part) => part.partition === partition) && this.#isReady(waiting.fetch))
        this.#finish(waiting);
    }
  }

  #finish(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    waiting.stopTimer();
    waiting.reply(this.#answer(waiting.fetch));
  }

  #isReady({ follower, minBytes, parts }: Fetch): boolean {
    let bytes = 0;
    for (const part of parts) {
      const replica = this.#led(part.partition);
      if (replica === undefined || divergence(replica, part) >= 0 || isOutOfRange(replica, part)) return true;
      const { end, highWatermark } = replica.log;
      bytes += replica.log.bytesFrom(part.offset, follower >= 0 ? end : highWatermark);
    }
    return bytes > 0 && bytes >= minBytes;
  }

  #answer({ follower, parts }: Fetch): { failure: ''; parts: FetchedPart[] } {
    return { failure: '', parts: parts.map((part) => this.#partOf(part, follower >= 0)) };
  }

  #partOf(part: FetchPart, follower: boolean): FetchedPart {
    const { partition } = part;
    const replica = this.#led(partition);
    // Written out: it is made for every partition of every fetch, and nearly all of them find nothing.
    if (replica === undefined)
      return { partition, failure: 'not leader', entries: [], divergesAt: -1, highWatermark: 0, logStart: 0 };
    const { highWatermark, start: logStart } = replica.log;
    const divergesAt = divergence(replica, part);
    if (divergesAt >= 0) return { partition, failure: '', entries: [], divergesAt, highWatermark, logStart };
    const failure = isOutOfRange(replica, part) ? 'offset out of range' : '';
    const entries = failure === '' ? replica.read(part.offset, follower, PART_BYTES) : [];
    return { partition, failure, entries, divergesAt, highWatermark, logStart };
  }
}

const isOutOfRange = ({ log }: Replica, { offset }: FetchPart): boolean =>
  offset < log.start || offset > log.end;

/** Where a follower's log parts from the leader's (KIP-595's diverging epoch); -1: it does not. */
export function divergence({ log }: Replica, { offset, lastEpoch }: FetchPart): number {
  if (lastEpoch < 0) return -1;
  const end = log.endOfEpoch(lastEpoch);
  if (end >= offset && log.epochUpTo(lastEpoch) === lastEpoch) return -1;
  // A head that retention took has no epoch to compare with.
  return offset <= log.start ? -1 : Math.min(end, offset - (end >= offset ? 1 : 0));
}
