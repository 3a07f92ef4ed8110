import type { Backplane, BackplaneIo, BackplanePlugin, Options } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { Books } from './books.ts';
import { CHANNEL_ROLE } from './channel.ts';
import { CALL_ROLE } from './client/api.ts';
import { BATCH_ROLE } from './client/batch.ts';
import { Publisher } from './client/publisher.ts';
import { LEASES_ROLE, STREAM_ROLE, Subscriber } from './client/subscriber.ts';
import { type Config, configOf } from './config.ts';
import { googlePubsubManifest } from './manifest.ts';
import { FORWARDER_ROLE, Forwarder, type Service } from './service/forwarder.ts';
import { SUBSCRIPTION_ROLE } from './service/subscription.ts';
import { Disk, Zone } from './service/zone.ts';

/** Pub/Sub: the service with its zones, a publisher at every source, a subscriber at every server. */
class GooglePubsub implements Backplane {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #books: Books;
  readonly #service: Service;
  readonly #disks: Disk[];
  readonly #publishers = new Map<Place, Publisher>();
  /** Rooms that clients of each server watch. */
  readonly #watched: Set<number>[];
  #forwarder: Forwarder | null = null;

  constructor(io: BackplaneIo, options: Options) {
    const config = configOf(options);
    this.#io = io;
    this.#config = config;
    this.#books = new Books(io);
    this.#watched = io.servers.map(() => new Set());
    const zones = io.nodes.slice(1);
    this.#disks = zones.map(() => new Disk());
    this.#service = {
      io,
      config,
      books: this.#books,
      topic: { nextOffset: 0, nextAckId: 1, epoch: 0 },
      zones,
      subscribers: config.shared ? [null] : io.servers,
      watches: (server, message) => this.#watches(server, message),
    };
  }

  offer(source: Place): boolean {
    return source.up;
  }

  publish(message: number, source: Place): void {
    this.#io.counts.published++;
    this.#publishers.get(source)?.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#watched[server.index]?.add(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#watched[server.index]?.delete(room);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      if (place.index === 0) this.#forwarder = new Forwarder(this.#service, place);
      else new Zone(place, this.#disks[place.index - 1] as Disk, this.#books, this.#config.zoneWriteUs);
      return;
    }
    this.#publishers.set(place, new Publisher(this.#io, this.#config, this.#books, place));
    if (place.kind !== 'server') return;
    const subscription = this.#config.shared ? 0 : place.index;
    new Subscriber(this.#io, this.#config, place, subscription, (server, message) =>
      this.#hand(server, message),
    );
  }

  stopped(place: Place): void {
    if (place.kind === 'node') {
      if (place.index === 0) this.#forwarder?.stopped();
      return;
    }
    this.#publishers.get(place)?.stopped();
    this.#publishers.delete(place);
    if (place.kind === 'server') this.#watched[place.index]?.clear();
  }

  #watches(server: Place, message: number): boolean {
    return this.#watched[server.index]?.has(this.#io.roomOf(message)) === true;
  }

  /** A server gets what its subscription gets, and keeps what its clients watch. */
  #hand(server: Place, message: number): void {
    if (this.#watches(server, message)) this.#io.hand(server, message);
    if (!this.#config.shared) return;
    for (const other of this.#io.servers)
      if (other !== server && this.#watches(other, message))
        this.#io.drop(message, server, other, 'another server of the subscription has it');
  }
}

export const googlePubsub: BackplanePlugin = {
  manifest: googlePubsubManifest,
  roles: {
    channel: CHANNEL_ROLE,
    call: CALL_ROLE,
    batch: BATCH_ROLE,
    stream: STREAM_ROLE,
    leases: LEASES_ROLE,
    forwarder: FORWARDER_ROLE,
    subscription: SUBSCRIPTION_ROLE,
  },
  create: (io, options) => new GooglePubsub(io, options),
};
