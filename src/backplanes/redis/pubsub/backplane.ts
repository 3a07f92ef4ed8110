import type { Backplane, BackplaneIo, Options } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { RedisNode } from './node.ts';
import { optionsOf } from './options.ts';
import { Publisher } from './publisher.ts';
import { Subscriber } from './subscriber.ts';

/** Ties connections and Redis to their places. */
export function createPubsub(io: BackplaneIo, given: Options): Backplane {
  const options = optionsOf(given);
  const subscribers = new Map<Place, Subscriber>();
  const publishers = new Map<Place, Publisher>();
  const watchers = (room: number) =>
    [...subscribers.values()].filter(({ wanted }) => wanted.has(room)).map(({ place }) => place);
  /** A server opens its second connection when a client of it first writes: in subscriber mode one cannot publish. */
  const publisherOf = (place: Place): Publisher => {
    const known = publishers.get(place);
    if (known !== undefined) return known;
    const publisher = new Publisher(io, place, options);
    publishers.set(place, publisher);
    return publisher;
  };
  return {
    offer: (source) => source.up,
    publish(message, source) {
      io.counts.published++;
      publisherOf(source).publish(message);
    },
    subscribe: (server, room) => subscribers.get(server)?.watch(room),
    unsubscribe: (server, room) => subscribers.get(server)?.leave(room),
    started(place) {
      if (place.kind === 'node') new RedisNode(io, place, options, watchers);
      else if (place.kind === 'server') subscribers.set(place, new Subscriber(io, place, options));
      else publisherOf(place);
    },
    stopped(place) {
      subscribers.delete(place);
      publishers.get(place)?.die();
      publishers.delete(place);
    },
  };
}
