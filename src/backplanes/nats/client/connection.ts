import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../../engine/contract/place.ts';
import type { ConnectionConfig } from '../options.ts';
import { type ClientOp, clientBytes, type Payload, type ServerOp, wordOf } from '../protocol.ts';
import { connectionMachine } from './connection.machine.ts';
import type { Delivery, Subscription } from './subscription.ts';

/** What the process that has a connection is told. */
export interface ConnectionOwner {
  /** It is ready, for the first time or again. */
  connected?(): void;
  disconnected?(): void;
  /** For the books: what it published will not arrive, for this reason. */
  lost?(payload: Payload, reason: string): void;
}

/** A process' one connection to NATS, on which it publishes and subscribes. */
export class Connection implements WireOwner {
  readonly place: Place;
  readonly #io: BackplaneIo;
  readonly #config: ConnectionConfig;
  readonly #owner: ConnectionOwner;
  readonly #actor: Actor;
  readonly #subscriptions = new Map<number, Subscription>();
  #sids = 0;
  #wire: Wire | null = null;
  #ready = false;
  #closed = false;
  /** What is published while there is no connection (`natsWriter.pending`). */
  #pending: ClientOp[] = [];
  #pendingBytes = 0;

  constructor(io: BackplaneIo, place: Place, config: ConnectionConfig, owner: ConnectionOwner) {
    this.#io = io;
    this.place = place;
    this.#config = config;
    this.#owner = owner;
    this.#actor = place.start<Connection>('client', this, {
      waitMs: config.reconnectWaitMs,
      jitterMs: config.reconnectJitterMs,
      timeoutMs: config.timeoutMs,
      pingMs: config.clientPingMs,
      maxPingsOut: config.clientMaxPingsOut,
      maxReconnects: config.maxReconnects ?? -1,
    });
    this.#actor.send({ type: 'start' });
  }

  /** Whether there is a connection now. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether `publish` would take a message: a connection that was given up throws, and so does a full buffer. */
  get takes(): boolean {
    return !this.#closed && (this.#ready || this.#pendingBytes < this.#config.reconnectBufBytes);
  }

  /** Sends a message, or keeps it until there is a connection again. Nobody confirms it. */
  publish(subject: string, reply: string, payload: Payload): void {
    this.#say({ op: 'PUB', subject, reply, payload });
  }

  /** @param queue name of the queue group; '': none */
  subscribe(subject: string, queue: string, handle: (delivery: Delivery) => void): Subscription {
    const subscription = { sid: ++this.#sids, subject, queue, handle };
    this.#subscriptions.set(subscription.sid, subscription);
    if (this.#ready) this.#send({ op: 'SUB', sid: subscription.sid, subject, queue });
    return subscription;
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.sid);
    if (this.#ready) this.#send({ op: 'UNSUB', sid: subscription.sid });
  }

  connect(): void {
    this.#wire = this.place.connect(this.#io.nodes[0] as Place, 'nats.connection', this);
  }

  greet(): void {
    this.#send({ op: 'CONNECT' });
    this.#send({ op: 'PING' });
  }

  /** Subscriptions are made anew, then goes what waited (`resendSubscriptions`, `flushReconnectPendingItems`). */
  serve(): void {
    this.#ready = true;
    for (const { sid, subject, queue } of this.#subscriptions.values())
      this.#send({ op: 'SUB', sid, subject, queue });
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    for (const said of pending) this.#send(said);
    this.#owner.connected?.();
  }

  ping(): void {
    this.#send({ op: 'PING' });
  }

  hangUp(): void {
    const wire = this.#wire;
    this.#wire = null;
    this.#down();
    wire?.close();
  }

  giveUp(): void {
    this.#closed = true;
    this.forgetPending('the client gave its connection up');
  }

  /** What waits will not be sent. */
  forgetPending(reason: string): void {
    for (const said of this.#pending) if (said.op === 'PUB') this.#owner.lost?.(said.payload, reason);
    this.#pending = [];
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    const said = content as ServerOp;
    switch (said.op) {
      case 'INFO':
        this.#actor.send({ type: 'info' });
        return;
      case 'PING':
        this.#send({ op: 'PONG' });
        return;
      case 'PONG':
        this.#actor.send({ type: 'pong' });
        return;
      default:
        this.#subscriptions.get(said.sid)?.handle(said);
    }
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#down();
    this.#actor.send({ type: 'closed', random: this.place.random('reconnect').uniform() });
  }

  lost(content: unknown): void {
    const said = content as ClientOp;
    if (said.op === 'PUB') this.#owner.lost?.(said.payload, 'connection to NATS lost');
  }

  #down(): void {
    if (!this.#ready) return;
    this.#ready = false;
    this.#owner.disconnected?.();
  }

  #say(said: ClientOp): void {
    if (this.#ready) {
      this.#send(said);
      return;
    }
    this.#pending.push(said);
    this.#pendingBytes += clientBytes(said);
  }

  #send(said: ClientOp): void {
    const message = said.op === 'PUB' ? said.payload.message : 0;
    this.#wire?.send(wordOf(said), clientBytes(said), said, message, message === 0 ? 0 : 1);
  }
}

export const CLIENT_ROLE: Role = {
  machine: connectionMachine,
  effects: {
    connect: (connection: Connection) => connection.connect(),
    greet: (connection: Connection) => connection.greet(),
    serve: (connection: Connection) => connection.serve(),
    ping: (connection: Connection) => connection.ping(),
    hangUp: (connection: Connection) => connection.hangUp(),
    giveUp: (connection: Connection) => connection.giveUp(),
  },
};
