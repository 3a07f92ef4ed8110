import type { Place } from '../../../engine/contract/place.ts';
import { Channel } from '../channel.ts';
import type { Request } from '../protocol.ts';

/** A client's connections, one to each broker that it talks to. */
export class Channels {
  readonly #place: Place;
  readonly #brokers: readonly Place[];
  readonly #lost: (request: Request) => void;
  readonly #channels: Channel[] = [];
  #turn: number;

  constructor(place: Place, brokers: readonly Place[], lost: (request: Request) => void = () => {}) {
    this.#place = place;
    this.#brokers = brokers;
    this.#lost = lost;
    this.#turn = place.number;
  }

  /** Requests that no broker was sent yet. */
  get unsent(): Request[] {
    return this.#channels.flatMap((channel) => channel?.unsent ?? []);
  }

  to(broker: number): Channel {
    const known = this.#channels[broker];
    if (known !== undefined) return known;
    const channel = new Channel(this.#place, this.#brokers[broker] as Place, this.#lost);
    this.#channels[broker] = channel;
    return channel;
  }

  /** Whoever is at hand (NetworkClient.leastLoadedNode): connected and idle, else the next in turn. */
  any(): Channel {
    const idle = this.#channels.find((channel) => channel?.open === true && channel.inFlight === 0);
    return idle ?? this.to(this.#turn++ % this.#brokers.length);
  }
}
