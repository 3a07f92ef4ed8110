import type { Place } from '../../../engine/contract/place.ts';
import type { PullRequest } from './api.ts';

/** A request of a client that pulls, as long as it is good for more messages. */
interface Waiting {
  reply: string;
  left: number;
  stopTimer: () => void;
}

/** The requests of clients that pull, oldest first (consumer.go, `waiting`). */
export class Requests {
  readonly #place: Place;
  readonly #expired: (reply: string, left: number) => void;
  #waiting: Waiting[] = [];

  /** @param expired the time of a request is over, and so many messages have not come */
  constructor(place: Place, expired: (reply: string, left: number) => void) {
    this.#place = place;
    this.#expired = expired;
  }

  get any(): boolean {
    return this.#waiting.length > 0;
  }

  add(reply: string, { batch, expiresUs }: PullRequest): void {
    const waiting: Waiting = { reply, left: batch, stopTimer: () => {} };
    waiting.stopTimer = this.#place.later(expiresUs, () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      this.#expired(reply, waiting.left);
    });
    this.#waiting.push(waiting);
  }

  /** Forgets the oldest as long as nobody is there to be answered (`nextWaiting`). */
  skip(isThere: (reply: string) => boolean): void {
    while (this.#waiting[0] !== undefined && !isThere(this.#waiting[0].reply))
      this.#waiting.shift()?.stopTimer();
  }

  /** Uses up one message of the oldest. @returns where it goes; '': nowhere */
  take(): string {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return '';
    oldest.left--;
    if (oldest.left === 0) {
      oldest.stopTimer();
      this.#waiting.shift();
    }
    return oldest.reply;
  }

  stop(): void {
    for (const { stopTimer } of this.#waiting) stopTimer();
    this.#waiting = [];
  }
}
