import type { Place } from '../../../engine/contract/place.ts';
import { Channel, type Watcher } from '../channel.ts';

/** A client's connections, one to each broker that it talks to. */
export class Channels {
  readonly #place: Place;
  readonly #brokers: readonly Place[];
  readonly #watcher: Watcher;
  readonly #channels: Channel[] = [];
  #turn: number;

  constructor(place: Place, brokers: readonly Place[], watcher: Watcher = {}) {
    this.#place = place;
    this.#brokers = brokers;
    this.#watcher = watcher;
    this.#turn = place.number;
  }

  to(broker: number): Channel {
    const known = this.#channels[broker];
    if (known !== undefined) return known;
    const channel = new Channel(this.#place, this.#brokers[broker] as Place, this.#watcher);
    this.#channels[broker] = channel;
    return channel;
  }

  /** Whoever is at hand (NetworkClient.leastLoadedNode): connected and idle, else the next in turn. */
  any(): Channel {
    const idle = this.#channels.find((channel) => channel?.open === true && channel.inFlight === 0);
    return idle ?? this.to(this.#turn++ % this.#brokers.length);
  }
}
