import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import type { Request } from '../wire.ts';
import { Api, type ApiUser } from './api.ts';
import { Batch } from './batch.ts';

/** All messages are in one queue where they have no ordering key. */
const NO_KEY = -1;

/** The client library's publisher in a process. With ordering keys it makes one call at a time for each key. */
export class Publisher implements ApiUser {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #books: Books;
  readonly #place: Place;
  readonly #service: Place;
  readonly #api: Api;
  readonly #queues = new Map<number, Batch<number>>();
  /** What it would still send again. */
  readonly #held = new Set<number>();
  readonly #sent = new Set<Request>();
  #heldBytes = 0;
  #noted = 0;

  constructor(io: BackplaneIo, config: Config, books: Books, place: Place) {
    this.#io = io;
    this.#config = config;
    this.#books = books;
    this.#place = place;
    this.#service = io.nodes[0] as Place;
    this.#api = new Api(io, place, this.#service, this);
  }

  publish(message: number): void {
    this.#books.add(message);
    this.#held.add(message);
    this.#heldBytes += this.#io.bytesOf(message);
    if (!this.#api.isConnected) this.#note(this.#held.size);
    this.#queueOf(this.#config.ordered ? this.#io.roomOf(message) : NO_KEY).add(message);
  }

  /** The process died with what the service had not confirmed. What is under way may yet arrive. */
  stopped(): void {
    for (const message of this.#held)
      this.#books.remove(message, this.#place, 'its server died before Pub/Sub had it');
  }

  sentRequest(request: Request): void {
    if (request.rpc !== 'publish') return;
    if (this.#sent.has(request)) this.#io.counts.redelivered += request.messages.length;
    this.#sent.add(request);
    for (const message of request.messages) this.#books.add(message);
  }

  lostRequest(request: Request): void {
    if (request.rpc !== 'publish') return;
    for (const message of request.messages)
      this.#books.remove(message, this.#place, 'the connection to Pub/Sub broke, and nobody sends it again');
  }

  #queueOf(key: number): Batch<number> {
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    const { batchMessages, batchBytes, batchMs } = this.#config;
    const limits = { count: batchMessages, bytes: batchBytes };
    const send = (messages: number[], mayGoOn: () => void) => this.#send(key, queue, messages, mayGoOn);
    const bytesOf = (message: number) => this.#io.bytesOf(message);
    const queue: Batch<number> = new Batch(this.#place, limits, batchMs, send, bytesOf);
    this.#queues.set(key, queue);
    return queue;
  }

  #send(key: number, queue: Batch<number>, messages: readonly number[], mayGoOn: () => void): void {
    const request: Request = { rpc: 'publish', messages };
    this.#api.call(request, (invalid) => {
      this.#sent.delete(request);
      const rejected = invalid === null ? [...messages, ...this.#rejectedWith(queue)] : messages;
      for (const message of rejected) this.#forget(message);
      if (this.#noted > 0) this.#note(this.#held.size);
      if (key !== NO_KEY) mayGoOn();
    });
    if (key === NO_KEY) mayGoOn();
  }

  /** An error with one message of a key is an error with all that wait behind it (OrderedQueue.handlePublishFailure). */
  #rejectedWith(queue: Batch<number>): number[] {
    return this.#config.ordered ? queue.clear() : [];
  }

  #forget(message: number): void {
    this.#held.delete(message);
    this.#heldBytes -= this.#io.bytesOf(message);
    this.#books.remove(message, this.#place, 'Pub/Sub could not be reached within ten minutes');
  }

  /** What waits for the service. */
  #note(messages: number): void {
    this.#noted = messages;
    this.#io.buffered(this.#place, this.#service, this.#heldBytes, messages);
  }
}
