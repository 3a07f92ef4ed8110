import type { Plan } from './contract/plan.ts';
import type { Sim } from './contract/sim.ts';
import { membersOf } from './layout.ts';
import type { Messages } from './messages.ts';

/**
 * What the backplane has topics for: rooms. A message, or the signal that a cached entry has it, is published once,
 * under its own number. Where users have topics, there are copies (`user-topics.ts`).
 */
export class Topics {
  readonly names: readonly string[];
  /** Messages are copied, and copies have numbers of their own. */
  readonly perUser: boolean = false;
  protected readonly messages: Messages;

  constructor(plan: Plan, rooms: readonly string[], messages: Messages) {
    this.names = topicNames(plan, rooms);
    this.messages = messages;
  }

  /** Copies an accepted message for each of its topics. @returns the copies' numbers, rising by one */
  copy(message: number): number[] {
    return [message];
  }

  messageOf(copy: number): number {
    return copy;
  }

  topicOf(copy: number): number {
    return this.messages.room[copy] as number;
  }

  /** The copy of a message that goes to a client; undefined: there is none. Nothing (0) is nothing to everybody. */
  copyFor(message: number, _client: number): number | undefined {
    return message;
  }

  /** The topics that a client which watches rooms is served from. */
  of(_client: number, rooms: readonly number[]): readonly number[] {
    return rooms;
  }

  /** The rooms whose messages a topic has. */
  roomsOf(topic: number): number[] {
    return [topic];
  }

  /** The simulation that processes of hop 2 see: in its records copies are the messages that they are of. */
  simOf(sim: Sim): Sim {
    return sim;
  }
}

/** Names of a run's topics: its rooms, or its clients as a subject may have them (`reader-1` for `reader/1`). */
export const topicNames = (plan: Plan, rooms: readonly string[]): string[] =>
  plan.topics.kind === 'user' ? membersOf(plan).map(({ name }) => name.replace('/', '-')) : [...rooms];
