import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Answer, GroupMember, Request } from '../protocol.ts';
import { assign } from './assignors.ts';
import { memberMachine } from './member.machine.ts';

/** What a membership needs of its consumer. */
export interface Membership {
  readonly group: string;
  /** Partitions that it has at the moment. */
  readonly owned: readonly number[];
  /** Asks the group's coordinator; null: it was not to be reached, or is another by now. */
  ask(request: Request, timeoutUs: number, done: (answer: Answer | null) => void): void;
  /** It is to rejoin as soon as its work at hand is done. */
  interrupt(): void;
  /** It has these partitions from now on. */
  assigned(partitions: readonly number[]): void;
}

/** A consumer as a member of its group. */
export class Member {
  readonly #place: Place;
  readonly #config: Config;
  readonly #home: Membership;
  readonly #actor: Actor;
  #dealing: GroupMember[] | null = null;
  id = 0;
  generation = -1;
  /** The group went on without it: what it had is not its own any more. */
  isLost = false;

  constructor(place: Place, config: Config, home: Membership) {
    this.#place = place;
    this.#config = config;
    this.#home = home;
    this.#actor = place.start<Member>('member', this, {
      heartbeatMs: config.heartbeatMs,
      backoffMs: config.retryBackoffMs,
    });
  }

  get mustRejoin(): boolean {
    return this.#actor.state === 'preparing';
  }

  /** The application asks for more: one that was outside joins. */
  polled(): void {
    this.#actor.send({ type: 'polled' });
  }

  /** What was at hand is done, and given back as far as it has to be. */
  prepared(): void {
    this.#actor.send({ type: 'prepared' });
  }

  /** The group does not know it any more. */
  lost(): void {
    this.id = 0;
    this.generation = -1;
    this.isLost = true;
    this.#actor.send({ type: 'rebalance begins' });
  }

  /** `max.poll.interval.ms` is over: it leaves by itself (KIP-62). */
  leave(): void {
    const request = { api: 'leave-group', group: this.#home.group, member: this.id } as const;
    this.#home.ask(request, this.#config.requestTimeoutUs, () => {});
    this.id = 0;
    this.generation = -1;
    this.isLost = true;
    this.#actor.send({ type: 'left' });
  }

  join(): void {
    const request = {
      api: 'join-group',
      group: this.#home.group,
      member: this.id,
      server: this.#place.index,
      owned: [...this.#home.owned],
    } as const;
    // The answer comes when everybody is there, or out of time.
    this.#home.ask(request, this.#config.maxPollIntervalUs + 5_000_000, (answer) => {
      if (answer?.failure !== '') return this.#failed(answer);
      this.id = answer.member as number;
      this.generation = answer.generation as number;
      const { members } = answer;
      this.#dealing =
        members == null ? null : assign(this.#config.assignment, members, this.#config.partitions);
      this.#actor.send({ type: 'joined' });
    });
  }

  sync(): void {
    const { id: member, generation } = this;
    const request = {
      api: 'sync-group',
      group: this.#home.group,
      member,
      generation,
      assignments: this.#dealing,
    } as const;
    this.#home.ask(request, this.#config.maxPollIntervalUs + 5_000_000, (answer) => {
      if (answer?.failure === 'rebalance in progress') {
        this.#actor.send({ type: 'rebalance begins' });
        return;
      }
      if (answer?.failure !== '') return this.#failed(answer);
      this.#actor.send({ type: 'synced' });
      this.#settle(answer.partitions ?? []);
    });
  }

  heartbeat(): void {
    const { id: member, generation } = this;
    if (member === 0) return;
    const request = { api: 'heartbeat', group: this.#home.group, member, generation } as const;
    this.#home.ask(request, this.#config.sessionMs * 1000, (answer) => {
      if (member !== this.id) return;
      const failure = answer?.failure ?? '';
      if (failure === 'rebalance in progress') this.#actor.send({ type: 'rebalance begins' });
      if (
        failure === 'unknown member' ||
        (failure === 'illegal generation' && generation === this.generation)
      )
        this.lost();
    });
  }

  interrupt(): void {
    this.#home.interrupt();
  }

  /** What it no longer owns it gives back; the others can have it when it has joined once more (KIP-429). */
  #settle(partitions: readonly number[]): void {
    const givesBack = this.#home.owned.some((one) => !partitions.includes(one));
    this.isLost = false;
    this.#home.assigned(partitions);
    if (givesBack) this.#actor.send({ type: 'rebalance begins' });
  }

  #failed(answer: Answer | null): void {
    if (answer?.failure === 'unknown member' || answer?.failure === 'illegal generation') {
      this.id = 0;
      this.generation = -1;
    }
    this.#actor.send({ type: 'failed' });
  }
}

export const MEMBER_ROLE: Role = {
  machine: memberMachine,
  effects: {
    join: (member: Member) => member.join(),
    sync: (member: Member) => member.sync(),
    heartbeat: (member: Member) => member.heartbeat(),
    interrupt: (member: Member) => member.interrupt(),
  },
};
