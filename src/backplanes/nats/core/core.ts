import type { Backplane, BackplaneIo, Options } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { AppQueue } from '../client/app-queue.ts';
import { Connection } from '../client/connection.ts';
import type { Delivery, Subscription } from '../client/subscription.ts';
import { type ConnectionConfig, connectionConfigOf, OWN_LIMIT, serverConfigOf } from '../options.ts';
import type { Payload } from '../protocol.ts';
import { NatsServer } from '../server/server.ts';
import { patternFor, type Subscribing, subjectOf } from '../subjects.ts';

const QUEUE_GROUP = 'servers';

/** A process with its connection, and what it is subscribed to, if it is a server. */
interface Member {
  connection: Connection;
  /** Rooms that clients of the server watch. */
  rooms: Set<number>;
  /** By pattern. */
  subscriptions: Map<string, { subscription: Subscription; queue: AppQueue<Delivery> }>;
}

/** Core NATS: one server, and a connection from each process, on which it publishes and subscribes. */
export class Core implements Backplane {
  readonly #io: BackplaneIo;
  readonly #options: Options;
  readonly #config: ConnectionConfig;
  readonly #members = new Map<Place, Member>();

  constructor(io: BackplaneIo, options: Options) {
    this.#io = io;
    this.#options = options;
    this.#config = connectionConfigOf(options);
  }

  offer(source: Place): boolean {
    return source.up && this.#members.get(source)?.connection.takes === true;
  }

  publish(message: number, source: Place): void {
    this.#io.counts.published++;
    const subject = subjectOf(this.#io.rooms[this.#io.roomOf(message)] as string);
    const payload = { message, bytes: this.#io.bytesOf(message), headerBytes: 0, what: '', body: null };
    this.#members.get(source)?.connection.publish(subject, '', payload);
  }

  subscribe(server: Place, room: number): void {
    const member = this.#members.get(server);
    if (member === undefined) return;
    member.rooms.add(room);
    const pattern = this.#patternOf(room);
    if (member.subscriptions.has(pattern)) return;
    const group = this.#options.queueGroup === true ? QUEUE_GROUP : '';
    const limits = { messages: this.#config.subPendingMsgs, bytes: this.#config.subPendingBytes };
    const queue = new AppQueue<Delivery>(server, this.#io.receiveUs, limits, ({ payload }) => {
      // What was on its way when the last client left, or fits the pattern and is nobody's here.
      if (member.rooms.has(this.#io.roomOf(payload.message))) this.#io.hand(server, payload.message);
    });
    const subscription = member.connection.subscribe(pattern, group, (delivery) => {
      if (!queue.push(delivery)) this.#io.drop(delivery.payload.message, server, server, OWN_LIMIT);
    });
    member.subscriptions.set(pattern, { subscription, queue });
  }

  unsubscribe(server: Place, room: number): void {
    const member = this.#members.get(server);
    if (member === undefined) return;
    member.rooms.delete(room);
    const pattern = this.#patternOf(room);
    if ([...member.rooms].some((other) => this.#patternOf(other) === pattern)) return;
    const gone = member.subscriptions.get(pattern);
    if (gone === undefined) return;
    member.subscriptions.delete(pattern);
    gone.queue.close();
    member.connection.unsubscribe(gone.subscription);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      new NatsServer(this.#io, place, serverConfigOf(this.#options), {
        published: (_subject, _reply, { message }, receivers) => this.#passedOn(place, message, receivers),
        lost: ({ message }, peer, reason) => this.#io.drop(message, place, peer, reason),
      });
      return;
    }
    const lost = ({ message }: Payload, reason: string) => this.#io.drop(message, place, null, reason);
    const connection = new Connection(this.#io, place, this.#config, { lost });
    this.#members.set(place, { connection, rooms: new Set(), subscriptions: new Map() });
  }

  stopped(place: Place): void {
    this.#members.get(place)?.connection.forgetPending('publisher crashed');
    this.#members.delete(place);
  }

  /** The books: who watches the room, and was not among those that a message went to. */
  #passedOn(node: Place, message: number, receivers: readonly Place[]): void {
    const room = this.#io.roomOf(message);
    const shared = this.#options.queueGroup === true && receivers.length > 0;
    const reason = shared ? 'another member of the queue group has it' : 'not subscribed at that moment';
    const watchers = [...this.#members].flatMap(([server, { rooms }]) => (rooms.has(room) ? [server] : []));
    for (const server of watchers)
      if (!receivers.includes(server)) this.#io.drop(message, node, server, reason);
    if (receivers.length + watchers.length === 0)
      this.#io.drop(message, node, null, 'nobody was subscribed at that moment');
  }

  #patternOf(room: number): string {
    return patternFor(this.#io.rooms[room] as string, this.#options.subscribe as Subscribing);
  }
}
