import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Payload } from '../protocol.ts';
import { type Inside, NatsServer } from '../server/server.ts';
import { matches } from '../subjects.ts';
import { type Body, type ConsumerSpec, say } from './api.ts';
import type { Config } from './config.ts';
import { Consumer, type ConsumerHome, type ConsumerState } from './consumer.ts';
import { API, ROOMS } from './names.ts';
import { Pending } from './pending.ts';
import { Stream } from './stream.ts';
import type { Witness } from './witness.ts';

/** What outlives the process: the stream, and consumers that are durable. */
export interface Disk {
  stream: Stream;
  consumers: Map<string, ConsumerState>;
}

export const emptyDisk = (config: Config): Disk => ({
  stream: new Stream(config.stream),
  consumers: new Map(),
});

/** JetStream in a nats-server: the stream takes in what is published in rooms, and consumers deliver it. */
export class JetStream implements Inside, ConsumerHome {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly config: Config;
  readonly server: NatsServer;
  readonly witness: Witness;
  readonly stream: Stream;
  readonly #disk: Disk;
  readonly #consumers = new Map<string, Consumer>();
  #stopExpiry: (() => void) | null = null;

  constructor(io: BackplaneIo, place: Place, config: Config, disk: Disk, witness: Witness) {
    this.io = io;
    this.place = place;
    this.config = config;
    this.witness = witness;
    this.#disk = disk;
    this.stream = disk.stream;
    this.server = new NatsServer(io, place, config.server, this);
    for (const state of disk.consumers.values())
      this.#consumers.set(state.spec.name, new Consumer(this, state));
    this.#expire();
  }

  costUs(subject: string): number {
    return matches(ROOMS, subject) ? this.config.appendUs : 0;
  }

  published(subject: string, reply: string, payload: Payload): void {
    if (matches(ROOMS, subject)) this.#store(subject, reply, payload);
    else if (API.some((api) => matches(api, subject))) this.#handle(payload.body as Body, reply);
  }

  interestChanged(): void {
    for (const consumer of this.#consumers.values()) consumer.interestChanged();
  }

  lost(payload: Payload, peer: Place, reason: string): void {
    if (payload.message === 0) return;
    const { pattern, ackPolicy } = this.config;
    const { seq } = payload.body as Extract<Body, { is: 'delivered' }>;
    // What is acknowledged comes again, and what is read in order is read again, if it is still there.
    const again = this.stream.get(seq) !== undefined && (pattern === 'ordered' || ackPolicy !== 'none');
    if (again) this.witness.cameToNothing(payload.message, peer);
    else this.witness.missed(payload.message, this.place, peer, reason);
  }

  /** A consumer needs a message no more; with interest or work-queue retention it may go (`ackMsg`). */
  acknowledged(seq: number): void {
    const { retention } = this.config.stream;
    const entry = this.stream.get(seq);
    if (retention === 'limits' || entry === undefined) return;
    if (retention === 'interest' && [...this.#consumers.values()].some((each) => each.needs(entry))) return;
    this.stream.remove(seq);
    this.witness.trimmed(this.place, this.stream.first);
  }

  /**
   * `max_deliver` is reached: nobody will be handed it by this consumer any more. It stays in the stream, in a work queue
   * too: nobody has acknowledged it (`getNextMsg` takes it off the pending ones, and no more).
   */
  gaveUp({ state: { spec } }: Consumer, seq: number): void {
    const entry = this.stream.get(seq);
    if (entry !== undefined)
      this.witness.endsAt(spec.number, entry.message, this.place, 'max_deliver is reached');
  }

  remove(name: string): void {
    this.#consumers.get(name)?.stop();
    this.#consumers.delete(name);
    this.#disk.consumers.delete(name);
    for (const { seq } of [...this.stream.entries()]) this.acknowledged(seq);
  }

  #store(subject: string, reply: string, { message, bytes, headerBytes, body }: Payload): void {
    const { id } = body as Extract<Body, { is: 'stored' }>;
    const stored = this.stream.append({
      message,
      subject,
      bytes: bytes + headerBytes,
      id,
      atUs: this.place.clockUs,
    });
    const answer = (seq: number, duplicate: boolean, failure: string) =>
      this.server.deliver(reply, '', say({ is: 'published', seq, duplicate, failure }));
    if ('refused' in stored) {
      this.witness.arrived(message);
      answer(0, false, stored.refused);
      return;
    }
    const { entry, duplicate } = stored;
    this.witness.stored(this.place, entry, duplicate);
    answer(entry.seq, duplicate, '');
    if (duplicate) return;
    const { retention } = this.config.stream;
    if (retention === 'interest' && this.#consumers.size === 0) {
      this.stream.remove(entry.seq);
      this.witness.missed(message, this.place, null, 'no consumer was interested in it');
    }
    this.#trim();
    for (const consumer of this.#consumers.values()) consumer.pump();
  }

  #handle(body: Body, reply: string): void {
    switch (body.is) {
      case 'create':
        this.#create(body.spec, reply);
        return;
      case 'delete':
        this.remove(body.name);
        return;
      case 'next':
        this.#consumers.get(body.name)?.request(reply, body.request);
        return;
      case 'flow':
        this.#consumers.get(body.name)?.flowed(body.bytes);
        return;
      case 'ack':
        for (const seq of this.#consumers.get(body.name)?.ack(body.seq) ?? []) this.acknowledged(seq);
        return;
      default:
        return;
    }
  }

  /** Creates a consumer, or finds the durable one that is there already. */
  #create(spec: ConsumerSpec, reply: string): void {
    const why = this.#consumers.has(spec.name) ? '' : this.#refuse(spec);
    if (why !== '') {
      this.witness.refused(this.place, spec.number, why);
      this.server.deliver(reply, '', say({ is: 'refused', why }));
      return;
    }
    if (!this.#consumers.has(spec.name)) {
      const next = this.#startOf(spec);
      const state = { spec, next, deliveries: 0, pending: new Pending(spec, next - 1) };
      if (spec.durable) this.#disk.consumers.set(spec.name, state);
      this.witness.begins(this.place, spec, next);
      this.#consumers.set(spec.name, new Consumer(this, state));
    }
    const left = this.#consumers.get(spec.name)?.state.next ?? 1;
    const pending = [...this.stream.entries()].filter(
      ({ seq, subject }) => seq >= left && matches(spec.filter, subject),
    ).length;
    this.server.deliver(reply, '', say({ is: 'created', name: spec.name, pending }));
  }

  /** What a work queue does not allow (consumer.go, `addConsumerWithAssignment`). @returns '': all is well */
  #refuse({ ackPolicy, deliverPolicy }: ConsumerSpec): string {
    if (this.config.stream.retention !== 'workqueue') return '';
    if (ackPolicy !== 'explicit') return 'a work queue wants consumers that acknowledge each message';
    if (this.#consumers.size > 0) return 'a work queue has one consumer for all subjects';
    return deliverPolicy === 'all' ? '' : 'consumers of a work queue must deliver all';
  }

  /** Where it begins (`selectStartingSeqNo`). */
  #startOf({ deliverPolicy, startSeq, startAtUs }: ConsumerSpec): number {
    const { first, last } = this.stream;
    const wanted = {
      all: first,
      last,
      new: last + 1,
      by_start_sequence: startSeq,
      by_start_time: this.stream.since(startAtUs),
    }[deliverPolicy];
    return Math.min(Math.max(wanted, first), last + 1);
  }

  #trim(): void {
    const gone = this.stream.trim(this.place.clockUs);
    for (const entry of gone) {
      const delivered: number[] = [];
      for (const consumer of this.#consumers.values()) {
        if (entry.seq < consumer.state.next) delivered.push(consumer.state.spec.number);
        consumer.trimmed(entry.seq);
      }
      this.witness.cut(this.place, entry, delivered);
    }
    if (gone.length > 0) this.witness.trimmed(this.place, this.stream.first);
    this.#expire();
  }

  /** Sets the timer for the oldest message. */
  #expire(): void {
    const atUs = this.stream.nextExpiryUs;
    if (atUs === Number.POSITIVE_INFINITY || this.#stopExpiry !== null) return;
    this.#stopExpiry = this.place.later(Math.max(1_000, atUs - this.place.clockUs), () => {
      this.#stopExpiry = null;
      this.#trim();
    });
  }
}
