import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { RedisClient } from '../client/client.ts';
import type { RedisPubsubOptions } from './options.ts';
import type { Command } from './protocol.ts';
import { publishBytes } from './wire.ts';

/** A source's connection: messages wait in it while it is down (ioredis' offline queue). */
export class Publisher extends RedisClient {
  #waiting: number[] = [];
  /** Sent, and not answered yet, oldest first: Redis answers in order. */
  #unanswered: number[] = [];

  readonly #resend: boolean;

  constructor(io: BackplaneIo, place: Place, options: RedisPubsubOptions) {
    super(io, place, options, 'publisher');
    this.#resend = options.resend;
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
      const command: Command = { command: 'publish', message };
      this.wire?.send('redis.publish', bytes, command, message, 1);
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
    if (command.command !== 'publish' || (this.#resend && this.place.up)) return;
    this.io.drop(command.message, this.place, null, 'connection to Redis lost');
  }

  protected heard(): void {
    this.#unanswered.shift();
  }

  protected disconnected(): void {
    if (this.#resend) {
      this.io.counts.redelivered += this.#unanswered.length;
      this.#waiting = [...this.#unanswered, ...this.#waiting];
    }
    this.#unanswered = [];
  }
}
