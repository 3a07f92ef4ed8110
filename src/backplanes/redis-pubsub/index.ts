import type { Backplane, BackplaneIo, BackplanePlugin, Options } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { publisherMachine, subscriberMachine } from './client.machine.ts';
import { CLIENT_EFFECTS } from './client.ts';
import { connectionMachine } from './connection.machine.ts';
import { redisPubsubManifest } from './manifest.ts';
import { CONNECTION_EFFECTS, RedisNode } from './node.ts';
import { optionsOf } from './options.ts';
import { Publisher } from './publisher.ts';
import { Subscriber } from './subscriber.ts';

/** Redis Pub/Sub: every server has a connection in subscriber mode, every source one to publish on. */
export const redisPubsub: BackplanePlugin = {
  manifest: redisPubsubManifest,
  roles: {
    subscriber: { machine: subscriberMachine, effects: CLIENT_EFFECTS },
    publisher: { machine: publisherMachine, effects: CLIENT_EFFECTS },
    connection: { machine: connectionMachine, effects: CONNECTION_EFFECTS },
  },
  create(io: BackplaneIo, given: Options): Backplane {
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
  },
};
