import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../../engine/contract/place.ts';
import { array, INFO_BYTES, words } from '../resp.ts';
import type { ClientConfig } from './options.ts';

/** What a client says first, the ready check, and their answers. */
export type Check = { command: 'setinfo'; what: 'LIB-NAME' | 'LIB-VER' } | { command: 'info' };
export interface Checked {
  setinfo?: 'LIB-NAME' | 'LIB-VER';
  info?: true;
}

/** A process' connection to Redis: its machine decides, this carries it out. */
export abstract class RedisClient implements WireOwner {
  readonly place: Place;
  protected readonly io: BackplaneIo;
  protected wire: Wire | null = null;
  readonly #actor: Actor;

  /** @param role its key among the plug-in's roles */
  constructor(io: BackplaneIo, place: Place, config: ClientConfig, role: string) {
    this.io = io;
    this.place = place;
    this.#actor = place.start<RedisClient>(role, this, {
      stepMs: config.retryStepMs,
      maxMs: config.retryMaxMs,
      connectTimeoutMs: config.connectTimeoutMs,
      socketTimeoutMs: config.socketTimeoutMs ?? Number.POSITIVE_INFINITY,
      maxRetries: config.maxRetries ?? -1,
    });
    this.#actor.send({ type: 'start' });
  }

  connect(): void {
    this.wire = this.place.connect(this.io.nodes[0] as Place, 'redis.connect', this);
  }

  introduce(): void {
    for (const what of ['LIB-NAME', 'LIB-VER'] as const) {
      const bytes = array(4) + words('client', 'SETINFO', what, what === 'LIB-NAME' ? 'ioredis' : '5.11.1');
      this.wire?.send('redis.setinfo', bytes, { command: 'setinfo', what } satisfies Check);
    }
  }

  check(): void {
    this.wire?.send('redis.info', INFO_BYTES, { command: 'info' } satisfies Check);
  }

  hangUp(): void {
    const { wire } = this;
    this.wire = null;
    this.disconnected();
    wire?.close();
  }

  /** The connection is ready, or there is something new to do on it. */
  abstract serve(): void;
  /** It has been down for too long. */
  abstract giveUpQueue(): void;
  protected abstract heard(reply: unknown): void;
  protected abstract disconnected(): void;

  opened(): void {
    this.tell('opened');
  }

  received(content: unknown): void {
    // A part of an answer, of which the rest is still to come.
    if (content === null) return;
    const { setinfo, info } = content as Checked;
    if (info === true) this.tell('checked');
    else if (setinfo === undefined) this.heard(content);
    else if (setinfo === 'LIB-VER') this.tell('introduced');
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.wire) return;
    this.wire = null;
    this.disconnected();
    this.tell('closed');
  }

  /** There is something to do, as soon as the connection is ready. */
  protected want(): void {
    this.tell('wanted');
  }

  /** The machine hears of what happened. */
  protected tell(type: string): void {
    this.#actor.send({ type });
  }
}

/** What the machine of any role can have done. */
export const CLIENT_EFFECTS = {
  connect: (client: RedisClient) => client.connect(),
  introduce: (client: RedisClient) => client.introduce(),
  check: (client: RedisClient) => client.check(),
  serve: (client: RedisClient) => client.serve(),
  hangUp: (client: RedisClient) => client.hangUp(),
  giveUpQueue: (client: RedisClient) => client.giveUpQueue(),
};
