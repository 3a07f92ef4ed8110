import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Received } from '../wire.ts';
import { Api, type ApiUser } from './api.ts';
import { Batch } from './batch.ts';
import { Failing } from './failing.ts';
import { leaseMachine } from './lease.machine.ts';
import { streamMachine } from './stream.machine.ts';

/** Most acknowledgements in one call (src/message-queues.ts, maxMessages). */
const ACKS = { count: 3_000, bytes: Number.POSITIVE_INFINITY };

interface Copy extends Received {
  sinceUs: number;
}

/** The client library's subscriber in a server, and the server's application behind it. */
export class Subscriber implements ApiUser {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #place: Place;
  readonly #subscription: number;
  readonly #hand: (server: Place, message: number) => void;
  readonly #api: Api;
  readonly #stream: Actor;
  readonly #leases: Actor;
  readonly #acks: Batch<number>;
  readonly #deadlines: Batch<{ ackId: number; deadlineMs: number }>;
  /** Copies that it keeps asking more time for, by their acknowledgement id. */
  readonly #held = new Map<number, Copy>();
  /** Where delivery is exactly once: copies that may be worked on when the service has confirmed their leases. */
  readonly #arrived = new Map<number, Copy>();
  readonly #failing = new Failing();
  #queue: Copy[] = [];
  /** Nothing has come on the stream since it broke. */
  #hasRetried = false;
  #working = false;

  /** @param hand what the application does with a message */
  constructor(
    io: BackplaneIo,
    config: Config,
    place: Place,
    subscription: number,
    hand: (server: Place, message: number) => void,
  ) {
    this.#io = io;
    this.#config = config;
    this.#place = place;
    this.#subscription = subscription;
    this.#hand = hand;
    this.#api = new Api(io, place, io.nodes[0] as Place, this);
    this.#acks = new Batch(place, ACKS, config.ackBatchMs, (ackIds, mayGoOn) => {
      this.#api.call({ rpc: 'acknowledge', subscription, ackIds }, () => {}, config.exactlyOnce);
      mayGoOn();
    });
    this.#deadlines = new Batch(place, ACKS, config.ackBatchMs, (asked, mayGoOn) => {
      for (const deadlineMs of new Set(asked.map((one) => one.deadlineMs))) {
        const same = asked.filter((one) => one.deadlineMs === deadlineMs);
        this.#modify(
          same.map(({ ackId }) => ackId),
          deadlineMs,
        );
      }
      mayGoOn();
    });
    this.#leases = place.start<Subscriber>('leases', this, { leaseMs: config.leaseMs });
    this.#stream = place.start<Subscriber>('stream', this);
    this.#stream.send({ type: 'start' });
  }

  open(): void {
    this.#api.openStream();
  }

  keepAlive(): void {
    this.#api.say({ rpc: 'keep-alive' });
  }

  streamOpened(): void {
    if (this.#stream.state !== 'opening') return;
    this.#api.say({ rpc: 'pull', subscription: this.#subscription });
    this.#stream.send({ type: 'opened' });
  }

  streamBroken(): void {
    this.#hasRetried = true;
    this.#stream.send({ type: 'unavailable', random: this.#place.random('stream').uniform() });
  }

  sentRequest(): void {}

  lostRequest(): void {}

  /** Each copy is confirmed by an extension of its deadline (src/subscriber.ts, _onData). */
  pulled(messages: readonly Received[]): void {
    if (this.#hasRetried) this.#stream.send({ type: 'data' });
    this.#hasRetried = false;
    const sinceUs = this.#place.clockUs;
    for (const received of messages) {
      const copy = { ...received, sinceUs };
      this.#deadlines.add({ ackId: copy.ackId, deadlineMs: this.#config.leaseMs });
      if (this.#config.exactlyOnce) this.#arrived.set(copy.ackId, copy);
      else this.#take(copy);
    }
  }

  /** The lease manager asks more time for everything that is still here. */
  extend(): void {
    for (const [ackId, { sinceUs }] of [...this.#held])
      if (this.#place.clockUs - sinceUs < this.#config.maxExtensionUs)
        this.#deadlines.add({ ackId, deadlineMs: this.#config.leaseMs });
      else this.#held.delete(ackId);
    if (this.#held.size > 0) this.#manage();
    else this.#leases.send({ type: 'released' });
  }

  #modify(ackIds: readonly number[], deadlineMs: number): void {
    const request = { rpc: 'modify-deadline', subscription: this.#subscription, ackIds, deadlineMs } as const;
    const done = (invalid: readonly number[] | null) => {
      for (const ackId of ackIds) {
        const copy = this.#arrived.get(ackId);
        this.#arrived.delete(ackId);
        const lost = this.#config.exactlyOnce && (invalid === null || invalid.includes(ackId));
        // It is somebody else's now, or will come again. Without exactly-once nobody waits for an answer.
        if (lost) this.#held.delete(ackId);
        else if (copy !== undefined) this.#take(copy);
      }
    };
    this.#api.call(request, done, this.#config.exactlyOnce);
  }

  #take(copy: Copy): void {
    this.#held.set(copy.ackId, copy);
    this.#queue.push(copy);
    this.#manage();
    this.#process();
  }

  #manage(): void {
    this.#leases.send({ type: 'holds', random: this.#place.random('leases').uniform() });
  }

  #process(): void {
    if (this.#working) return;
    const copy = this.#queue.shift();
    if (copy === undefined) return;
    this.#working = true;
    this.#place.work(this.#io.receiveUs, 'message', () => {
      this.#working = false;
      this.#handle(copy);
      this.#process();
    });
  }

  #handle({ ackId, entry }: Copy): void {
    this.#held.delete(ackId);
    if (this.#held.size === 0) this.#leases.send({ type: 'released' });
    if (this.#fails(entry.room, entry.offset)) {
      this.#deadlines.add({ ackId, deadlineMs: 0 });
      return;
    }
    this.#hand(this.#place, entry.message);
    this.#acks.add(ackId);
  }

  #fails(room: number, offset: number): boolean {
    const { ordered, nackShare } = this.#config;
    if (ordered && this.#failing.mustWait(room, offset)) return true;
    const fails = nackShare > 0 && this.#place.random('failures').uniform() < nackShare;
    if (fails && ordered) this.#failing.failed(room, offset);
    return fails;
  }
}

export const LEASES_ROLE: Role = {
  machine: leaseMachine,
  effects: { extend: (subscriber: Subscriber) => subscriber.extend() },
};

export const STREAM_ROLE: Role = {
  machine: streamMachine,
  effects: {
    open: (subscriber: Subscriber) => subscriber.open(),
    keepAlive: (subscriber: Subscriber) => subscriber.keepAlive(),
  },
};
