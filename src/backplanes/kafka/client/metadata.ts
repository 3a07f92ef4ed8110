import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Image } from '../protocol.ts';
import type { Channels } from './channels.ts';

/** A client's copy of the metadata is asked for anew after this (`metadata.max.age.ms`). */
const MAX_AGE_US = 300_000_000;

/** What a client knows of who leads what: it may be out of date, and is asked for again when a broker says so. */
export class Metadata {
  readonly #place: Place;
  readonly #channels: Channels;
  readonly #config: Config;
  readonly #changed: () => void;
  #image: Image | null = null;
  #asking = false;
  #stopAging: () => void = () => {};

  /** @param changed told when there is news */
  constructor(place: Place, channels: Channels, config: Config, changed: () => void) {
    this.#place = place;
    this.#channels = channels;
    this.#config = config;
    this.#changed = changed;
    this.refresh();
  }

  /** Who leads a partition; -1: nobody, as far as is known. */
  leaderOf(partition: number): number {
    return this.#image?.partitions[partition]?.leader ?? -1;
  }

  /** How often a partition was given to a leader; -1: it is not known. */
  epochOf(partition: number): number {
    return this.#image?.partitions[partition]?.leaderEpoch ?? -1;
  }

  /** Where the coordinator of groups is: with the leader of the topic of offsets. */
  get coordinator(): number {
    return this.leaderOf(this.#config.partitions);
  }

  /** Asks again; once at a time. */
  refresh(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#stopAging();
    this.#channels.any().ask({ api: 'metadata' }, this.#config.requestTimeoutUs, (answer) => {
      // Not oftener than every `retry.backoff.ms`.
      this.#place.later(this.#config.retryBackoffMs * 1000, () => {
        this.#asking = false;
        if (answer === null || this.#isIncomplete) this.refresh();
      });
      const image = answer?.image;
      if (image === undefined) return;
      this.#stopAging = this.#place.later(MAX_AGE_US, () => this.refresh());
      if (this.#image !== null && image.version < this.#image.version) return;
      this.#image = image;
      this.#changed();
    });
  }

  /** Some partition is without a leader: clients ask until it has one. */
  get #isIncomplete(): boolean {
    return this.#image === null || this.#image.partitions.some(({ leader }) => leader < 0);
  }
}
