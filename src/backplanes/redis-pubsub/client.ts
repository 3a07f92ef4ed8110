import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { RedisPubsubOptions } from './options.ts';
import { INFO_BYTES } from './wire.ts';

/** What a process asks of Redis. */
export type Command =
  | { command: 'info' }
  | { command: 'publish'; message: number; done: boolean }
  | { command: 'subscribe' | 'unsubscribe'; rooms: readonly number[] }
  | { command: 'psubscribe' };

/** What Redis says. */
export type Reply = { reply: 'info' | 'published' | 'confirmed' } | { reply: 'message'; message: number };

/** A process' connection to Redis: its machine decides, this carries it out. */
export abstract class RedisClient implements WireOwner {
  readonly place: Place;
  protected readonly io: BackplaneIo;
  protected readonly options: RedisPubsubOptions;
  protected wire: Wire | null = null;
  readonly #actor: Actor;

  /** @param role its key among the plug-in's roles */
  constructor(io: BackplaneIo, place: Place, options: RedisPubsubOptions, role: string) {
    this.io = io;
    this.place = place;
    this.options = options;
    this.#actor = place.start(role, this, {
      stepMs: options.retryStepMs,
      maxMs: options.retryMaxMs,
      connectTimeoutMs: options.connectTimeoutMs,
      maxRetries: options.maxRetries ?? -1,
    });
    this.#actor.send({ type: 'start' });
  }

  connect(): void {
    this.wire = this.place.connect(this.io.nodes[0] as Place, 'redis.connect', this);
  }

  check(): void {
    this.ask('redis.info', INFO_BYTES, { command: 'info' });
  }

  hangUp(): void {
    this.wire?.close();
    this.wire = null;
  }

  /** The connection is ready, or there is something new to do on it. */
  abstract serve(): void;
  /** It has been down for too long. */
  abstract giveUpQueue(): void;
  protected abstract heard(reply: Reply): void;
  protected abstract disconnected(): void;

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    const reply = content as Reply;
    if (reply.reply === 'info') this.#actor.send({ type: 'checked' });
    else this.heard(reply);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.wire) return;
    this.wire = null;
    this.disconnected();
    this.#actor.send({ type: 'closed' });
  }

  /** There is something to do, as soon as the connection is ready. */
  protected want(): void {
    this.#actor.send({ type: 'wanted' });
  }

  protected ask(what: string, bytes: number, command: Command, message = 0): void {
    this.wire?.send(what, bytes, command, message, message === 0 ? 0 : 1);
  }
}

/** What the machine of either role can have done. */
export const CLIENT_EFFECTS = {
  connect: (client: RedisClient) => client.connect(),
  check: (client: RedisClient) => client.check(),
  serve: (client: RedisClient) => client.serve(),
  hangUp: (client: RedisClient) => client.hangUp(),
  giveUpQueue: (client: RedisClient) => client.giveUpQueue(),
};
