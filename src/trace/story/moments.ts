import { type Follower, follow } from '../ahead.ts';
import { PACKET } from '../kinds.ts';
import { firstIndex } from '../search.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { habitOf } from './habits.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { pendingLog } from './owned.ts';
import { peersOf } from './peers.ts';

/**
 * What can be worth a sentence, the weightiest first. What brings something about weighs no less than what follows from
 * it: an election more than the connections that are refused for want of a leader, a loss more than what is held behind
 * it, what is sent again no less than what that sets free.
 */
export const RANK = {
  fault: 10,
  owner: 9,
  member: 8,
  faultOver: 8,
  loss: 8,
  dropped: 8,
  refused: 8,
  closed: 7,
  denied: 7,
  resent: 6,
  released: 6,
  opened: 6,
  // Who is refused by it says more of it.
  ended: 6,
  gap: 6,
  duplicated: 6,
  deduplicated: 5,
  jumbled: 5,
  held: 5,
  ready: 5,
  late: 4,
  routine: 1,
} as const;

export type MomentKind = keyof typeof RANK;

/** Something that happened and is worth a sentence. */
export interface Moment {
  kind: MomentKind;
  rank: number;
  atUs: number;
  /** Its record; for a loss that of the packet, which was sent earlier. */
  seq: number;
  row: number;
}

const SENT = COLUMN['packet.sent'];
const HELD = COLUMN['stream.held'];
const DELIVERED = COLUMN['message.delivered'];

/** Packets that are read on by at a time. */
const AHEAD = 512;

/** A delivery is late from here on, µs: for a client that is pushed to, and for one that asks. */
const LATE_US = { push: 200_000, ask: 2_000_000 };

/**
 * The moments of a trace in the order of time, those of routine left out: there are too many, and they are found when
 * needed. It grows with the trace, and each row is looked at once.
 */
export class Moments implements Follower {
  readonly #trace: Trace;
  readonly #lookup: Lookup;
  readonly #read = new Map<string, number>();
  readonly #opened = new Set<number>();
  /** What has had an owner, in hop 2. */
  readonly #owned = new Set<string>();
  /** Lost packets whose loss is yet to come. */
  #pending: Moment[] = [];
  #untilUs = -1;
  readonly list: Moment[] = [];

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#lookup = lookupOf(trace);
    follow(trace.table('packet.sent'), this);
  }

  /** Reads on by so many packets, the newest instant left for later: it may not be over. */
  readOn(): boolean {
    const table = this.#trace.table('packet.sent');
    const row = Math.min((this.#read.get('packet.sent') ?? 0) + AHEAD, table.length) - 1;
    if (row < 0 || table.atUs(row) === table.atUs(table.length - 1)) return false;
    this.reach(table.atUs(row));
    return true;
  }

  /** Makes sure that everything up to `untilUs` is in {@link list}. */
  reach(untilUs: number): void {
    if (untilUs <= this.#untilUs) return;
    this.#untilUs = untilUs;
    const found = this.#pending;
    const add = (kind: MomentKind, atUs: number, seq: number, row: number) =>
      found.push({ kind, rank: RANK[kind], atUs, seq, row });
    this.#each('packet.sent', (row, atUs, seq) => this.#packet(row, atUs, seq, add));
    this.#each('stream.held', (row, atUs, seq) => this.#held(row, atUs, seq, add));
    this.#each('message.delivered', (row, atUs, seq) => {
      const table = this.#trace.table('message.delivered');
      const { asks } = habitOf(this.#trace, table.get(row, DELIVERED.client));
      if (table.get(row, DELIVERED.outOfOrder) === 1) add('jumbled', atUs, seq, row);
      else if (table.get(row, DELIVERED.latencyUs) >= (asks ? LATE_US.ask : LATE_US.push))
        add('late', atUs, seq, row);
    });
    this.#each('connection.closed', (row, atUs, seq) => {
      const table = this.#trace.table('connection.closed');
      const { connection, down, reason } = COLUMN['connection.closed'];
      // A load balancer's own connections are not a client's loss; those of hop 2 are a process's.
      const number = table.get(row, connection);
      if (this.#lookup.clientOf(number) < 0 && peersOf(this.#trace, number) === null) return;
      if (table.get(row, down) === 0 && this.#trace.strings[table.get(row, reason)] !== 'finished')
        add('closed', atUs, seq, row);
    });
    this.#each('connection.established', (row, atUs, seq) => {
      const table = this.#trace.table('connection.established');
      const { connection, down } = COLUMN['connection.established'];
      if (table.get(row, down) !== 0) return;
      const client = this.#lookup.clientOf(table.get(row, connection));
      // A process of the datacenter (a load balancer, hop 2) that comes back says so by what follows.
      if (client < 0) return;
      // Who opens one for each request does nothing remarkable by it.
      if (this.#opened.has(client) && this.#lostBefore(client, atUs)) add('opened', atUs, seq, row);
      this.#opened.add(client);
    });
    this.#each('machine.moved', (row, atUs, seq) => {
      const table = this.#trace.table('machine.moved');
      const { actor, event } = COLUMN['machine.moved'];
      const { client = -1 } = this.#trace.header?.actors[table.get(row, actor)] ?? {};
      if (client >= 0 && this.#trace.strings[table.get(row, event)] === 'refused')
        add('denied', atUs, seq, row);
    });
    this.#each('route.ended', (row, atUs, seq) => {
      const table = this.#trace.table('route.ended');
      const client = this.#lookup.clientOf(table.get(row, COLUMN['route.ended'].connection));
      if (client >= 0) add('ended', atUs, seq, row);
    });
    this.#each('gap.noticed', (row, atUs, seq) => add('gap', atUs, seq, row));
    this.#each('message.duplicated', (row, atUs, seq) => add('duplicated', atUs, seq, row));
    this.#each('message.deduplicated', (row, atUs, seq) => add('deduplicated', atUs, seq, row));
    this.#each('message.dropped', (row, atUs, seq) => add('dropped', atUs, seq, row));
    // What is so from the start has not changed.
    this.#each('owner.changed', (row, atUs, seq) => {
      if (this.#changesHands(row)) add('owner', atUs, seq, row);
    });
    this.#each('member.changed', (row, atUs, seq) => atUs > 0 && add('member', atUs, seq, row));
    this.#each('message.refused', (row, atUs, seq) => add('refused', atUs, seq, row));
    this.#each('client.ready', (row, atUs, seq) => add('ready', atUs, seq, row));
    this.#each('fault.began', (row, atUs, seq) => add('fault', atUs, seq, row));
    this.#each('fault.ended', (row, atUs, seq) => add('faultOver', atUs, seq, row));
    found.sort((a, b) => a.atUs - b.atUs || b.rank - a.rank || a.seq - b.seq);
    const due = firstIndex(found, ({ atUs }) => atUs > untilUs);
    for (let i = 0; i < due; i++) this.list.push(found[i] as Moment);
    this.#pending = found.slice(due);
  }

  /** Whether an owner is worth a word. An entry that is handed out or acknowledged is not; one that is claimed is. */
  #changesHands(row: number): boolean {
    const table = this.#trace.table('owner.changed');
    const { what, owner, before } = COLUMN['owner.changed'];
    const had = table.get(row, before) >= 0;
    if (pendingLog(this.#trace.strings[table.get(row, what)] ?? '') !== null)
      return had && table.get(row, owner) >= 0;
    return had || this.#orphaned(row);
  }

  /** Whether somebody takes over what belonged to nobody for a while. */
  #orphaned(row: number): boolean {
    const table = this.#trace.table('owner.changed');
    const { what, part } = COLUMN['owner.changed'];
    const key = `${table.get(row, what)} ${table.get(row, part)}`;
    const before = this.#owned.has(key);
    this.#owned.add(key);
    return before;
  }

  #each(kind: Parameters<Trace['table']>[0], use: (row: number, atUs: number, seq: number) => void): void {
    const table = this.#trace.table(kind);
    let row = this.#read.get(kind) ?? 0;
    for (; row < table.length && table.atUs(row) <= this.#untilUs; row++)
      use(row, table.atUs(row), table.get(row, 0));
    this.#read.set(kind, row);
  }

  #packet(
    row: number,
    atUs: number,
    seq: number,
    add: (kind: MomentKind, atUs: number, seq: number, row: number) => void,
  ): void {
    const table = this.#trace.table('packet.sent');
    const dropsUs = table.get(row, SENT.dropsAtUs);
    const why = table.get(row, SENT.why);
    if (dropsUs < 0 && why === 0) return;
    if (dropsUs >= 0 && table.get(row, SENT.what) & (PACKET.DATA | PACKET.SYN | PACKET.DNS))
      add('loss', atUs + dropsUs, seq, row);
    if (why !== 0) add('resent', atUs, seq, row);
  }

  #held(
    row: number,
    atUs: number,
    seq: number,
    add: (kind: MomentKind, atUs: number, seq: number, row: number) => void,
  ): void {
    const table = this.#trace.table('stream.held');
    const segments = table.get(row, HELD.segments);
    if (table.get(row, HELD.down) !== 1) return;
    if (segments === 1) add('held', atUs, seq, row);
    else if (segments === 0) add('released', atUs, seq, row);
  }

  /** Whether a connection of this client's had ended other than in order before. */
  #lostBefore(client: number, atUs: number): boolean {
    const attempts = this.#trace.table('connection.attempted');
    const closed = this.#trace.table('connection.closed');
    return this.#lookup.attempts.of(client).some((row) => {
      const at = this.#lookup.closedRow(attempts.get(row, COLUMN['connection.attempted'].connection), 0);
      return (
        at >= 0 &&
        closed.atUs(at) <= atUs &&
        this.#trace.strings[closed.get(at, COLUMN['connection.closed'].reason)] !== 'finished'
      );
    });
  }
}

const all = new WeakMap<Trace, Moments>();

function momentsFor(trace: Trace): Moments {
  let moments = all.get(trace);
  if (moments === undefined) {
    moments = new Moments(trace);
    all.set(trace, moments);
  }
  return moments;
}

/** All moments up to a time, and those after it that are known already, routine left out, oldest first. */
export function momentsUntil(trace: Trace, untilUs: number): readonly Moment[] {
  const moments = momentsFor(trace);
  moments.reach(untilUs);
  return moments.list;
}
