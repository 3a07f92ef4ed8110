import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Entry, Push } from '../protocol.ts';
import { type Brokers, Handler, type HandlerUser } from './brokers.ts';

/** Acknowledgements that are sent at once, without waiting for the time to be over (MAX_ACK_GROUP_SIZE of PersistentAcknowledgmentsGroupingTracker). */
const ACK_GROUP = 1_000;

interface Copy {
  offset: number;
  message: number;
  entry: Entry;
}

/** A server's consumer of a partition: a receiver queue that it asks to be filled, and the application behind it. */
export class Consumer implements HandlerUser {
  readonly partition: number;
  readonly attach;
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #place: Place;
  readonly #subscription: number;
  readonly #hand: (server: Place, message: number) => void;
  readonly #handler: Handler;
  readonly #acks: Actor;
  #queue: Copy[] = [];
  #working = false;
  /** Processed since it last asked for more. */
  #taken = 0;
  /** Acknowledged by the application, and not sent yet. */
  #pendingAcks = new Set<number>();
  /** Entries that its application has taken and not acknowledged, where that is watched (ackTimeout; ConsumerImpl.messageProcessed). */
  readonly #unacked = new Map<number, () => void>();

  /** @param hand what the application does with a message */
  constructor(
    io: BackplaneIo,
    config: Config,
    place: Place,
    brokers: Brokers,
    partition: number,
    subscription: number,
    hand: (server: Place, message: number) => void,
  ) {
    this.#io = io;
    this.#config = config;
    this.#place = place;
    this.partition = partition;
    this.#subscription = subscription;
    this.#hand = hand;
    this.attach = { ask: 'subscribe', partition, subscription, server: place.index } as const;
    this.#acks = place.start('batch', () => this.#flush(), { waitMs: config.ackGroupMs });
    this.#handler = new Handler(place, brokers, this);
    this.#handler.start();
  }

  /** What is left in the queue of the last connection will come again. */
  ready(): void {
    this.#clear();
    this.#flow(this.#config.receiverQueue);
  }

  pushed(push: Push): void {
    if (push.push !== 'messages' || push.subscription !== this.#subscription) return;
    for (const entry of push.entries) {
      entry.batch.messages.forEach((message, i) => {
        const offset = entry.offset + i;
        // Best effort: one that is acknowledged, and comes again before the broker knows (PersistentAcknowledgmentsGroupingTracker).
        if (this.#pendingAcks.has(offset)) this.#used();
        else this.#queue.push({ offset, message, entry });
      });
    }
    this.#process();
  }

  #process(): void {
    if (this.#working) return;
    const copy = this.#queue.shift();
    if (copy === undefined) return;
    this.#working = true;
    this.#watch(copy.entry);
    this.#place.work(this.#io.receiveUs, 'message', () => {
      this.#working = false;
      this.#handle(copy);
      this.#used();
      this.#process();
    });
  }

  #handle({ offset, message, entry }: Copy): void {
    const { nackShare, nackDelayUs } = this.#config;
    if (nackShare > 0 && this.#place.random('failures').uniform() < nackShare) {
      this.#place.later(nackDelayUs, () => this.#redeliver([offset]));
      return;
    }
    this.#hand(this.#place, message);
    this.#pendingAcks.add(offset);
    if (offset === entry.offset + entry.batch.messages.length - 1) {
      this.#unacked.get(entry.offset)?.();
      this.#unacked.delete(entry.offset);
    }
    this.#acks.send({ type: 'added' });
    if (this.#pendingAcks.size >= ACK_GROUP) this.#acks.send({ type: 'full' });
  }

  /** More is asked for when half of the queue is used up. */
  #used(): void {
    this.#taken++;
    if (this.#taken < Math.max(1, this.#config.receiverQueue / 2)) return;
    const permits = this.#taken;
    this.#taken = 0;
    this.#flow(permits);
  }

  #flow(permits: number): void {
    const { partition } = this;
    this.#handler.ask({ ask: 'flow', partition, subscription: this.#subscription, permits });
  }

  /** What cannot be sent now waits for the next connection. */
  #flush(): void {
    if (this.#pendingAcks.size === 0) return;
    if (!this.#handler.isReady) {
      this.#acks.send({ type: 'added' });
      return;
    }
    const all = [...this.#pendingAcks].sort((a, b) => a - b);
    this.#pendingAcks = new Set();
    const { cumulative } = this.#config;
    const offsets = cumulative ? all.slice(-1) : all;
    const { partition } = this;
    this.#handler.ask({ ask: 'ack', partition, subscription: this.#subscription, offsets, cumulative });
  }

  #watch({ offset }: Entry): void {
    const { ackTimeoutUs } = this.#config;
    if (ackTimeoutUs === Number.POSITIVE_INFINITY || this.#unacked.has(offset)) return;
    this.#unacked.set(
      offset,
      this.#place.later(ackTimeoutUs, () => {
        this.#unacked.delete(offset);
        this.#redeliver([offset]);
      }),
    );
  }

  #redeliver(offsets: number[]): void {
    const { type } = this.#config;
    if (type === 'exclusive' || type === 'failover') {
      const dropped = this.#queue.length;
      this.#clear();
      this.#flow(dropped);
    }
    const { partition } = this;
    this.#handler.ask({ ask: 'redeliver', partition, subscription: this.#subscription, offsets });
  }

  #clear(): void {
    this.#queue = [];
    for (const stop of this.#unacked.values()) stop();
    this.#unacked.clear();
  }
}
