import type { Channel, Reply } from '../channel.ts';
import { retainedFrom } from '../partition-log.ts';
import type { Answer, Entry, Fetch, Image, Note, Produce } from '../protocol.ts';
import type { Process } from './cluster.ts';
import type { Replica } from './replica.ts';
import { divergence, WaitingFetches } from './waiting.ts';

/** A coordinator's note that is not replicated after this has failed (`offsets.commit.timeout.ms`). */
const NOTE_TIMEOUT_US = 5_000_000;
/** A controller that does not answer for so long is connected to anew (`controller.socket.timeout.ms`). */
const CONTROLLER_TIMEOUT_US = 30_000_000;
/** And asked again after this (NodeToControllerRequestThread keeps the request until it is answered). */
const CONTROLLER_RETRY_US = 100_000;
/** A note of the coordinator, as a record. */
const NOTE_BYTES = 100;

/** What a broker does for the partitions that it leads. */
export class Leading {
  readonly waiting: WaitingFetches;
  readonly #process: Process;
  readonly #toController: Channel;
  readonly #heard: (image: Image) => void;

  /** @param heard told what the controller answered with */
  constructor(process: Process, toController: Channel, heard: (image: Image) => void) {
    this.#process = process;
    this.#toController = toController;
    this.#heard = heard;
    this.waiting = new WaitingFetches(process.place, (partition) => this.led(partition));
  }

  /** Its replica of a partition that it leads. */
  led(partition: number): Replica | undefined {
    const replica = this.#process.replicas[partition];
    return replica?.state.leader === this.#process.number ? replica : undefined;
  }

  produce(request: Produce, reply: Reply): void {
    const { partition, acks, producer, sequence, messages, bytes } = request;
    const { config } = this.#process.cluster;
    const replica = this.led(partition);
    if (replica === undefined) {
      reply({ failure: 'not leader' });
      return;
    }
    if (acks === 'all' && replica.state.isr.length < config.minInsyncReplicas) {
      reply({ failure: 'not enough replicas' });
      return;
    }
    const judged = producer < 0 ? ({ is: 'next' } as const) : replica.log.judge(producer, sequence);
    if (judged.is === 'gap') {
      reply({ failure: 'out of order sequence number' });
      return;
    }
    const first = judged.is === 'again' ? judged.offset : replica.log.end;
    if (judged.is === 'next')
      this.#append(
        replica,
        messages.map((message, i) => ({
          message,
          bytes: bytes[i] as number,
          producer,
          sequence: sequence + i,
          batchFirst: sequence,
          batchLength: messages.length,
          note: null,
        })),
      );
    if (acks !== 'all') {
      reply({ failure: '' });
      return;
    }
    this.#whenCommitted(replica, first + messages.length, config.requestTimeoutUs, (failure) =>
      reply({ failure }),
    );
  }

  /** Writes notes of the coordinator, as any record with acks=all. */
  note(notes: readonly Note[], done: (written: boolean) => void): void {
    const replica = this.led(this.#process.cluster.config.partitions);
    if (replica === undefined) {
      done(false);
      return;
    }
    const plain = {
      message: 0,
      bytes: NOTE_BYTES,
      producer: -1,
      sequence: -1,
      batchFirst: -1,
      batchLength: 0,
    };
    this.#append(
      replica,
      notes.map((note) => ({ ...plain, note })),
    );
    this.#whenCommitted(replica, replica.log.end, NOTE_TIMEOUT_US, (failure) => done(failure === ''));
  }

  #append(replica: Replica, records: readonly Omit<Entry, 'offset' | 'epoch' | 'writtenUs'>[]): void {
    for (const record of records) {
      const { end } = replica.log;
      const entry = {
        ...record,
        offset: end,
        epoch: replica.state.leaderEpoch,
        writtenUs: this.#process.place.clockUs,
      };
      replica.log.append(entry);
      this.#process.cluster.witness.appended(this.#process.place, replica.partition, entry, true);
    }
    this.waiting.wake(replica.partition);
    this.advance(replica);
  }

  #whenCommitted(
    replica: Replica,
    upTo: number,
    timeoutUs: number,
    then: (failure: Answer['failure']) => void,
  ): void {
    if (replica.log.highWatermark >= upTo) {
      then('');
      return;
    }
    const giveUp = replica.await(upTo, (written) => {
      stopTimer();
      then(written ? '' : 'not leader');
    });
    const stopTimer = this.#process.place.later(timeoutUs, () => {
      giveUp();
      then('request timed out');
    });
  }

  /** A follower's fetch says what it has. */
  followed({ follower, parts }: Fetch): void {
    for (const part of parts) {
      const replica = this.led(part.partition);
      if (replica === undefined || divergence(replica, part) >= 0) continue;
      replica.asked(follower, part.offset, this.#nowUs);
      if (!replica.state.isr.includes(follower)) this.#checkReplica(replica);
      this.advance(replica);
    }
  }

  advance(replica: Replica): void {
    const { config } = this.#process.cluster;
    // The option is the topic's; that of offsets has the broker's default, which is 1.
    const minIsr = replica.partition === config.partitions ? 1 : config.minInsyncReplicas;
    if (!replica.advance(this.#process.number, minIsr)) return;
    this.#process.cluster.witness.cursor(
      this.#process.place,
      replica.partition,
      -1,
      replica.log.highWatermark,
      true,
    );
    this.waiting.wake(replica.partition);
  }

  checkReplicas(): void {
    for (const replica of this.#process.replicas)
      if (replica !== undefined && replica.state.leader === this.#process.number) this.#checkReplica(replica);
  }

  /** Asks the controller to change who is in sync, if it should. */
  #checkReplica(replica: Replica): void {
    const { config } = this.#process.cluster;
    const isr = replica.inSync(this.#process.number, this.#nowUs, config.replicaLagUs);
    const { state, partition } = replica;
    if (
      replica.proposed !== null ||
      (isr.length === state.isr.length && isr.every((one) => state.isr.includes(one)))
    )
      return;
    replica.proposed = isr;
    const { leaderEpoch } = state;
    const request = {
      api: 'alter-partition',
      broker: this.#process.number,
      partition,
      leaderEpoch,
      isr,
    } as const;
    const ask = () =>
      this.#toController.ask(request, CONTROLLER_TIMEOUT_US, (answer) => {
        if (replica.state.leaderEpoch !== leaderEpoch) return;
        if (answer === null) {
          this.#process.place.later(CONTROLLER_RETRY_US, ask);
          return;
        }
        replica.proposed = null;
        if (answer.image !== undefined) this.#heard(answer.image);
        this.advance(replica);
      });
    ask();
  }

  retain(): void {
    for (const replica of this.#process.replicas) {
      if (
        replica?.state.leader !== this.#process.number ||
        replica.partition === this.#process.cluster.config.partitions
      )
        continue;
      const from = retainedFrom(replica.log, this.#process.place.clockUs, this.#process.cluster.config);
      if (from === replica.log.start) continue;
      replica.log.trim(from);
      this.#process.cluster.witness.trimmed(this.#process.place, replica.partition, from);
    }
  }

  get #nowUs(): number {
    return this.#process.cluster.io.sim.kernel.nowUs;
  }
}
