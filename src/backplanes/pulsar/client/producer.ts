import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import type { Batch } from '../protocol.ts';
import { type Brokers, Handler, type HandlerUser } from './brokers.ts';

/** What is gathered of a room, for the next batch. */
interface Gathered {
  messages: number[];
  bytes: number;
  actor: Actor;
}

interface Pending {
  batch: Batch;
  sent: boolean;
  stopTimer: () => void;
}

/** A process' producer for a partition: what is not confirmed is sent again, in order, to whatever broker owns it then. */
export class Producer implements HandlerUser {
  readonly partition: number;
  readonly attach;
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #books: Books;
  readonly #place: Place;
  readonly #number: number;
  readonly #handler: Handler;
  readonly #batches = new Map<number, Gathered>();
  #pending: Pending[] = [];
  #sequence = 0;
  #noted = 0;

  /** @param number its own, by which brokers know it */
  constructor(
    io: BackplaneIo,
    config: Config,
    books: Books,
    place: Place,
    brokers: Brokers,
    partition: number,
    number: number,
  ) {
    this.#io = io;
    this.#config = config;
    this.#books = books;
    this.#place = place;
    this.partition = partition;
    this.attach = { ask: 'producer', partition } as const;
    this.#number = number;
    // Without a sendTimeout the stop is made at once, and changes nothing (ProducerImpl: max(100, sendTimeout - 100)).
    const { sendTimeoutUs } = config;
    const stopMs = Number.isFinite(sendTimeoutUs) ? Math.max(100, sendTimeoutUs / 1_000 - 100) : 100;
    this.#handler = new Handler(place, brokers, this, stopMs);
    this.#handler.start();
  }

  publish(message: number): void {
    this.#books.add([message]);
    const bytes = this.#io.bytesOf(message);
    const batch = this.#batchOf(this.#io.roomOf(message));
    const { batchMessages, batchBytes } = this.#config;
    // What does not fit any more has what is there sent before it (BatchMessageContainerBase.haveEnoughSpace).
    if (batch.bytes > 0 && batch.bytes + bytes > batchBytes) batch.actor.send({ type: 'full' });
    batch.messages.push(message);
    batch.bytes += bytes;
    batch.actor.send({ type: 'added' });
    if (batch.messages.length >= batchMessages || batch.bytes >= batchBytes)
      batch.actor.send({ type: 'full' });
  }

  /** The process died with what was not confirmed. What is under way may yet arrive. */
  stopped(): void {
    const reason = 'its server died before Pulsar had it';
    for (const { messages } of this.#batches.values()) this.#books.remove(messages, this.#place, reason);
    for (const { batch } of this.#pending) this.#books.remove(batch.messages, this.#place, reason);
  }

  ready(): void {
    for (const pending of this.#pending) this.#send(pending);
  }

  #batchOf(room: number): Gathered {
    const known = this.#batches.get(room);
    if (known !== undefined) return known;
    const actor = this.#place.start('batch', () => this.#close(room), { waitMs: this.#config.batchMs });
    const made = { messages: [], bytes: 0, actor };
    this.#batches.set(room, made);
    return made;
  }

  #close(room: number): void {
    const gathered = this.#batches.get(room);
    if (gathered === undefined || gathered.messages.length === 0) return;
    const { messages, bytes } = gathered;
    gathered.messages = [];
    gathered.bytes = 0;
    const batch = { producer: this.#number, sequence: this.#sequence, room, messages, bytes };
    this.#sequence += messages.length;
    const pending: Pending = { batch, sent: false, stopTimer: () => {} };
    if (this.#config.sendTimeoutUs < Number.POSITIVE_INFINITY)
      pending.stopTimer = this.#place.later(this.#config.sendTimeoutUs, () => this.#giveUp());
    this.#pending.push(pending);
    if (this.#handler.isReady) this.#send(pending);
    else this.#note();
  }

  #send(pending: Pending): void {
    const { batch } = pending;
    if (pending.sent) this.#io.counts.redelivered += batch.messages.length;
    pending.sent = true;
    this.#handler.ask({ ask: 'send', partition: this.partition, batch }, (answer) => {
      if (answer?.ok === true) this.#confirmed(pending);
      else if (answer !== null) this.#handler.failed();
    });
  }

  #confirmed(pending: Pending): void {
    if (!this.#pending.includes(pending)) return;
    pending.stopTimer();
    this.#pending = this.#pending.filter((one) => one !== pending);
    this.#books.remove(pending.batch.messages, this.#place, '');
    if (this.#noted > 0) this.#note();
  }

  /** The oldest has waited for the whole sendTimeout: all that wait fail with it. */
  #giveUp(): void {
    for (const { batch, stopTimer } of this.#pending.splice(0)) {
      stopTimer();
      this.#books.remove(batch.messages, this.#place, 'no broker confirmed it within sendTimeout');
    }
    this.#note();
  }

  /** What waits for the partition’s broker. */
  #note(): void {
    const waiting = this.#pending.flatMap(({ batch }) => batch.messages);
    this.#noted = waiting.length;
    const bytes = this.#pending.reduce((sum, { batch }) => sum + batch.bytes, 0);
    const broker = this.#io.nodes[Math.max(0, this.#handler.broker)] as Place;
    this.#io.buffered(this.#place, broker, bytes, waiting.length);
  }
}
