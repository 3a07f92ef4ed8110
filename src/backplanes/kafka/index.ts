import type { Backplane, BackplaneIo, BackplanePlugin, Options } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { BROKER_ROLE, Broker } from './broker/broker.ts';
import { type Cluster, type Disk, emptyDisk } from './broker/cluster.ts';
import { Controller, firstState } from './broker/controller.ts';
import { GROUP_ROLE, SESSION_ROLE } from './broker/group.ts';
import { CHANNEL_ROLE } from './channel.ts';
import { CONSUMER_ROLE, Consumer } from './client/consumer.ts';
import { MEMBER_ROLE } from './client/member.ts';
import { PRODUCER_ROLE, Producer } from './client/producer.ts';
import { replayFrom } from './client/replay.ts';
import { type Config, configOf } from './config.ts';
import { FETCHER_ROLE } from './fetcher.ts';
import { kafkaManifest } from './manifest.ts';
import { GROUP_NAME } from './names.ts';
import { Witness } from './witness.ts';

/** Kafka: brokers, their controller, a producer at every source, a consumer at every server. */
class Kafka implements Backplane {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #witness: Witness;
  readonly #cluster: Cluster;
  readonly #state: ReturnType<typeof firstState>;
  readonly #disks: Disk[];
  readonly #producers = new Map<number, Producer>();
  readonly #consumers = new Map<number, Consumer>();
  /** Rooms that clients of each server watch. */
  readonly #watched: Set<number>[];

  constructor(io: BackplaneIo, options: Options) {
    const config = configOf(options);
    this.#io = io;
    this.#config = config;
    this.#witness = new Witness(io, config, (server, room) => this.#watches(server, room));
    this.#state = firstState(config);
    this.#disks = Array.from({ length: config.brokers }, () => emptyDisk(config));
    this.#watched = io.servers.map(() => new Set());
    const controller = io.nodes[config.brokers] as Place;
    this.#cluster = { io, config, witness: this.#witness, controller, first: this.#state.image };
  }

  offer(source: Place): boolean {
    return source.up && this.#producers.get(source.number)?.hasRoom === true;
  }

  publish(message: number, source: Place): void {
    this.#io.counts.published++;
    this.#producers.get(source.number)?.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#watched[server.index]?.add(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#watched[server.index]?.delete(room);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      this.#startNode(place);
      return;
    }
    this.#producers.set(place.number, new Producer(this.#io, this.#config, place, this.#witness));
    if (place.kind !== 'server') return;
    const group = this.#config.pattern === 'group' ? GROUP_NAME : place.name;
    const home = {
      io: this.#io,
      config: this.#config,
      witness: this.#witness,
      hand: (server: Place, message: number) => this.#hand(server, message),
    };
    this.#consumers.set(place.number, new Consumer(home, place, group));
  }

  stopped(place: Place): void {
    this.#producers.get(place.number)?.stopped();
    this.#producers.delete(place.number);
    const consumer = this.#consumers.get(place.number);
    this.#consumers.delete(place.number);
    for (const { reading, entry } of consumer?.unprocessed ?? [])
      if (entry.offset < reading.committed)
        this.#io.drop(entry.message, place, place, 'its offset was committed before it was processed');
    this.#watched[place.kind === 'server' ? place.index : -1]?.clear();
  }

  replay(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void {
    const consumer = this.#consumers.get(server.number);
    if (consumer !== undefined)
      replayFrom(this.#io, this.#config, this.#witness, consumer, room, after, give);
  }

  #startNode(place: Place): void {
    const { index } = place;
    if (index === this.#config.brokers) {
      const first =
        this.#state.image.version === 0 && this.#disks.every(({ incarnation }) => incarnation <= 1);
      if (first && this.#io.sim.kernel.nowUs === 0) this.#witness.metadata(place, null, this.#state.image);
      new Controller(this.#config, place, this.#state, this.#witness);
    } else new Broker(this.#cluster, index, this.#disks[index] as Disk);
  }

  #watches(server: Place, room: number): boolean {
    return this.#watched[server.index]?.has(room) === true;
  }

  /** A server reads everything, and keeps what its clients watch. */
  #hand(server: Place, message: number): void {
    const room = this.#io.roomOf(message);
    if (this.#watches(server, room)) this.#io.hand(server, message);
    if (this.#config.pattern !== 'group') return;
    for (const other of this.#io.servers)
      if (other !== server && this.#watches(other, room))
        this.#io.drop(message, server, other, 'the partition belongs to another server of the group');
  }
}

export const kafka: BackplanePlugin = {
  manifest: kafkaManifest,
  roles: {
    connection: CHANNEL_ROLE,
    broker: BROKER_ROLE,
    session: SESSION_ROLE,
    group: GROUP_ROLE,
    fetcher: FETCHER_ROLE,
    producer: PRODUCER_ROLE,
    consumer: CONSUMER_ROLE,
    member: MEMBER_ROLE,
  },
  create: (io, options) => new Kafka(io, options),
};
