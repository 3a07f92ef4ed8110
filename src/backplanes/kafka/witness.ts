import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { KIND } from '../../engine/contract/sim.ts';
import type { Config } from './config.ts';
import { consumersOf } from './names.ts';
import type { Entry, Image, PartitionState } from './protocol.ts';

/** Number of the topic among the logs of the header. */
const TOPIC = 0;

/**
 * Takes down what happens for the record. It sees all processes at once, which none of them does, and so can say where
 * a message ended that nobody will miss until it is too late.
 */
export class Witness {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #watches: (server: Place, room: number) => boolean;
  /** Messages that a producer still has: it will try again. */
  readonly held = new Set<number>();
  /** How many replicas have each message, by message. */
  readonly #copies: number[] = [];
  readonly #offsets: number[] = [];
  /** Messages by offset, by partition: as they were written last. */
  readonly #logs: number[][] = [];
  readonly #owners: (Place | null)[] = [];
  #producers = 0;
  /** The newest offset that each group was handed, by group and partition. */
  readonly #handed = new Map<string, number>();

  /** @param watches whether a client of a server watches a room */
  constructor(io: BackplaneIo, config: Config, watches: (server: Place, room: number) => boolean) {
    this.#io = io;
    this.#watches = watches;
    this.#config = config;
  }

  /** Offset of a message in its partition; -1: it is in no log. */
  offsetOf(message: number): number {
    return (this.#copies[message] ?? 0) > 0 ? (this.#offsets[message] as number) : -1;
  }

  newProducer(): number {
    return this.#producers++;
  }

  /** Whether a log has a message now. */
  isWritten(message: number): boolean {
    return (this.#copies[message] ?? 0) > 0;
  }

  /** Whether a log has, or had, a message. */
  hadEver(message: number): boolean {
    return this.#copies[message] !== undefined;
  }

  broker(broker: number, state: string): void {
    this.member('cluster', this.#io.nodes[broker] as Place, state);
  }

  member(group: string, place: Place, state: string): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['member.changed'], kernel.nowUs, trace.text(group), place.number, trace.text(state));
  }

  /** Records who leads and who is in sync, where it changed. @param before null: at the start */
  metadata(_: Place, before: Image | null, after: Image): void {
    after.partitions.slice(0, this.#config.partitions).forEach((state, partition) => {
      const was = before?.partitions[partition];
      if (was?.leader !== state.leader) this.#leads(partition, state, was);
      for (const broker of state.replicas) {
        const in_ = state.isr.includes(broker);
        if (was?.isr.includes(broker) !== in_)
          this.member(
            `replicas of partition ${partition}`,
            this.#io.nodes[broker] as Place,
            in_ ? 'in sync' : 'out of sync',
          );
      }
    });
  }

  owner(what: string, part: number, owner: Place | null, before: Place | null): void {
    const { trace, kernel } = this.#io.sim;
    trace.add(
      KIND['owner.changed'],
      kernel.nowUs,
      trace.text(what),
      part,
      owner?.number ?? -1,
      before?.number ?? -1,
    );
  }

  appended(place: Place, partition: number, entry: Entry, leads: boolean): void {
    if (partition >= this.#config.partitions) return;
    if (leads) this.#io.counts.appended++;
    this.#copies[entry.message] = (this.#copies[entry.message] ?? 0) + 1;
    this.#offsets[entry.message] = entry.offset;
    const log = this.#logs[partition] ?? [];
    this.#logs[partition] = log;
    log[entry.offset] = entry.message;
    const { trace, kernel } = this.#io.sim;
    trace.add(
      KIND['entry.appended'],
      kernel.nowUs,
      place.number,
      TOPIC,
      partition,
      entry.offset,
      this.#io.messageOf(entry.message),
    );
  }

  trimmed(place: Place, partition: number, offset: number): void {
    if (partition >= this.#config.partitions) return;
    const { trace, kernel } = this.#io.sim;
    trace.add(KIND['entry.trimmed'], kernel.nowUs, place.number, TOPIC, partition, offset);
  }

  /** A replica cut off the end of its log, because its leader does not have it. */
  truncated(place: Place, partition: number, gone: readonly Entry[]): void {
    if (partition >= this.#config.partitions) return;
    for (const { message } of gone) {
      this.#copies[message] = (this.#copies[message] as number) - 1;
      if (this.isWritten(message) || this.held.has(message)) continue;
      this.#io.drop(message, place, null, 'cut off the log: the new leader never had it');
    }
  }

  /** Where a consumer stands, or (`consumer` -1) up to where a partition's entries may be read. */
  cursor(place: Place, partition: number, consumer: number, offset: number, committed: boolean): void {
    if (partition >= this.#config.partitions) return;
    const { trace, kernel } = this.#io.sim;
    const number = consumer >= 0 ? consumer : consumersOf(this.#config.pattern, this.#io.servers).length - 1;
    trace.add(
      KIND['cursor.moved'],
      kernel.nowUs,
      place.number,
      TOPIC,
      partition,
      number,
      offset,
      committed ? 1 : 0,
    );
  }

  /** A group's offset is safe with its coordinator. */
  committed(place: Place, partition: number, offset: number): void {
    const consumer = this.#config.pattern === 'group' ? this.#io.servers.length : place.index;
    this.cursor(place, partition, consumer, offset, true);
  }

  handed(group: string, partition: number, offset: number): void {
    const key = `${group} ${partition}`;
    this.#handed.set(key, Math.max(offset, this.#handed.get(key) ?? -1));
  }

  /** A group is about to find out where to begin: what is written from now on it would like to have. */
  begins(group: string, partition: number): void {
    const key = `${group} ${partition}`;
    if (!this.#handed.has(key)) this.#handed.set(key, (this.#logs[partition]?.length ?? 0) - 1);
  }

  /** A consumer begins at an offset: what its group has not had before that, it will never have. */
  skipped(place: Place, group: string, partition: number, offset: number): void {
    const next = (this.#handed.get(`${group} ${partition}`) ?? -1) + 1;
    const gone = (this.#logs[partition] ?? []).slice(next, offset);
    for (const message of gone)
      if (this.#watches(place, this.#io.roomOf(message)))
        this.#io.drop(message, place, place, 'the consumer had no offset to go on from, and began behind it');
  }

  /** A partition of the topic belongs to a member of the group. */
  owns(partition: number, place: Place): void {
    this.owner('partition', partition, place, this.#owners[partition] ?? null);
    this.#owners[partition] = place;
  }

  gaveBack(partition: number, place: Place): void {
    if (this.#owners[partition] !== place) return;
    this.owner('partition', partition, null, place);
    this.#owners[partition] = null;
  }

  #leads(partition: number, state: PartitionState, was: PartitionState | undefined): void {
    const placeOf = (broker: number) => (broker < 0 ? null : (this.#io.nodes[broker] as Place));
    this.owner('leader of partition', partition, placeOf(state.leader), placeOf(was?.leader ?? -1));
  }
}
