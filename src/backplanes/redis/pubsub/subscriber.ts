import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { RedisClient } from '../client/client.ts';
import type { RedisPubsubOptions } from './options.ts';
import { type Command, messageOf, type Reply } from './protocol.ts';
import { PATTERN, subscribeBytes } from './wire.ts';

/** A server's connection in subscriber mode: it is subscribed to what the server's clients watch. */
export class Subscriber extends RedisClient {
  /** Rooms that clients of the server watch, and those that this connection has asked for. */
  readonly wanted = new Set<number>();
  #asked = new Set<number>();
  #patternAsked = false;
  readonly #byPattern: boolean;

  constructor(io: BackplaneIo, place: Place, options: RedisPubsubOptions) {
    super(io, place, options, 'subscriber');
    this.#byPattern = options.subscribe === 'pattern';
  }

  watch(room: number): void {
    this.wanted.add(room);
    this.want();
  }

  leave(room: number): void {
    this.wanted.delete(room);
    this.want();
  }

  costUs(content: unknown): number {
    return messageOf(content as Reply) === null ? 0 : this.io.receiveUs;
  }

  serve(): void {
    if (this.#byPattern) {
      if (this.#patternAsked) return;
      this.#patternAsked = true;
      const bytes = subscribeBytes('PSUBSCRIBE', [PATTERN]);
      this.wire?.send('redis.psubscribe', bytes, { command: 'psubscribe' } satisfies Command);
      return;
    }
    const news = [...this.wanted].filter((room) => !this.#asked.has(room));
    const old = [...this.#asked].filter((room) => !this.wanted.has(room));
    this.#tell('subscribe', news);
    this.#tell('unsubscribe', old);
    this.#asked = new Set(this.wanted);
  }

  giveUpQueue(): void {}

  protected heard(reply: unknown): void {
    const message = messageOf(reply as Reply);
    if (message === null) return;
    // What was on its way when the last client left, or fits the pattern and is nobody's here.
    if (this.wanted.has(this.io.roomOf(message))) this.io.hand(this.place, message);
  }

  protected disconnected(): void {
    this.#asked.clear();
    this.#patternAsked = false;
  }

  #tell(command: 'subscribe' | 'unsubscribe', rooms: readonly number[]): void {
    if (rooms.length === 0) return;
    const names = rooms.map((room) => this.io.rooms[room] as string);
    const content: Command = { command, rooms };
    this.wire?.send(`redis.${command}`, subscribeBytes(command, names), content);
  }
}
