import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../../engine/contract/place.ts';
import { INFO_REPLY_BYTES, UNKNOWN_BYTES } from '../resp.ts';
import type { RedisPubsubOptions } from './options.ts';
import { type Command, messageOf, type Reply } from './protocol.ts';
import { confirmBytes, messageBytes, PATTERN, patternMessageBytes, publishReplyBytes } from './wire.ts';

/** Redis: it knows its connections and what each is subscribed to, and nothing else. */
export class RedisNode {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly options: RedisPubsubOptions;
  /** In the order in which they were opened. */
  readonly connections = new Set<RedisConnection>();
  /** Servers that watch a room, connected or not: for the record of who misses what. */
  readonly #watchers: (room: number) => readonly Place[];

  constructor(
    io: BackplaneIo,
    place: Place,
    options: RedisPubsubOptions,
    watchers: (room: number) => readonly Place[],
  ) {
    this.io = io;
    this.place = place;
    this.options = options;
    this.#watchers = watchers;
    place.listen((wire) => {
      const connection = new RedisConnection(this, wire);
      this.connections.add(connection);
      return connection;
    });
  }

  /** Connections that are sent what is published in a room. */
  subscribersOf(room: number): RedisConnection[] {
    return [...this.connections].filter(({ rooms, pattern }) => pattern || rooms.has(room));
  }

  /** PUBLISH (`pubsubPublishMessage`). @returns how many connections it was passed on to */
  publish(message: number): number {
    const room = this.io.roomOf(message);
    const receivers = this.subscribersOf(room);
    for (const connection of receivers) connection.push(message, room);
    const reached = new Set(receivers.map(({ wire }) => wire.peer));
    const watchers = this.#watchers(room);
    for (const server of watchers)
      if (!reached.has(server)) this.io.drop(message, this.place, server, 'not subscribed at that moment');
    if (receivers.length + watchers.length === 0)
      this.io.drop(message, this.place, null, 'nobody was subscribed at that moment');
    return receivers.length;
  }
}

/** Redis' side of one connection. */
export class RedisConnection implements WireOwner {
  readonly wire: Wire;
  readonly rooms = new Set<number>();
  pattern = false;
  readonly #node: RedisNode;
  readonly #actor: Actor;
  /** Sizes of the last messages that were passed on, to tell how many of them wait. */
  #sizes: number[] = [];
  #cutOff = false;

  constructor(node: RedisNode, wire: Wire) {
    this.#node = node;
    this.wire = wire;
    const { hardLimitBytes, softLimitBytes, softLimitMs } = node.options;
    const limits = {
      hardBytes: hardLimitBytes,
      softBytes: softLimitBytes,
      softSeconds: Math.floor(softLimitMs / 1000),
    };
    this.#actor = node.place.start('connection', this, limits, wire.connection);
  }

  costUs(content: unknown): number {
    const { command, ...of } = content as Command & { message?: number };
    const { perCommandMs, perPushMs } = this.#node.options;
    if (command !== 'publish') return perCommandMs * 1000;
    const pushes = this.#node.subscribersOf(this.#node.io.roomOf(of.message as number)).length;
    return (perCommandMs + perPushMs * pushes) * 1000;
  }

  received(content: unknown): void {
    const command = content as Command;
    switch (command.command) {
      case 'setinfo':
        this.#answer('redis.setinfo-reply', UNKNOWN_BYTES, { setinfo: command.what });
        return;
      case 'info':
        this.#answer('redis.info-reply', INFO_REPLY_BYTES, { info: true });
        return;
      case 'publish': {
        const receivers = this.#node.publish(command.message);
        this.#answer('redis.published', publishReplyBytes(receivers), { reply: 'published' });
        return;
      }
      case 'psubscribe':
        this.pattern = true;
        this.#confirm(command.command, [PATTERN]);
        return;
      default: {
        for (const room of command.rooms) {
          if (command.command === 'subscribe') this.rooms.add(room);
          else this.rooms.delete(room);
        }
        const names = command.rooms.map((room) => this.#node.io.rooms[room] as string);
        this.#confirm(command.command, names);
      }
    }
  }

  /** A message goes out to this subscriber, or into its output buffer. */
  push(message: number, room: number): void {
    const { io } = this.#node;
    const name = io.rooms[room] as string;
    const payload = io.bytesOf(message);
    const bytes = this.pattern ? patternMessageBytes(PATTERN, name, payload) : messageBytes(name, payload);
    io.counts.forwarded++;
    const what = this.pattern ? 'redis.pmessage' : 'redis.message';
    this.wire.send(what, bytes, { reply: 'message', message } satisfies Reply, message, 1);
    this.#sizes.push(bytes);
    this.measure();
  }

  /** Looks how much waits in the output buffer, and whether that is too much. */
  measure(): void {
    const waiting = this.wire.backlogBytes;
    const before = this.#sizes.length;
    let bytes = 0;
    let messages = 0;
    while (messages < this.#sizes.length && bytes < waiting)
      bytes += this.#sizes[this.#sizes.length - ++messages] as number;
    this.#sizes = messages === 0 ? [] : this.#sizes.slice(-messages);
    // A push that went straight to the kernel leaves nothing to tell.
    if (waiting > 0 || before > 1)
      this.#node.io.buffered(this.#node.place, this.wire.peer, waiting, messages);
    this.#actor.send({ type: 'buffered', bytes: waiting });
  }

  /** Too much waits: the client is freed, and what the kernel has not taken yet with it. */
  cut(): void {
    this.#cutOff = true;
    this.#leave();
    this.wire.close();
    this.#node.io.buffered(this.#node.place, this.wire.peer, 0, 0);
  }

  closed(_reason: CloseReason): void {
    this.#leave();
  }

  lost(content: unknown): void {
    const message = messageOf(content as Reply);
    if (message === null) return;
    const { io, place } = this.#node;
    const reason = this.#cutOff ? 'output buffer limit' : 'connection to Redis lost';
    io.drop(message, place, this.wire.peer, reason);
  }

  #leave(): void {
    this.#node.connections.delete(this);
    this.rooms.clear();
    this.pattern = false;
    this.#actor.stop();
  }

  #confirm(command: string, channels: readonly string[]): void {
    this.#answer('redis.confirmed', confirmBytes(command, channels), { reply: 'confirmed' });
    this.#actor.send({ type: this.pattern || this.rooms.size > 0 ? 'subscribed' : 'unsubscribed' });
  }

  #answer(what: string, bytes: number, reply: Reply): void {
    this.wire.send(what, bytes, reply);
  }
}

export const CONNECTION_EFFECTS = {
  measure: (connection: RedisConnection) => connection.measure(),
  cut: (connection: RedisConnection) => connection.cut(),
};
