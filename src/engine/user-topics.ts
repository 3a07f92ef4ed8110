import type { Plan } from './contract/plan.ts';
import type { Sim } from './contract/sim.ts';
import { membersOf } from './layout.ts';
import type { Messages } from './messages.ts';
import { Topics } from './topics.ts';

/**
 * A topic for each user: a message is copied to the topic of each member of its room when it is written. Copies have
 * numbers of their own, which the backplane and the servers go by, and records do not.
 */
export class UserTopics extends Topics {
  override readonly perUser = true;
  /** Members of each room, by the clients' numbers, rising. */
  readonly #members: readonly (readonly number[])[];
  /** Of each copy: its message and its client. */
  readonly #messageOf: number[] = [0];
  readonly #clientOf: number[] = [-1];
  /** The first copy of each message. */
  readonly #firstOf = new Map<number, number>();

  constructor(plan: Plan, rooms: readonly string[], messages: Messages) {
    super(plan, rooms, messages);
    const members = membersOf(plan);
    this.#members = rooms.map((room) =>
      members.flatMap(({ group }, client) => (group.rooms.includes(room) ? [client] : [])),
    );
  }

  override copy(message: number): number[] {
    const copies: number[] = [];
    for (const client of this.#members[this.messages.room[message] as number] ?? []) {
      if (!this.messages.isFor(message, client)) continue;
      copies.push(this.#messageOf.push(message) - 1);
      this.#clientOf.push(client);
    }
    if (copies.length > 0) this.#firstOf.set(message, copies[0] as number);
    return copies;
  }

  override messageOf(copy: number): number {
    return this.#messageOf[copy] ?? 0;
  }

  override topicOf(copy: number): number {
    return this.#clientOf[copy] as number;
  }

  override copyFor(message: number, client: number): number | undefined {
    if (message === 0) return 0;
    const first = this.#firstOf.get(message);
    if (first === undefined) return undefined;
    for (let copy = first; this.#messageOf[copy] === message; copy++)
      if (this.#clientOf[copy] === client) return copy;
    return undefined;
  }

  override of(client: number, _rooms: readonly number[]): readonly number[] {
    return [client];
  }

  override roomsOf(topic: number): number[] {
    return this.#members.flatMap((clients, room) => (clients.includes(topic) ? [room] : []));
  }

  override simOf(sim: Sim): Sim {
    const { units } = sim;
    return {
      ...sim,
      units: {
        create: (connection, down, what, bytes, content, copy = 0, copies = 0) =>
          units.create(connection, down, what, bytes, content, ...this.#carried(copy, copies)),
        peek: (unit) => units.peek(unit),
        take: (unit) => units.take(unit),
      },
    };
  }

  /** The messages that so many copies from one on are of: the first, and how many. */
  #carried(copy: number, copies: number): [message: number, messages: number] {
    if (copies === 0) return [0, 0];
    const first = this.messageOf(copy);
    return [first, this.messageOf(copy + copies - 1) - first + 1];
  }
}
