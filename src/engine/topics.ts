import type { Plan } from './contract/plan.ts';
import { membersOf } from './layout.ts';
import type { Messages } from './messages.ts';

/**
 * What the backplane has topics for. Per room (and for a cached entry, which is a room's), a message is published once,
 * under its own number. Per user it is copied to the topic of each member of its room when it is written: copies have
 * numbers of their own, which the backplane and the servers go by, and records do not.
 */
export class Topics {
  readonly names: readonly string[];
  readonly perUser: boolean;
  readonly #messages: Messages;
  /** Members of each room, by the clients' numbers, rising. */
  readonly #members: readonly (readonly number[])[];
  /** Of each copy: its message and its client. */
  readonly #messageOf: number[] = [0];
  readonly #clientOf: number[] = [-1];
  /** The first copy of each message. */
  readonly #firstOf = new Map<number, number>();

  constructor(plan: Plan, rooms: readonly string[], messages: Messages) {
    this.names = topicNames(plan, rooms);
    this.perUser = plan.topics.kind === 'user';
    this.#messages = messages;
    const members = membersOf(plan);
    this.#members = rooms.map((room) =>
      members.flatMap(({ group }, client) => (group.rooms.includes(room) ? [client] : [])),
    );
  }

  /** Copies an accepted message for each of its topics. @returns the copies' numbers, rising by one */
  copy(message: number): number[] {
    if (!this.perUser) return [message];
    const copies: number[] = [];
    for (const client of this.#members[this.#messages.room[message] as number] ?? []) {
      if (!this.#messages.isFor(message, client)) continue;
      copies.push(this.#messageOf.push(message) - 1);
      this.#clientOf.push(client);
    }
    if (copies.length > 0) this.#firstOf.set(message, copies[0] as number);
    return copies;
  }

  messageOf(copy: number): number {
    return this.perUser ? (this.#messageOf[copy] ?? 0) : copy;
  }

  topicOf(copy: number): number {
    return this.perUser ? (this.#clientOf[copy] as number) : (this.#messages.room[copy] as number);
  }

  /** The copy of a message that goes to a client; undefined: there is none. Nothing (0) is nothing to everybody. */
  copyFor(message: number, client: number): number | undefined {
    if (!this.perUser || message === 0) return message;
    const first = this.#firstOf.get(message);
    if (first === undefined) return undefined;
    for (let copy = first; this.#messageOf[copy] === message; copy++)
      if (this.#clientOf[copy] === client) return copy;
    return undefined;
  }

  /** The topics that a client which watches rooms is served from. */
  of(client: number, rooms: readonly number[]): readonly number[] {
    return this.perUser ? [client] : rooms;
  }

  /** What of a topic's rooms there is, by number. */
  roomsOf(topic: number): number[] {
    if (!this.perUser) return [topic];
    return this.#members.flatMap((clients, room) => (clients.includes(topic) ? [room] : []));
  }

  /** The messages that so many copies from one on are of, for the record: the first, and how many. */
  carried(copy: number, copies: number): [message: number, messages: number] {
    if (!this.perUser || copies === 0) return [copy, copies];
    const first = this.messageOf(copy);
    return [first, this.messageOf(copy + copies - 1) - first + 1];
  }
}

/** Names of a run's topics: its rooms, or its clients as a subject may have them (`reader-1` for `reader/1`). */
export const topicNames = (plan: Plan, rooms: readonly string[]): string[] =>
  plan.topics.kind === 'user' ? membersOf(plan).map(({ name }) => name.replace('/', '-')) : [...rooms];
