import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { Channel, type Reply, Served } from '../channel.ts';
import type { PartitionLog } from '../partition-log.ts';
import type { Image, PartitionState, Request } from '../protocol.ts';
import { brokerMachine } from './broker.machine.ts';
import type { Cluster, Disk, Process } from './cluster.ts';
import { Coordinator } from './coordinator.ts';
import { Following } from './following.ts';
import { Leading } from './leading.ts';
import { Replica } from './replica.ts';

/** One broker's process. */
export class Broker implements Process {
  readonly number: number;
  readonly place: Place;
  readonly cluster: Cluster;
  readonly #disk: Disk;
  readonly #incarnation: number;
  readonly #actor: Actor;
  readonly #toController: Channel;
  readonly #listening: Channel;
  readonly replicas: (Replica | undefined)[] = [];
  readonly #leading: Leading;
  readonly #following: Following;
  readonly #coordinator: Coordinator;
  #image: Image | null = null;

  constructor(cluster: Cluster, number: number, disk: Disk) {
    const { io, controller, config } = cluster;
    this.number = number;
    this.cluster = cluster;
    this.place = io.nodes[number] as Place;
    this.#disk = disk;
    this.#incarnation = disk.incarnation++;
    this.#toController = new Channel(this.place, controller);
    this.#listening = new Channel(this.place, controller);
    this.#leading = new Leading(this, this.#toController, (image) => this.#apply(image));
    this.#following = new Following(this);
    this.#coordinator = new Coordinator(cluster, this.place, (notes, done) =>
      this.#leading.note(notes, done),
    );
    this.#actor = this.place.start<Broker>('broker', this, {
      heartbeatMs: config.brokerHeartbeatMs,
      sessionMs: config.brokerSessionMs,
    });
    if (this.#incarnation === 0) {
      this.#apply(cluster.first);
      this.#listen();
    }
    this.#actor.send({ type: this.#incarnation === 0 ? 'known' : 'new' });
    this.#everyUs(config.replicaLagUs / 2, () => this.#leading.checkReplicas());
    this.#everyUs(config.retentionCheckUs, () => this.#leading.retain(), config.retentionFirstUs);
  }

  register(): void {
    const request = { api: 'register', broker: this.number, incarnation: this.#incarnation } as const;
    this.#toController.ask(request, this.cluster.config.brokerSessionMs * 1000, (answer) => {
      this.#actor.send({ type: answer?.failure === '' ? 'registered' : 'failed' });
      // It takes no connection before it knows the cluster as it is.
      if (answer?.failure === '' && this.#image === null) this.#listen();
    });
  }

  heartbeat(): void {
    const request = { api: 'broker-heartbeat', broker: this.number, incarnation: this.#incarnation } as const;
    this.#toController.ask(request, this.cluster.config.brokerSessionMs * 1000, (answer) => {
      if (answer === null) return;
      if (answer.failure === '') this.#actor.send({ type: 'answer', fenced: answer.fenced === true ? 1 : 0 });
      else this.#actor.send({ type: 'stale' });
    });
  }

  /** Follows the metadata: asks for what comes after what it has. */
  #listen(): void {
    const request = { api: 'metadata-fetch', version: this.#image?.version ?? -1 } as const;
    this.#listening.ask(request, Number.POSITIVE_INFINITY, (answer) => {
      if (answer?.image === undefined) {
        this.place.later(this.cluster.config.retryBackoffMs * 1000, () => this.#listen());
        return;
      }
      this.#apply(answer.image);
      this.#listen();
    });
  }

  #apply(image: Image): void {
    if (this.#image === null)
      this.place.listen(
        () => new Served(this.cluster.config.requestUs, (request, reply) => this.#handle(request, reply)),
      );
    if (this.#image !== null && image.version <= this.#image.version) return;
    this.#image = image;
    image.partitions.forEach((state, partition) => {
      if (state.replicas.includes(this.number)) this.#takePart(partition, state);
    });
    this.#following.follow();
  }

  #takePart(partition: number, state: PartitionState): void {
    const log = this.#disk.logs[partition] as PartitionLog;
    const replica = this.replicas[partition] ?? new Replica(partition, log, { ...state, leader: -1 });
    this.replicas[partition] = replica;
    const before = replica.state;
    replica.state = state;
    const leads = state.leader === this.number;
    const led = before.leader === this.number;
    if (leads && !(led && before.leaderEpoch === state.leaderEpoch)) {
      replica.lead(this.number, this.#nowUs);
      if (this.#isNotes(partition)) this.#coordinator.load(log);
    }
    if (led && !leads) {
      replica.resign();
      if (this.#isNotes(partition)) this.#coordinator.unload();
    }
    if (leads) this.#leading.advance(replica);
    else this.#leading.waiting.wake(partition);
  }

  #handle(request: Request, reply: Reply): void {
    switch (request.api) {
      case 'metadata':
        reply({ failure: '', image: this.#image as Image });
        return;
      case 'produce':
        this.#leading.produce(request, reply);
        return;
      case 'fetch':
        if (request.follower >= 0) this.#leading.followed(request);
        this.#leading.waiting.take(request, reply);
        return;
      case 'epoch-end': {
        const { partition, epoch } = request;
        const log = this.#leading.led(partition)?.log;
        if (log === undefined) reply({ failure: 'not leader' });
        else reply({ failure: '', epochEnd: log.epochEnd(epoch) });
        return;
      }
      case 'list-offsets': {
        const offsets = request.partitions.flatMap((partition): [number, number][] => {
          const log = this.#leading.led(partition)?.log;
          if (log === undefined) return [];
          return [[partition, request.which === 'latest' ? log.highWatermark : log.start]];
        });
        reply(offsets.length === 0 ? { failure: 'not leader' } : { failure: '', offsets });
        return;
      }
      default:
        this.#coordinator.handle(request, reply);
        return;
    }
  }

  #isNotes(partition: number): boolean {
    return partition === this.cluster.config.partitions;
  }

  get #nowUs(): number {
    return this.cluster.io.sim.kernel.nowUs;
  }

  #everyUs(intervalUs: number, run: () => void, firstUs = intervalUs): void {
    this.place.later(firstUs, () => {
      run();
      this.#everyUs(intervalUs, run);
    });
  }
}

export const BROKER_ROLE: Role = {
  machine: brokerMachine,
  effects: {
    register: (broker: Broker) => broker.register(),
    heartbeat: (broker: Broker) => broker.heartbeat(),
  },
};
