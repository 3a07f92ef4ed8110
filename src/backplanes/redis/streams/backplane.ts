import type { Backplane, BackplaneIo, Options } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { Books } from './books.ts';
import { configOf } from './config.ts';
import type { Home } from './home.ts';
import { RedisNode } from './node.ts';
import { Publisher } from './publisher.ts';
import { Reader } from './reader.ts';
import { replayFrom } from './replay.ts';
import type { Stream } from './stream.ts';

/** Redis Streams: a stream for each room, which every server reads for itself, or all of them as one group. */
export class RedisStreams implements Backplane {
  readonly #home: Home;
  readonly #streams = new Map<number, Stream>();
  readonly #readers = new Map<Place, Reader>();
  readonly #publishers = new Map<Place, Publisher>();

  constructor(io: BackplaneIo, options: Options) {
    const config = configOf(options);
    const books = new Books(io, config, this.#streams);
    const sizes = {
      room: (room: number) => io.rooms[room] as string,
      payload: (message: number) => io.bytesOf(message),
      trims: config.maxLen !== null,
    };
    this.#home = { io, config, books, sizes };
  }

  offer(source: Place): boolean {
    return source.up;
  }

  publish(message: number, source: Place): void {
    this.#home.io.counts.published++;
    this.#publishers.get(source)?.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#readers.get(server)?.watch(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#readers.get(server)?.leave(room);
  }

  started(place: Place): void {
    if (place.kind === 'node') {
      new RedisNode(this.#home, place, this.#streams);
      return;
    }
    const publisher = new Publisher(this.#home, place);
    this.#publishers.set(place, publisher);
    if (place.kind !== 'server') return;
    const reader = new Reader(this.#home, place, publisher.client);
    this.#readers.set(place, reader);
    this.#home.books.servers.set(place, reader);
  }

  stopped(place: Place): void {
    if (place.kind === 'node') this.#forget();
    this.#publishers.get(place)?.die();
    this.#publishers.delete(place);
    this.#readers.delete(place);
    this.#home.books.servers.delete(place);
  }

  replay(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void {
    const reader = this.#readers.get(server);
    if (reader !== undefined) replayFrom(this.#home, reader.commands, room, after, give);
  }

  /** Redis died. What it has written to its append-only file it reads in again; without one, all is gone. */
  #forget(): void {
    const { config, books } = this.#home;
    if (config.appendOnly) return;
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of streams) {
      books.removed(stream.entries, 'Redis crashed, and kept nothing on a disk');
      for (const { entry } of stream.group?.pending.values() ?? [])
        books.vanished(entry, 'Redis crashed, and kept nothing on a disk');
    }
  }
}
