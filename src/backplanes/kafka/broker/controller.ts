import type { Actor, Place } from '../../../engine/contract/place.ts';
import { type Reply, Served } from '../channel.ts';
import type { Config } from '../config.ts';
import type { Image, PartitionState, Request } from '../protocol.ts';
import type { Witness } from '../witness.ts';

/** What the controller has on its disk: the metadata log, as it stands. */
export interface ClusterState {
  image: Image;
  /** By broker: its incarnation, and whether it is fenced. */
  brokers: { incarnation: number; fenced: boolean }[];
}

/** The cluster as it was set up before the run: replicas dealt out in turn, the first of each leads. */
export function firstState({ brokers, partitions, replicationFactor }: Config): ClusterState {
  const states = Array.from({ length: partitions + 1 }, (_, partition): PartitionState => {
    const replicas = Array.from({ length: replicationFactor }, (_, i) => (partition + i) % brokers);
    return { replicas, isr: [...replicas], leader: partition % brokers, leaderEpoch: 0, version: 0 };
  });
  return {
    image: { version: 0, partitions: states },
    brokers: Array.from({ length: brokers }, () => ({ incarnation: 0, fenced: false })),
  };
}

/** The KRaft controller: keeps brokers' sessions, elects leaders, and says who is in sync. */
export class Controller {
  readonly place: Place;
  readonly #config: Config;
  readonly #state: ClusterState;
  readonly #witness: Witness;
  readonly #leases: Actor[];
  /** Brokers that wait for newer metadata. */
  #listening: { version: number; reply: Reply }[] = [];

  constructor(config: Config, place: Place, state: ClusterState, witness: Witness) {
    this.#config = config;
    this.place = place;
    this.#state = state;
    this.#witness = witness;
    this.#leases = state.brokers.map((_, broker) =>
      place.start('session', () => this.#fence(broker), { sessionMs: config.brokerSessionMs }),
    );
    place.listen(() => new Served(config.requestUs, (request, reply) => this.#handle(request, reply)));
  }

  #handle(request: Request, reply: Reply): void {
    switch (request.api) {
      case 'register':
        this.#register(request.broker, request.incarnation, reply);
        return;
      case 'broker-heartbeat':
        this.#heartbeat(request.broker, request.incarnation, reply);
        return;
      case 'metadata-fetch':
        if (request.version < this.#state.image.version) reply(this.#news());
        else this.#listening.push({ version: request.version, reply });
        return;
      case 'alter-partition':
        this.#alter(request, reply);
        return;
      default:
        reply({ failure: 'stale broker epoch' });
        return;
    }
  }

  /** A new process has to wait until the session of the one before it is over (ClusterControlManager). */
  #register(broker: number, incarnation: number, reply: Reply): void {
    const known = this.#broker(broker);
    if (known.incarnation !== incarnation && !known.fenced) {
      reply({ failure: 'duplicate broker registration' });
      return;
    }
    known.incarnation = incarnation;
    reply({ failure: '' });
  }

  #heartbeat(broker: number, incarnation: number, reply: Reply): void {
    const known = this.#broker(broker);
    if (known.incarnation !== incarnation) {
      reply({ failure: 'stale broker epoch' });
      return;
    }
    (this.#leases[broker] as Actor).send({ type: 'heartbeat' });
    if (known.fenced) {
      known.fenced = false;
      this.#witness.broker(broker, 'in the cluster');
      this.#change((state) => (state.leader < 0 ? this.#elected(state) : state));
    }
    reply({ failure: '', fenced: false });
  }

  /** Nobody heard from a broker for too long: it leads nothing any more, and is in sync with nobody. */
  #fence(broker: number): void {
    if (this.#broker(broker).fenced) return;
    this.#broker(broker).fenced = true;
    this.#witness.broker(broker, 'fenced');
    this.#change((state) => {
      if (!state.isr.includes(broker) && state.leader !== broker) return state;
      // The last of the replicas in sync stays it: it has what was promised to be kept.
      const isr = state.isr.length > 1 ? state.isr.filter((other) => other !== broker) : state.isr;
      const without = { ...state, isr };
      return state.leader === broker ? this.#elected({ ...without, leader: -1 }) : without;
    });
  }

  /** The first of the replicas that is in sync and alive leads; unclean: any that is alive. */
  #elected(state: PartitionState): PartitionState {
    const alive = state.replicas.filter((broker) => !this.#broker(broker).fenced);
    const clean = alive.find((broker) => state.isr.includes(broker));
    const unclean = this.#config.unclean ? alive[0] : undefined;
    const leader = clean ?? unclean ?? -1;
    const isr = clean === undefined && leader >= 0 ? [leader] : state.isr;
    return { ...state, leader, isr, leaderEpoch: state.leaderEpoch + 1 };
  }

  #alter(request: Request & { api: 'alter-partition' }, reply: Reply): void {
    const { partition, leaderEpoch, isr, broker } = request;
    const state = this.#state.image.partitions[partition] as PartitionState;
    if (state.leader !== broker || state.leaderEpoch !== leaderEpoch) {
      reply({ failure: 'not leader' });
      return;
    }
    if (isr.some((member) => this.#broker(member).fenced)) {
      reply({ failure: 'invalid update version', image: this.#state.image });
      return;
    }
    this.#change((one, number) => (number === partition ? { ...one, isr } : one));
    reply({ failure: '', image: this.#state.image });
  }

  /** Writes down what is different now, and tells everybody who listens. */
  #change(of: (state: PartitionState, partition: number) => PartitionState): void {
    const { image } = this.#state;
    const partitions = image.partitions.map((before, partition) => {
      const after = of(before, partition);
      return after === before ? before : { ...after, version: before.version + 1 };
    });
    if (partitions.every((state, partition) => state === image.partitions[partition])) return;
    this.#state.image = { version: image.version + 1, partitions };
    this.#witness.metadata(this.place, image, this.#state.image);
    for (const { reply } of this.#listening.splice(0)) reply(this.#news());
  }

  #news = () => ({ failure: '', image: this.#state.image }) as const;

  #broker(broker: number): ClusterState['brokers'][number] {
    return this.#state.brokers[broker] as ClusterState['brokers'][number];
  }
}
