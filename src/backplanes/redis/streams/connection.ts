import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../../engine/contract/place.ts';
import type { Home } from './home.ts';
import type { Command, Found, Reply } from './protocol.ts';
import { entriesOf } from './protocol.ts';
import { replyBytes } from './wire.ts';

/** A command that waits for entries. */
export type Read = Extract<Command, { command: 'xread' | 'xreadgroup' }>;

/** Redis, as far as a connection needs it. */
export interface Executor {
  readonly home: Home;
  readonly place: Place;
  readonly connections: Set<RedisConnection>;
  readonly blocked: Set<RedisConnection>;
  costUs(command: Command): number;
  execute(command: Command, from: RedisConnection): void;
}

/** Words of the vocabulary for the answers. */
const ANSWERS: Partial<Record<Command['command'], string>> = {
  setinfo: 'redis.setinfo-reply',
  info: 'redis.info-reply',
  xadd: 'redis.added',
  xread: 'redis.entries',
  xreadgroup: 'redis.entries',
  xrange: 'redis.entries',
  xautoclaim: 'redis.claimed',
};

/** Redis' side of one connection. */
export class RedisConnection implements WireOwner {
  readonly wire: Wire;
  readonly #node: Executor;
  readonly #actor: Actor;
  #read: Read | null = null;
  /** Commands that came behind a read that waits. */
  #muted: Command[] = [];

  constructor(node: Executor, wire: Wire) {
    this.#node = node;
    this.wire = wire;
    const { blockMs } = node.home.config;
    this.#actor = node.place.start<RedisConnection>('connection', this, { blockMs }, wire.connection);
  }

  /** The read that waits. */
  get read(): Read | null {
    return this.#read;
  }

  costUs(content: unknown): number {
    return this.#node.costUs(content as Command);
  }

  received(content: unknown): void {
    if (this.#read === null) this.#node.execute(content as Command, this);
    else this.#muted.push(content as Command);
  }

  answer(command: Command, reply: Reply): void {
    const { books, sizes } = this.#node.home;
    if (command.command !== 'xrange') books.sent(this.wire.peer, reply);
    const what = reply.error === undefined ? (ANSWERS[command.command] ?? 'redis.reply') : 'redis.error';
    const nothing = what === 'redis.entries' && entriesOf(reply).length === 0;
    const bytes = replyBytes(command, reply, sizes);
    const messages = entriesOf(reply).map(({ message }) => message);
    sendCarrying(this.wire, nothing ? 'redis.nothing' : what, bytes, reply, messages);
  }

  /** Nothing is there for this read: it waits. */
  block(read: Read): void {
    this.#read = read;
    this.#node.blocked.add(this);
    this.#actor.send({ type: 'block' });
  }

  /** What it waited for has come. */
  serve(found: readonly Found[]): void {
    const read = this.#read as Read;
    this.#actor.send({ type: 'served' });
    this.#done(read, { found });
  }

  /** CLIENT UNBLOCK. @returns whether it was blocked */
  unblock(): boolean {
    const blocked = this.#read !== null;
    this.#actor.send({ type: 'unblock' });
    return blocked;
  }

  answerNothing(): void {
    if (this.#read !== null) this.#done(this.#read, {});
  }

  closed(_reason: CloseReason): void {
    this.#read = null;
    this.#muted = [];
    this.#node.connections.delete(this);
    this.#node.blocked.delete(this);
    this.#actor.stop();
  }

  lost(content: unknown): void {
    if (content !== null) this.#node.home.books.lost(this.wire.peer, content as Reply);
  }

  #done(read: Read, reply: Reply): void {
    this.#read = null;
    this.#node.blocked.delete(this);
    this.answer(read, reply);
    for (const command of this.#muted.splice(0)) this.received(command);
  }
}

export const CONNECTION_EFFECTS = {
  answerNothing: (connection: RedisConnection) => connection.answerNothing(),
};
