import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { Home } from './home.ts';
import type { Command, Reply } from './protocol.ts';
import { commandBytes } from './wire.ts';

/** What a command comes to; null: the connection broke, or Redis was away for too long. */
export type Done = (reply: Reply | null) => void;

interface Asked {
  command: Command;
  done: Done;
}

/** Words of the vocabulary for the commands. */
const WORDS: Readonly<Record<Command['command'], string>> = {
  info: 'redis.info',
  'client-id': 'redis.client-id',
  unblock: 'redis.unblock',
  xadd: 'redis.xadd',
  xread: 'redis.xread',
  xreadgroup: 'redis.xreadgroup',
  xrevrange: 'redis.xrevrange',
  xrange: 'redis.xrange',
  xgroup: 'redis.xgroup',
  xack: 'redis.xack',
  xautoclaim: 'redis.xautoclaim',
};

/** A process' connection to Redis: commands wait while it is down, and are answered in order. */
export class Client implements WireOwner {
  readonly place: Place;
  /** Number that Redis has given to the connection; 0: not known. */
  id = 0;
  /** Called when it is known. */
  identified: () => void = () => {};
  readonly #home: Home;
  readonly #actor: Actor;
  readonly #blocking: boolean;
  readonly #lost: (command: Command) => void;
  #wire: Wire | null = null;
  #waiting: Asked[] = [];
  #flying: Asked[] = [];

  /** @param lost told, for the books only, what Redis will never get */
  constructor(home: Home, place: Place, blocking: boolean, lost: (command: Command) => void = () => {}) {
    const { config } = home;
    this.place = place;
    this.#home = home;
    this.#blocking = blocking;
    this.#lost = lost;
    this.#actor = place.start<Client>(blocking ? 'blocking client' : 'client', this, {
      stepMs: config.retryStepMs,
      maxMs: config.retryMaxMs,
      connectTimeoutMs: config.connectTimeoutMs,
      socketTimeoutMs: config.socketTimeoutMs,
      maxRetries: config.maxRetries ?? -1,
    });
    this.#actor.send({ type: 'start' });
  }

  /** Commands that have not been sent. */
  get unsent(): Command[] {
    return this.#waiting.map(({ command }) => command);
  }

  ask(command: Command, done: Done = () => {}): void {
    this.#waiting.push({ command, done });
    this.#actor.send({ type: 'wanted' });
  }

  connect(): void {
    this.#wire = this.place.connect(this.#home.io.nodes[0] as Place, 'redis.connect', this);
  }

  check(): void {
    this.#send({ command: 'info' });
    // To be unblocked by its other connection when there is one more stream to wait for.
    if (this.#blocking) this.#send({ command: 'client-id' });
  }

  flush(): void {
    for (const asked of this.#waiting.splice(0)) {
      this.#flying.push(asked);
      this.#send(asked.command);
      this.#actor.send({ type: 'asked' });
    }
  }

  hangUp(): void {
    const wire = this.#wire;
    this.#wire = null;
    this.#disconnected();
    wire?.close();
  }

  giveUpQueue(): void {
    for (const { done } of this.#waiting.splice(0)) this.place.later(0, () => done(null));
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    // A part of an answer, of which the rest is still to come.
    if (content === null) return;
    const reply = content as Reply;
    if (reply.info === true) {
      this.#actor.send({ type: 'checked' });
      return;
    }
    if (reply.client !== undefined) {
      this.id = reply.client;
      this.identified();
      return;
    }
    const asked = this.#flying.shift();
    this.#actor.send({ type: this.#flying.length > 0 ? 'heard' : 'settled' });
    asked?.done(reply);
  }

  lost(content: unknown): void {
    this.#lost(content as Command);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#disconnected();
    this.#actor.send({ type: 'closed' });
  }

  /** ioredis' `autoResendUnfulfilledCommands`: what was not answered is asked again, or has failed. */
  #disconnected(): void {
    this.id = 0;
    const open = this.#flying.splice(0);
    if (!this.#home.config.resend) {
      for (const { done } of open) this.place.later(0, () => done(null));
      return;
    }
    this.#home.io.counts.redelivered += open.filter(({ command }) => command.command === 'xadd').length;
    this.#waiting = [...open, ...this.#waiting];
  }

  #send(command: Command): void {
    const message = command.command === 'xadd' ? command.message : 0;
    const bytes = commandBytes(command, this.#home.sizes);
    this.#wire?.send(WORDS[command.command], bytes, command, message, message === 0 ? 0 : 1);
  }
}

/** What the machine of either kind of connection can have done. */
export const CLIENT_EFFECTS = {
  connect: (client: Client) => client.connect(),
  check: (client: Client) => client.check(),
  flush: (client: Client) => client.flush(),
  hangUp: (client: Client) => client.hangUp(),
  giveUpQueue: (client: Client) => client.giveUpQueue(),
};
