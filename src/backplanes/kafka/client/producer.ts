import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import { partitionFor } from '../murmur2.ts';
import { type Answer, messagesIn, RECORD_BYTES, type Request } from '../protocol.ts';
import type { Witness } from '../witness.ts';
import { accumulatorMachine } from './accumulator.machine.ts';
import { Channels } from './channels.ts';
import { Metadata } from './metadata.ts';

/** Waits between tries double up to this (`retry.backoff.max.ms`). */
const MAX_BACKOFF_MS = 1000;

interface Batch {
  partition: number;
  messages: number[];
  sizes: number[];
  bytes: number;
  /** Producer id and sequence number of its first record; -1: not numbered yet. */
  producer: number;
  sequence: number;
  attempts: number;
  expired: boolean;
  stopTimer: () => void;
}

/** A Kafka producer in a process: batches by partition, sends, and tries again until a broker confirms. */
export class Producer {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #place: Place;
  readonly #witness: Witness;
  readonly #channels: Channels;
  readonly #metadata: Metadata;
  readonly #lanes: Lane[];
  readonly #alive = new Set<Batch>();
  /** What was sent and will not arrive, for the books only: the producer does not know it, and may send it again. */
  readonly #doomed = new Set<number>();
  #bytes = 0;
  #turn = 0;
  #id: number;

  constructor(io: BackplaneIo, config: Config, place: Place, witness: Witness) {
    this.#io = io;
    this.#config = config;
    this.#place = place;
    this.#witness = witness;
    this.#id = config.idempotent ? witness.newProducer() : -1;
    const brokers = io.nodes.slice(0, config.brokers);
    this.#lanes = Array.from({ length: config.partitions }, (_, partition) => ({
      queue: [],
      flying: 0,
      next: 0,
      actor: place.start('producer', () => this.#drain(partition), { lingerMs: config.lingerMs }),
    }));
    this.#channels = new Channels(place, brokers, {
      lost: (request) => this.#lost(request),
      ready: () => this.#room(),
      broken: () => this.#metadata.refresh(),
    });
    this.#metadata = new Metadata(place, this.#channels, config, () => this.#room());
  }

  /** Whether there is room (`buffer.memory`). */
  get hasRoom(): boolean {
    return this.#bytes < this.#config.bufferBytes;
  }

  publish(message: number): void {
    const partition = this.#partitionOf(message);
    const { queue, actor } = this.#lane(partition);
    const size = this.#io.bytesOf(message);
    const bytes = size + RECORD_BYTES;
    let batch = queue.at(-1);
    if (
      batch === undefined ||
      batch.sequence >= 0 ||
      batch.attempts > 0 ||
      batch.bytes + bytes > this.#config.batchBytes
    ) {
      batch = this.#newBatch(partition);
      queue.push(batch);
    }
    batch.messages.push(message);
    batch.sizes.push(size);
    batch.bytes += bytes;
    this.#bytes += bytes;
    this.#witness.held.add(message);
    this.#recordBuffer(partition);
    actor.send({ type: 'added' });
    if (queue.length > 1 || batch.bytes >= this.#config.batchBytes) actor.send({ type: 'full' });
  }

  #partitionOf(message: number): number {
    const { partitioner, partitions } = this.#config;
    if (partitioner === 'round-robin') return this.#turn++ % partitions;
    return partitionFor(this.#io.rooms[this.#io.roomOf(message)] as string, partitions);
  }

  /** The process died with whatever no broker has. What its kernel has still to send may yet arrive. */
  stopped(): void {
    for (const batch of this.#alive) for (const message of batch.messages) this.#witness.held.delete(message);
    const unsent = [
      ...this.#lanes.flatMap(({ queue }) => queue.flatMap(({ messages }) => messages)),
      ...this.#doomed,
    ];
    for (const message of new Set(unsent)) this.#end(message, 'its server died before a broker had it');
  }

  /** Sends what is ready, as far as the brokers let it. */
  #drain(partition: number): void {
    const lane = this.#lane(partition);
    const leader = this.#metadata.leaderOf(partition);
    if (leader < 0) {
      this.#metadata.refresh();
      return;
    }
    const channel = this.#channels.to(leader);
    // While there is no connection records gather in their batches, in order (Sender.sendProducerData).
    if (!channel.prepare()) return;
    for (let batch = lane.queue[0]; batch !== undefined; batch = lane.queue[0]) {
      if (channel.inFlight >= this.#config.maxInFlight) return;
      // What is numbered goes in order: a batch that is sent again goes alone.
      if (this.#id >= 0 && batch.attempts > 0 && lane.flying > 0) return;
      lane.queue.shift();
      this.#send(lane, batch, leader);
    }
    lane.actor.send({ type: 'drained' });
  }

  #send(lane: Lane, batch: Batch, leader: number): void {
    const { partition, messages, sizes } = batch;
    const { acks, requestTimeoutUs } = this.#config;
    if (this.#id >= 0 && batch.producer !== this.#id) {
      batch.producer = this.#id;
      batch.sequence = lane.next;
      lane.next += messages.length;
    }
    lane.flying++;
    if (batch.attempts > 0) this.#io.counts.redelivered += messages.length;
    const { producer, sequence } = batch;
    const request = { api: 'produce', partition, acks, producer, sequence, messages, bytes: sizes } as const;
    this.#channels.to(leader).ask(
      request,
      requestTimeoutUs,
      (answer) => {
        lane.flying--;
        this.#landed(lane, batch, answer);
        this.#room();
      },
      acks === '0',
    );
    this.#recordBuffer(partition);
  }

  #landed(lane: Lane, batch: Batch, answer: Answer | null): void {
    if (!this.#alive.has(batch)) return;
    if (answer?.failure === '') {
      this.#forget(batch);
      return;
    }
    if (batch.expired) {
      this.#giveUp(batch);
      return;
    }
    batch.attempts++;
    if (answer?.failure !== 'not enough replicas') this.#metadata.refresh();
    const after = lane.queue.findIndex(({ sequence }) => sequence < 0 || sequence > batch.sequence);
    if (this.#id < 0) lane.queue.unshift(batch);
    else lane.queue.splice(after < 0 ? lane.queue.length : after, 0, batch);
    const backoffMs = Math.min(
      MAX_BACKOFF_MS,
      this.#config.retryBackoffMs * (1 << Math.min(batch.attempts - 1, 5)),
    );
    lane.actor.send({ type: 'failed', backoffMs });
  }

  /** There may be room on a connection, or a leader where there was none. */
  #room(): void {
    for (const { actor, queue } of this.#lanes) if (queue.length > 0) actor.send({ type: 'room' });
  }

  #newBatch(partition: number): Batch {
    const batch: Batch = {
      partition,
      messages: [],
      sizes: [],
      bytes: 0,
      producer: -1,
      sequence: -1,
      attempts: 0,
      expired: false,
      stopTimer: () => {},
    };
    batch.stopTimer = this.#place.later(this.#config.deliveryTimeoutUs, () => this.#expire(batch));
    this.#alive.add(batch);
    return batch;
  }

  /** `delivery.timeout.ms` is over: nobody tries again. What is under way may still arrive. */
  #expire(batch: Batch): void {
    batch.expired = true;
    const { queue } = this.#lane(batch.partition);
    const at = queue.indexOf(batch);
    if (at < 0) return;
    queue.splice(at, 1);
    this.#giveUp(batch);
  }

  #giveUp(batch: Batch): void {
    this.#forget(batch);
    for (const message of batch.messages)
      this.#end(message, 'no broker confirmed it within delivery.timeout.ms');
    if (batch.sequence < 0) return;
    // A number is missing now, which no broker would accept: the producer begins anew (KIP-360).
    this.#id = this.#witness.newProducer();
    for (const lane of this.#lanes) {
      lane.next = 0;
      for (const waiting of lane.queue) waiting.sequence = -1;
    }
  }

  #forget(batch: Batch): void {
    batch.stopTimer();
    this.#alive.delete(batch);
    this.#bytes -= batch.bytes;
    for (const message of batch.messages) {
      this.#witness.held.delete(message);
      this.#doomed.delete(message);
    }
  }

  #lost(request: Request): void {
    for (const message of messagesIn(request))
      if (this.#witness.held.has(message)) this.#doomed.add(message);
      else this.#end(message, 'the connection broke, and nobody sends it again');
  }

  /** Nobody will have a message, unless somebody has it already. */
  #end(message: number, reason: string): void {
    if (!this.#witness.hadEver(message)) this.#io.drop(message, this.#place, null, reason);
  }

  /** What waits for a partition's leader, as the leader's buffer. */
  #recordBuffer(partition: number): void {
    const leader = this.#metadata.leaderOf(partition);
    if (leader < 0) return;
    let bytes = 0;
    let messages = 0;
    this.#lanes.forEach(({ queue }, other) => {
      if (this.#metadata.leaderOf(other) !== leader) return;
      for (const batch of queue) {
        bytes += batch.bytes;
        messages += batch.messages.length;
      }
    });
    this.#io.buffered(this.#place, this.#io.nodes[leader] as Place, bytes, messages);
  }

  #lane(partition: number): Lane {
    return this.#lanes[partition] as Lane;
  }
}

/** A partition as its producer sees it. */
interface Lane {
  queue: Batch[];
  /** Batches that are sent and not confirmed. */
  flying: number;
  /** Next sequence number. */
  next: number;
  actor: Actor;
}

export const PRODUCER_ROLE: Role = {
  machine: accumulatorMachine,
  effects: { drain: (drain: () => void) => drain() },
};
