import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { type Command, RedisClient, type Reply } from './client.ts';
import type { RedisPubsubOptions } from './options.ts';
import { publishBytes } from './wire.ts';

/** A source's connection: messages wait in it while it is down (ioredis' offline queue). */
export class Publisher extends RedisClient {
  #waiting: number[] = [];
  /** Sent, and not answered yet, oldest first: Redis answers in order. */
  #unanswered: number[] = [];

  constructor(io: BackplaneIo, place: Place, options: RedisPubsubOptions) {
    super(io, place, options, 'publisher');
  }

  publish(message: number): void {
    this.#waiting.push(message);
    this.want();
  }

  serve(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    for (const message of messages) {
      const room = this.io.rooms[this.io.roomOf(message)] as string;
      const bytes = publishBytes(room, this.io.bytesOf(message));
      this.#unanswered.push(message);
      this.ask('redis.publish', bytes, { command: 'publish', message, done: false }, message);
    }
  }

  giveUpQueue(): void {
    for (const message of this.#waiting)
      this.io.drop(message, this.place, null, 'Redis was away for too long');
    this.#waiting = [];
  }

  /** The process died: what it had not sent dies with it. */
  die(): void {
    for (const message of this.#waiting) this.io.drop(message, this.place, null, 'publisher crashed');
    this.#waiting = [];
  }

  lost(content: unknown): void {
    const command = content as Command;
    // What is sent again after the reconnection is not lost yet.
    if (command.command !== 'publish' || (this.options.resend && this.place.up)) return;
    this.io.drop(command.message, this.place, null, 'connection to Redis lost');
  }

  protected heard(reply: Reply): void {
    if (reply.reply === 'published') this.#unanswered.shift();
  }

  protected disconnected(): void {
    if (this.options.resend) {
      this.io.counts.redelivered += this.#unanswered.length;
      this.#waiting = [...this.#unanswered, ...this.#waiting];
    }
    this.#unanswered = [];
  }
}
