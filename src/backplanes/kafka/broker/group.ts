import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Reply } from '../channel.ts';
import type { Failure, GroupMember, Note, Request } from '../protocol.ts';
import type { Cluster } from './cluster.ts';
import { groupMachine } from './group.machine.ts';
import { leaseMachine } from './lease.machine.ts';

/** Writes notes into the topic of offsets, and tells whether all replicas in sync have them. */
export type WriteNotes = (notes: readonly Note[], done: (written: boolean) => void) => void;

interface Member {
  id: number;
  server: number;
  /** What it said that it owns when it joined. */
  owned: readonly number[];
  /** What it was given. */
  partitions: readonly number[];
  joining: Reply | null;
  syncing: Reply | null;
  lease: Actor;
}

/** One consumer group at its coordinator: who is in it, what belongs to whom, and where it stands. */
export class Group {
  readonly name: string;
  /** Committed offsets, by partition. */
  readonly offsets = new Map<number, number>();
  readonly #cluster: Cluster;
  readonly #place: Place;
  readonly #write: WriteNotes;
  readonly #actor: Actor;
  readonly #members = new Map<number, Member>();
  #generation = 0;

  constructor(cluster: Cluster, place: Place, name: string, write: WriteNotes) {
    const { config } = cluster;
    this.#cluster = cluster;
    this.#place = place;
    this.name = name;
    this.#write = write;
    this.#actor = place.start<Group>('group', this, {
      initialMs: config.initialRebalanceMs,
      rebalanceMs: config.maxPollIntervalUs / 1000,
    });
  }

  /** A new coordinator takes over: everybody is still in, and has its session's length to be heard of. */
  restore({ generation, members }: Note & { about: 'group' }): void {
    this.#generation = generation;
    for (const { id, server, partitions } of members)
      this.#members.set(id, { ...this.#newMember(id, server), partitions });
    if (members.length > 0) this.#actor.send({ type: 'restored' });
  }

  stop(): void {
    for (const { lease, joining, syncing } of this.#members.values()) {
      lease.stop();
      for (const reply of [joining, syncing]) reply?.({ failure: 'not coordinator' });
    }
    this.#actor.stop();
  }

  join({ member: id, server, owned }: Request & { api: 'join-group' }, reply: Reply): void {
    const member = id === 0 ? this.#admit(server) : this.#members.get(id);
    if (member === undefined) {
      reply({ failure: 'unknown member' });
      return;
    }
    member.owned = owned;
    member.joining = reply;
    this.#witness(server, 'joining');
    this.#actor.send({ type: 'join' });
    this.#checkJoined();
  }

  /** A rebalance begins: who waits for the outcome of the last one has to join again. */
  interrupt(): void {
    for (const member of this.#members.values()) {
      member.syncing?.({ failure: 'rebalance in progress' });
      member.syncing = null;
    }
    this.#checkJoined();
  }

  /** Everybody is there, or out of time: the first is told who they are, to deal out the partitions. */
  answerJoins(): void {
    for (const member of [...this.#members.values()])
      if (member.joining === null) this.#strike(member, 'too late');
    if (this.#members.size === 0) {
      this.#actor.send({ type: 'emptied' });
      return;
    }
    this.#generation++;
    const members = [...this.#members.values()];
    const [leader] = members;
    const everybody = members.map(
      ({ id, server, owned }): GroupMember => ({ id, server, partitions: [...owned] }),
    );
    for (const member of members) {
      const { joining, lease } = member;
      member.joining = null;
      lease.send({ type: 'heartbeat' });
      joining?.({
        failure: '',
        member: member.id,
        generation: this.#generation,
        members: member === leader ? everybody : null,
      });
    }
  }

  sync({ member: id, generation, assignments }: Request & { api: 'sync-group' }, reply: Reply): void {
    const member = this.#members.get(id);
    const failure = this.#known(member, generation);
    if (member === undefined || failure !== '') {
      reply({ failure });
      return;
    }
    if (this.#actor.state === 'stable') {
      reply({ failure: '', partitions: [...member.partitions] });
      return;
    }
    if (this.#actor.state !== 'completing') {
      reply({ failure: 'rebalance in progress' });
      return;
    }
    member.syncing = reply;
    if (assignments !== null) this.#settle(assignments);
  }

  heartbeat(id: number, generation: number): Failure {
    const member = this.#members.get(id);
    member?.lease.send({ type: 'heartbeat' });
    const failure = this.#known(member, generation);
    return failure === '' && this.#actor.state === 'preparing' ? 'rebalance in progress' : failure;
  }

  leave(id: number): Failure {
    const member = this.#members.get(id);
    if (member === undefined) return 'unknown member';
    this.#remove(member, 'left');
    return '';
  }

  /** Who reads without a group's protocol commits as nobody (member 0), and only while nobody else is there. */
  mayCommit(id: number, generation: number): Failure {
    if (id === 0) return this.#members.size === 0 ? '' : 'unknown member';
    const failure = this.#known(this.#members.get(id), generation);
    return failure === '' && this.#actor.state === 'completing' ? 'rebalance in progress' : failure;
  }

  /** The leader's word is written down, and then told to everybody. */
  #settle(assignments: readonly GroupMember[]): void {
    for (const { id, partitions } of assignments) {
      const member = this.#members.get(id);
      if (member !== undefined) member.partitions = partitions;
    }
    const generation = this.#generation;
    const members = [...this.#members.values()].map(
      ({ id, server, partitions }): GroupMember => ({ id, server, partitions: [...partitions] }),
    );
    this.#write([{ about: 'group', group: this.name, generation, members }], (written) => {
      if (this.#generation !== generation || this.#actor.state !== 'completing') return;
      for (const member of this.#members.values()) {
        const { syncing, partitions, server } = member;
        member.syncing = null;
        if (written && syncing !== null) this.#witness(server, 'a member');
        syncing?.({ failure: written ? '' : 'not coordinator', partitions: [...partitions] });
      }
      if (written) this.#actor.send({ type: 'synced' });
      else this.#actor.send({ type: 'left' });
    });
  }

  #admit(server: number): Member {
    const id = this.#place.random('member ids').integer(0x3fffffff) + 1;
    const member = this.#newMember(id, server);
    this.#members.set(id, member);
    return member;
  }

  #newMember(id: number, server: number): Member {
    const expire = () => {
      const member = this.#members.get(id);
      // Who waits for an answer cannot be asked for a sign of life.
      if (member === undefined || member.joining !== null || member.syncing !== null) return;
      this.#remove(member, 'expired');
    };
    const lease = this.#place.start('session', expire, { sessionMs: this.#cluster.config.sessionMs });
    return { id, server, owned: [], partitions: [], joining: null, syncing: null, lease };
  }

  #strike(member: Member, state: string): void {
    this.#members.delete(member.id);
    member.lease.stop();
    this.#witness(member.server, state);
  }

  #remove(member: Member, state: string): void {
    this.#strike(member, state);
    this.#actor.send({ type: this.#members.size === 0 ? 'emptied' : 'left' });
    this.#checkJoined();
  }

  #checkJoined(): void {
    if (this.#actor.state !== 'preparing') return;
    if ([...this.#members.values()].every(({ joining }) => joining !== null))
      this.#actor.send({ type: 'all joined' });
  }

  #known(member: Member | undefined, generation: number): Failure {
    if (member === undefined) return 'unknown member';
    return generation === this.#generation ? '' : 'illegal generation';
  }

  #witness(server: number, state: string): void {
    const { witness, io } = this.#cluster;
    witness.member(this.name, io.servers[server] as Place, state);
  }
}

export const GROUP_ROLE: Role = {
  machine: groupMachine,
  effects: {
    interrupt: (group: Group) => group.interrupt(),
    answerJoins: (group: Group) => group.answerJoins(),
  },
};

export const SESSION_ROLE: Role = {
  machine: leaseMachine,
  effects: { expire: (expire: () => void) => expire() },
};
