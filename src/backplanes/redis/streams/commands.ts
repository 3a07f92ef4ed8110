import type { Place } from '../../../engine/contract/place.ts';
import { RedisClient } from '../client/client.ts';
import type { Home } from './home.ts';
import type { Asking, Command, Reply } from './protocol.ts';
import { commandBytes } from './wire.ts';

/** What a command comes to; null: the connection broke, or Redis was away for too long. */
export type Done = (reply: Reply | null) => void;

interface Asked {
  command: Asking;
  done: Done;
}

/** Words of the vocabulary for the commands. */
const WORDS: Readonly<Record<Asking['command'], string>> = {
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
export class Client extends RedisClient {
  /** Number that Redis has given to the connection; 0: not known. */
  id = 0;
  /** Called when it is known. */
  identified: () => void = () => {};
  /** Told, for the books only, of a command that nobody will ever have an answer to. */
  neverAnswered: (command: Asking) => void = () => {};
  readonly #home: Home;
  readonly #blocking: boolean;
  readonly #lost: (command: Command) => void;
  #waiting: Asked[] = [];
  #flying: Asked[] = [];
  /** Without `resend`: what was under way on the last connection; nobody is told, unless it is given up first. */
  #forgotten: Asked[] = [];

  /** @param lost told, for the books only, what Redis will never get */
  constructor(home: Home, place: Place, blocking: boolean, lost: (command: Command) => void = () => {}) {
    super(home.io, place, home.config, blocking ? 'blocking client' : 'client');
    this.#home = home;
    this.#blocking = blocking;
    this.#lost = lost;
  }

  /** Commands that have not been sent. */
  get unsent(): Asking[] {
    return this.#waiting.map(({ command }) => command);
  }

  ask(command: Asking, done: Done = () => {}): void {
    this.#waiting.push({ command, done });
    this.want();
  }

  /** Whether a command waits, or is under way: its answer may still come. */
  get isAsking(): boolean {
    return this.#waiting.length + this.#flying.length > 0;
  }

  override opened(): void {
    // From here on it has a new queue of commands (connectHandler, resetCommandQueue).
    for (const { command } of this.#forgotten.splice(0)) this.neverAnswered(command);
    super.opened();
  }

  override check(): void {
    super.check();
    // To be unblocked by its other connection when there is one more stream to wait for.
    if (this.#blocking) this.#send({ command: 'client-id' });
  }

  serve(): void {
    for (const asked of this.#waiting.splice(0)) {
      this.#flying.push(asked);
      this.#send(asked.command);
      this.tell('asked');
    }
  }

  giveUpQueue(): void {
    const open = [...this.#forgotten.splice(0), ...this.#waiting.splice(0)];
    for (const { done } of open) this.place.later(0, () => done(null));
  }

  lost(content: unknown): void {
    this.#lost(content as Command);
  }

  protected heard(content: unknown): void {
    const reply = content as Reply;
    if (reply.client !== undefined) {
      this.id = reply.client;
      this.identified();
      return;
    }
    const asked = this.#flying.shift();
    this.tell(this.#flying.length > 0 ? 'heard' : 'settled');
    asked?.done(reply);
  }

  /**
   * ioredis' `autoResendUnfulfilledCommands`: what was not answered is asked again when there is a connection. Without it
   * the commands are dropped then, and their promises stay open for ever (readyHandler, `prevCommandQueue = null`).
   */
  protected disconnected(): void {
    this.id = 0;
    const open = this.#flying.splice(0);
    if (!this.#home.config.resend) {
      // What becomes of an XADD is in the books, and nobody waits for it.
      this.#forgotten.push(...open.filter(({ command }) => command.command !== 'xadd'));
      return;
    }
    this.io.counts.redelivered += open.filter(({ command }) => command.command === 'xadd').length;
    this.#waiting = [...open, ...this.#waiting];
  }

  #send(command: Asking): void {
    const message = command.command === 'xadd' ? command.message : 0;
    const bytes = commandBytes(command, this.#home.sizes);
    this.wire?.send(WORDS[command.command], bytes, command, message, message === 0 ? 0 : 1);
  }
}
