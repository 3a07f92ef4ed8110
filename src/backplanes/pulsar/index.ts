import type { Backplane, BackplaneIo, BackplanePlugin, Options } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { Books } from './books.ts';
import { Broker, type Cluster, SESSION_ROLE } from './broker/broker.ts';
import { SUBSCRIPTION_ROLE } from './broker/subscription.ts';
import { TOPIC_ROLE } from './broker/topic.ts';
import { BATCH_ROLE, Brokers, HANDLER_ROLE } from './client/brokers.ts';
import { Consumer } from './client/consumer.ts';
import { Producer } from './client/producer.ts';
import { Reader } from './client/reader.ts';
import { type Config, configOf } from './config.ts';
import { LINK_ROLE } from './link.ts';
import { pulsarManifest } from './manifest.ts';
import { javaStringHash, subscriptionsOf } from './names.ts';
import type { Request } from './protocol.ts';
import { Bookie, BookieDisk } from './storage/bookie.ts';
import { firstMetadata, Metadata } from './storage/metadata.ts';

/** Pulsar: brokers, bookies, a metadata store; producers at every source, consumers at every server. */
class Pulsar implements Backplane {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #books: Books;
  readonly #cluster: Cluster;
  readonly #state: ReturnType<typeof firstMetadata>;
  readonly #disks: BookieDisk[];
  readonly #brokers = new Map<Place, Broker>();
  readonly #producers = new Map<Place, Producer[]>();
  readonly #clients = new Map<Place, Brokers>();
  /** Rooms that clients of each server watch. */
  readonly #watched: Set<number>[];
  /** The partition of each ledger, by its number. */
  readonly #ledgers: number[] = [];
  readonly #incarnations: number[];
  #nextProducer = 0;
  #nextReader: number;

  constructor(io: BackplaneIo, options: Options) {
    const config = configOf(options);
    this.#io = io;
    this.#config = config;
    this.#books = new Books(io);
    this.#state = firstMetadata(config);
    this.#watched = io.servers.map(() => new Set());
    this.#disks = Array.from({ length: config.bookies }, () => new BookieDisk());
    this.#incarnations = Array.from({ length: config.brokers }, () => -1);
    const bookies = io.nodes.slice(config.brokers, config.brokers + config.bookies);
    const subscriptions = subscriptionsOf(
      config.type,
      io.servers.map(({ name }) => name),
    ).length;
    this.#nextReader = subscriptions;
    this.#cluster = {
      io,
      config,
      books: this.#books,
      bookies,
      metadata: io.nodes[config.brokers + config.bookies] as Place,
      subscriptions,
      newLedger: (partition) => this.#ledgers.push(partition) - 1,
      ledgerClosed: (ledger, last) => {
        this.#books.closed(ledger, last);
        bookies.forEach((bookie, i) => {
          Bookie.collect(this.#disks[i] as BookieDisk, bookie, this.#books, ledger, last);
        });
      },
    };
  }

  offer(source: Place): boolean {
    return source.up;
  }

  publish(message: number, source: Place): void {
    this.#io.counts.published++;
    this.#producers.get(source)?.[this.#partitionOf(this.#io.roomOf(message))]?.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#watched[server.index]?.add(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#watched[server.index]?.delete(room);
  }

  /** With a reader for this once, from the message that the client has: its id is what the client says it has. */
  replay(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void {
    const brokers = this.#clients.get(server);
    if (brokers === undefined) return;
    const known = this.#books.idOf(after);
    const from = known !== null && this.#io.roomOf(after) === room ? known : null;
    const isMissing = (message: number) =>
      this.#io.roomOf(message) === room && (from !== null || message > after);
    const number = this.#nextReader++;
    const over = (messages: readonly number[]) => give(messages.filter(isMissing));
    new Reader(server, this.#config, brokers, this.#partitionOf(room), number, from, over);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      this.#startNode(place);
      return;
    }
    const { partitions, type } = this.#config;
    const each = Array.from({ length: partitions }, (_, partition) => partition);
    const brokers = new Brokers(place, this.#io.nodes.slice(0, this.#config.brokers), {
      sent: (request: Request) => {
        if (request.ask === 'send') this.#books.add(request.batch.messages);
      },
      lost: (request: Request) => {
        if (request.ask === 'send')
          this.#books.remove(
            request.batch.messages,
            place,
            'the connection broke, and nobody sends it again',
          );
      },
    });
    this.#clients.set(place, brokers);
    this.#producers.set(
      place,
      each.map(
        (partition) =>
          new Producer(this.#io, this.#config, this.#books, place, brokers, partition, this.#nextProducer++),
      ),
    );
    if (place.kind !== 'server') return;
    const subscription = type === 'exclusive' ? place.index : 0;
    const hand = (server: Place, message: number) => this.#hand(server, message);
    for (const partition of each)
      new Consumer(this.#io, this.#config, place, brokers, partition, subscription, hand);
  }

  stopped(place: Place): void {
    this.#brokers.get(place)?.stopped();
    this.#brokers.delete(place);
    for (const producer of this.#producers.get(place) ?? []) producer.stopped();
    this.#producers.delete(place);
    this.#clients.delete(place);
    if (place.kind === 'server') this.#watched[place.index]?.clear();
  }

  #partitionOf(room: number): number {
    return javaStringHash(this.#io.rooms[room] as string) % this.#config.partitions;
  }

  #startNode(place: Place): void {
    const { index } = place;
    const { brokers, bookies, bookieUs } = this.#config;
    if (index < brokers) {
      const incarnation = (this.#incarnations[index] as number) + 1;
      this.#incarnations[index] = incarnation;
      this.#brokers.set(place, new Broker(this.#cluster, place, incarnation));
    } else if (index < brokers + bookies) {
      const partitionOf = (ledger: number) => this.#ledgers[ledger] as number;
      new Bookie(place, this.#disks[index - brokers] as BookieDisk, this.#books, bookieUs, partitionOf);
    } else {
      if (this.#io.sim.kernel.nowUs === 0)
        this.#state.owners.forEach((owner, partition) => {
          this.#books.owner(partition, this.#io.nodes[owner ?? 0] as Place);
        });
      new Metadata(this.#io, this.#config, this.#books, place, this.#state);
    }
  }

  #watches(server: Place, message: number): boolean {
    return this.#watched[server.index]?.has(this.#io.roomOf(message)) === true;
  }

  /** A server gets what its subscription gets, and keeps what its clients watch. */
  #hand(server: Place, message: number): void {
    if (this.#watches(server, message)) this.#io.hand(server, message);
    if (this.#config.type === 'exclusive') return;
    for (const other of this.#io.servers)
      if (other !== server && this.#watches(other, message))
        this.#io.drop(message, server, other, 'another server of the subscription has it');
  }
}

export const pulsar: BackplanePlugin = {
  manifest: pulsarManifest,
  roles: {
    connection: LINK_ROLE,
    session: SESSION_ROLE,
    topic: TOPIC_ROLE,
    subscription: SUBSCRIPTION_ROLE,
    handler: HANDLER_ROLE,
    batch: BATCH_ROLE,
  },
  create: (io, options) => new Pulsar(io, options),
};
