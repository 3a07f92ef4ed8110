import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { Fetcher } from '../fetcher.ts';
import type { Answer, Entry, FetchedPart, Request } from '../protocol.ts';
import { Channels } from './channels.ts';
import { type Commits, committing } from './commits.ts';
import { consumerMachine } from './consumer.machine.ts';
import { Member, type Membership } from './member.ts';
import { Metadata } from './metadata.ts';
import type { ConsumerHome, Reader, Reading } from './reading.ts';
import { validate } from './validation.ts';

/** A partition of which a consumer knows nothing yet. */
const UNREAD = { position: -1, committed: -1, epoch: -1, leaderEpoch: -1, validating: false };

/** The Kafka consumer of a server. */
export class Consumer implements Membership, Reader {
  readonly group: string;
  readonly readings = new Map<number, Reading>();
  readonly #home: ConsumerHome;
  readonly #place: Place;
  readonly #channels: Channels;
  readonly #metadata: Metadata;
  readonly #coordinators: Channels;
  readonly #fetchers = new Map<number, Fetcher>();
  /** Leaders that may be asked for more: each poll asks once (Fetcher.sendFetches). */
  readonly #mayAsk = new Set<number>();
  readonly #actor: Actor;
  readonly #member: Member | null;
  readonly #commits: Commits;
  #batch: { reading: Reading; entry: Entry }[] = [];
  #processed = 0;
  #rejoining = false;
  #stopPollTimer: () => void = () => {};

  constructor(home: ConsumerHome, place: Place, group: string) {
    const { io, config } = home;
    this.#home = home;
    this.#place = place;
    this.group = group;
    const brokers = io.nodes.slice(0, config.brokers);
    this.#channels = new Channels(place, brokers);
    // Heartbeats and commits must not wait behind a fetch that waits: they have a connection of their own.
    this.#coordinators = new Channels(place, brokers);
    this.#commits = committing(home, place, this);
    this.#actor = place.start<Consumer>('consumer', this);
    this.#member = config.pattern === 'group' ? new Member(place, config, this) : null;
    this.#metadata = new Metadata(place, this.#channels, config, () => this.#wake());
    if (this.#member === null) this.assigned(Array.from({ length: config.partitions }, (_, one) => one));
    else this.#member.polled();
  }

  get owned(): readonly number[] {
    return [...this.readings.keys()];
  }

  get member(): Member | null {
    return this.#member;
  }

  /** Records of the batch at hand that the application has not got to. */
  get unprocessed(): readonly { reading: Reading; entry: Entry }[] {
    return this.#batch.slice(this.#processed);
  }

  ask(request: Request, timeoutUs: number, done: (answer: Answer | null) => void): void {
    const { coordinator } = this.#metadata;
    if (coordinator < 0) {
      this.#place.later(this.#home.config.retryBackoffMs * 1000, () => done(null));
      return;
    }
    this.#coordinators.to(coordinator).ask(request, timeoutUs, (answer) => {
      const gone = answer === null || answer.failure === 'not coordinator';
      if (gone) this.#metadata.refresh();
      done(gone ? null : answer);
    });
  }

  /** Asks whoever leads a partition. */
  askLeader(partition: number, request: Request, done: (answer: Answer | null) => void): void {
    const leader = this.#metadata.leaderOf(partition);
    if (leader < 0) {
      this.#place.later(this.#home.config.retryBackoffMs * 1000, () => done(null));
      return;
    }
    this.#channels.to(leader).ask(request, this.#home.config.requestTimeoutUs, (answer) => {
      if (answer === null || answer.failure === 'not leader') this.#metadata.refresh();
      done(answer);
    });
  }

  interrupt(): void {
    this.#actor.send({ type: 'data' });
  }

  assigned(partitions: readonly number[]): void {
    const { witness } = this.#home;
    for (const partition of this.owned) if (!partitions.includes(partition)) this.#giveBack(partition);
    const fresh = partitions.filter((partition) => !this.readings.has(partition));
    for (const partition of fresh) {
      witness.begins(this.group, partition);
      this.readings.set(partition, { partition, ...UNREAD, buffer: [] });
      if (this.#member !== null) witness.owns(partition, this.#place);
    }
    if (fresh.length > 0) this.#commits.begin(fresh, () => this.#wake());
    this.#wake();
  }

  /** A position is known: there may be something to ask for. */
  #wake(): void {
    for (const reading of this.readings.values()) {
      const leader = this.#metadata.leaderOf(reading.partition);
      if (leader < 0 || reading.position < 0) continue;
      this.#noteLeader(reading);
      if (reading.validating) continue;
      this.#mayAsk.add(leader);
      this.#fetcher(leader).wake();
    }
  }

  /** Another leader than the one before has to be asked whether its log is the one that was read so far. */
  #noteLeader(reading: Reading): void {
    const before = reading.leaderEpoch;
    reading.leaderEpoch = this.#metadata.epochOf(reading.partition);
    if (before < 0 || before === reading.leaderEpoch || reading.epoch < 0 || reading.validating) return;
    const around = { place: this.#place, retryUs: this.#home.config.retryBackoffMs * 1000 };
    validate(reading, around, this, () => this.#wake());
  }

  poll(): void {
    this.#stopPollTimer();
    this.#batch = [];
    this.#processed = 0;
    const member = this.#member;
    if (member?.isLost === true) for (const partition of this.owned) this.#giveBack(partition);
    member?.polled();
    if (member?.mustRejoin === true) this.#prepare(member);
    if (this.#rejoining) {
      this.#actor.send({ type: 'nothing' });
      return;
    }
    this.#commits.commitNowAndThen();
    const { maxPollRecords, maxPollIntervalUs } = this.#home.config;
    for (const reading of this.readings.values()) {
      const entries = reading.buffer.splice(0, maxPollRecords - this.#batch.length);
      const last = entries.at(-1);
      if (last === undefined) continue;
      reading.position = last.offset + 1;
      reading.epoch = last.epoch;
      for (const entry of entries) this.#batch.push({ reading, entry });
    }
    this.#wake();
    if (this.#batch.length === 0) {
      this.#actor.send({ type: 'nothing' });
      return;
    }
    if (member !== null) this.#stopPollTimer = this.#place.later(maxPollIntervalUs, () => member.leave());
    this.#actor.send({ type: this.#home.config.commit === 'before' ? 'records to commit' : 'records' });
  }

  /** Before it joins again: commits, and with the eager protocol gives everything back. */
  #prepare(member: Member): void {
    if (this.#rejoining) return;
    if (member.isLost) {
      member.prepared();
      return;
    }
    if (this.#home.config.assignment === 'cooperative-sticky') {
      this.#commits.commitNowAndThen(true);
      member.prepared();
      return;
    }
    this.#rejoining = true;
    const go = () => {
      for (const partition of this.owned) this.#giveBack(partition);
      this.#rejoining = false;
      member.prepared();
    };
    if (this.#home.config.commit === 'auto') this.#commits.commit(go);
    else go();
  }

  #giveBack(partition: number): void {
    this.readings.delete(partition);
    this.#home.witness.gaveBack(partition, this.#place);
  }

  /** Works through the batch, record by record; between two the server does what else there is to do. */
  process(): void {
    const next = this.#batch[this.#processed];
    if (next === undefined) {
      const { commit } = this.#home.config;
      this.#actor.send({ type: commit === 'after' ? 'processed, to commit' : 'processed' });
    } else this.#place.work(this.#home.io.receiveUs, 'message', () => this.#take(next.reading, next.entry));
  }

  #take({ partition }: Reading, { message, offset }: Entry): void {
    const { witness, hand } = this.#home;
    this.#processed++;
    witness.handed(this.group, partition, offset);
    witness.cursor(this.#place, partition, this.#place.index, offset + 1, false);
    hand(this.#place, message);
    this.process();
  }

  commit(): void {
    this.#commits.commit(() => this.#actor.send({ type: 'committed' }));
  }

  #fetcher(leader: number): Fetcher {
    const known = this.#fetchers.get(leader);
    if (known !== undefined) return known;
    const fetching = { ask: (done: (ok: boolean) => void) => this.#fetch(leader, done) };
    const fetcher = new Fetcher(this.#place, fetching, this.#home.config.retryBackoffMs);
    this.#fetchers.set(leader, fetcher);
    return fetcher;
  }

  /** Asks a leader for all partitions of which nothing is left over. */
  #fetch(leader: number, done: (ok: boolean) => void): boolean {
    if (!this.#mayAsk.has(leader) && this.#actor.state !== 'waiting') return false;
    const readings = [...this.readings.values()].filter(
      ({ partition, position, buffer, validating }) =>
        position >= 0 && !validating && buffer.length === 0 && this.#metadata.leaderOf(partition) === leader,
    );
    if (readings.length === 0) return false;
    this.#mayAsk.delete(leader);
    const { fetchMinBytes, fetchMaxWaitUs, requestTimeoutUs } = this.#home.config;
    const request = {
      api: 'fetch',
      follower: -1,
      minBytes: fetchMinBytes,
      maxWaitUs: fetchMaxWaitUs,
      parts: readings.map(({ partition, position }) => ({ partition, offset: position, lastEpoch: -1 })),
    } as const;
    this.#channels.to(leader).ask(request, requestTimeoutUs, (answer) => {
      if (answer === null) this.#metadata.refresh();
      let ok = answer !== null;
      (answer?.parts ?? []).forEach((part, i) => {
        ok = this.#takeIn(readings[i] as Reading, request.parts[i]?.offset as number, part) && ok;
      });
      this.#actor.send({ type: 'data' });
      done(ok);
    });
    return true;
  }

  /** @returns whether the broker could say something */
  #takeIn(reading: Reading, asked: number, part: FetchedPart): boolean {
    if (part.failure === 'not leader') {
      this.#metadata.refresh();
      return false;
    }
    // Meanwhile it may have been given back, or have begun anew.
    if (this.readings.get(reading.partition) !== reading || reading.position !== asked) return true;
    if (reading.validating) return true;
    if (part.failure === 'offset out of range') {
      reading.position = -1;
      this.#commits.reset([reading], () => this.#wake());
      return true;
    }
    this.#home.io.counts.forwarded += part.entries.length;
    reading.buffer.push(...part.entries);
    return true;
  }
}

export const CONSUMER_ROLE: Role = {
  machine: consumerMachine,
  effects: {
    poll: (consumer: Consumer) => consumer.poll(),
    process: (consumer: Consumer) => consumer.process(),
    commit: (consumer: Consumer) => consumer.commit(),
  },
};
