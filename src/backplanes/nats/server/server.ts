import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { ServerConfig } from '../options.ts';
import type { Payload } from '../protocol.ts';
import { matches } from '../subjects.ts';
import { type ConnectionHome, type Interest, ServerConnection } from './connection.ts';

/** What is built on top of a server: it sees every message that passes, and who listens. */
export interface Inside {
  /** CPU time that a message costs it, µs. */
  costUs?(subject: string): number;
  /** A message was published. @param receivers places of the connections that it goes to */
  published?(subject: string, reply: string, payload: Payload, receivers: readonly Place[]): void;
  /** Somebody subscribed, unsubscribed, or left. */
  interestChanged?(): void;
  /** For the books: a message that was on its way to a client will not arrive there. */
  lost?(payload: Payload, peer: Place, reason: string): void;
}

/** nats-server: it knows its connections and what each is subscribed to. */
export class NatsServer implements ConnectionHome {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly config: ServerConfig;
  readonly #inside: Inside;
  /** In the order in which they were opened. */
  readonly #connections = new Set<ServerConnection>();

  constructor(io: BackplaneIo, place: Place, config: ServerConfig, inside: Inside) {
    this.io = io;
    this.place = place;
    this.config = config;
    this.#inside = inside;
    place.listen((wire) => {
      const connection = new ServerConnection(this, wire);
      this.#connections.add(connection);
      return connection;
    });
  }

  get nowUs(): number {
    return this.io.sim.kernel.nowUs;
  }

  /** How many subscriptions a message for a subject goes to. */
  receiversOf(subject: string): number {
    const { single, groups } = this.#interestIn(subject);
    return single.length + groups.size;
  }

  /** CPU time of taking a message in and passing it on, µs. */
  costUs(subject: string): number {
    const { perMessageUs, perDeliveryUs } = this.config;
    return perMessageUs + perDeliveryUs * this.receiversOf(subject) + (this.#inside.costUs?.(subject) ?? 0);
  }

  /** Whether anybody listens to a subject. */
  hasInterest(subject: string): boolean {
    return this.receiversOf(subject) > 0;
  }

  /** Passes a message on to whoever is subscribed now: to each subscription, and to one of each queue group. */
  publish(subject: string, reply: string, payload: Payload): void {
    const receivers = this.deliver(subject, reply, payload);
    this.#inside.published?.(subject, reply, payload, receivers);
  }

  /** The same for what comes from inside. @returns places of the connections that it goes to */
  deliver(subject: string, reply: string, payload: Payload, asSubject = subject): Place[] {
    const { single, groups } = this.#interestIn(subject);
    const chosen = [...single];
    // It begins at a random member and takes the first that can have it (client.go, processMsgResults).
    for (const members of groups.values())
      chosen.push(
        members.length === 1
          ? (members[0] as Interest)
          : (members[this.place.random('queue group').integer(members.length)] as Interest),
      );
    for (const { connection, sid } of chosen) {
      if (payload.message > 0) this.io.counts.forwarded++;
      connection.say({ op: 'MSG', sid, subject: asSubject, reply, payload });
    }
    return chosen.map(({ connection }) => connection.wire.peer);
  }

  interestChanged(): void {
    this.#inside.interestChanged?.();
  }

  left(connection: ServerConnection): void {
    this.#connections.delete(connection);
    this.interestChanged();
  }

  lost(payload: Payload, peer: Place, reason: string): void {
    this.#inside.lost?.(payload, peer, reason);
  }

  #interestIn(subject: string): { single: Interest[]; groups: Map<string, Interest[]> } {
    const single: Interest[] = [];
    const groups = new Map<string, Interest[]>();
    for (const { interests } of this.#connections)
      for (const interest of interests.values()) {
        if (!matches(interest.subject, subject)) continue;
        const { queue } = interest;
        if (queue === '') single.push(interest);
        else groups.set(queue, [...(groups.get(queue) ?? []), interest]);
      }
    return { single, groups };
  }
}
