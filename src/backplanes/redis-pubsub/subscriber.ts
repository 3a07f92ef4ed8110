import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { RedisClient, type Reply } from './client.ts';
import type { RedisPubsubOptions } from './options.ts';
import { PATTERN, subscribeBytes } from './wire.ts';

/** A server's connection in subscriber mode: it is subscribed to what the server's clients watch. */
export class Subscriber extends RedisClient {
  /** Rooms that clients of the server watch, and those that this connection has asked for. */
  readonly wanted = new Set<number>();
  #asked = new Set<number>();
  #patternAsked = false;

  constructor(io: BackplaneIo, place: Place, options: RedisPubsubOptions) {
    super(io, place, options, 'subscriber');
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
    return (content as Reply).reply === 'message' ? this.io.receiveUs : 0;
  }

  serve(): void {
    if (this.options.subscribe === 'pattern') {
      if (this.#patternAsked) return;
      this.#patternAsked = true;
      const bytes = subscribeBytes('PSUBSCRIBE', [PATTERN]);
      this.ask('redis.psubscribe', bytes, { command: 'psubscribe' });
      return;
    }
    const news = [...this.wanted].filter((room) => !this.#asked.has(room));
    const old = [...this.#asked].filter((room) => !this.wanted.has(room));
    this.#tell('subscribe', news);
    this.#tell('unsubscribe', old);
    this.#asked = new Set(this.wanted);
  }

  giveUpQueue(): void {}

  protected heard(reply: Reply): void {
    if (reply.reply !== 'message') return;
    // What was on its way when the last client left, or fits the pattern and is nobody's here.
    if (this.wanted.has(this.io.roomOf(reply.message))) this.io.hand(this.place, reply.message);
  }

  protected disconnected(): void {
    this.#asked.clear();
    this.#patternAsked = false;
  }

  #tell(command: 'subscribe' | 'unsubscribe', rooms: readonly number[]): void {
    if (rooms.length === 0) return;
    const names = rooms.map((room) => this.io.rooms[room] as string);
    this.ask(`redis.${command}`, subscribeBytes(command, names), { command, rooms });
  }
}
