import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const APPENDED = COLUMN['entry.appended'];
const TRIMMED = COLUMN['entry.trimmed'];
const CURSOR = COLUMN['cursor.moved'];
const BUFFER = COLUMN['buffer.changed'];
const MEMBER = COLUMN['member.changed'];
const OWNER = COLUMN['owner.changed'];

/** Keys of two and more numbers: places, logs and partitions are few. */
const WIDE = 4096;

/** A copy of a partition of a log at a place, at a time: offsets from `first` up to, and not including, `end`. */
export interface Copy {
  place: number;
  log: number;
  partition: number;
  first: number;
  end: number;
}

/** Where a consumer stands in a partition: the next offset that it will read, and where it would begin after a crash. */
export interface Cursor {
  consumer: number;
  /** -1: it has none of the kind. */
  read: number;
  committed: number;
}

export interface Held {
  place: number;
  peer: number;
  bytes: number;
  messages: number;
}

export interface Member {
  group: string;
  place: number;
  state: string;
  sinceUs: number;
  seq: number;
}

export interface Owned {
  what: string;
  part: number;
  owner: number;
  before: number;
  sinceUs: number;
  seq: number;
}

/**
 * What the records say about the inside of a backplane, at any time: its logs and who has read how far, what waits in
 * buffers, who is in which group, and who owns what. It knows no backplane. Every row is looked at once.
 */
export class Inside {
  readonly #trace: Trace;
  readonly #appended: RowsBy;
  readonly #trimmed: RowsBy;
  readonly #cursors: RowsBy;
  readonly #buffers: RowsBy;
  readonly #members: RowsBy;
  readonly #owners: RowsBy;
  /** Keys seen so far, in order of their first record. */
  readonly #copyKeys = new Set<number>();
  readonly #bufferKeys = new Set<number>();
  readonly #memberKeys = new Set<number>();
  readonly #ownerKeys = new Set<number>();
  /** Numbers for the strings of groups and of what is owned. */
  readonly #texts: number[] = [];

  constructor(trace: Trace) {
    this.#trace = trace;
    const note = (keys: Set<number>, key: number) => {
      keys.add(key);
      return key;
    };
    const appended = trace.table('entry.appended');
    this.#appended = new RowsBy(appended, (row) =>
      note(
        this.#copyKeys,
        copyKey(
          appended.get(row, APPENDED.place),
          appended.get(row, APPENDED.log),
          appended.get(row, APPENDED.partition),
        ),
      ),
    );
    const trimmed = trace.table('entry.trimmed');
    this.#trimmed = new RowsBy(trimmed, (row) =>
      copyKey(
        trimmed.get(row, TRIMMED.place),
        trimmed.get(row, TRIMMED.log),
        trimmed.get(row, TRIMMED.partition),
      ),
    );
    const cursor = trace.table('cursor.moved');
    this.#cursors = new RowsBy(cursor, (row) =>
      cursorKey(
        cursor.get(row, CURSOR.log),
        cursor.get(row, CURSOR.partition),
        cursor.get(row, CURSOR.consumer),
        cursor.get(row, CURSOR.committed),
      ),
    );
    const buffer = trace.table('buffer.changed');
    this.#buffers = new RowsBy(buffer, (row) =>
      note(this.#bufferKeys, buffer.get(row, BUFFER.place) * WIDE + buffer.get(row, BUFFER.peer)),
    );
    const member = trace.table('member.changed');
    this.#members = new RowsBy(member, (row) =>
      note(
        this.#memberKeys,
        this.#text(member.get(row, MEMBER.group)) * WIDE + member.get(row, MEMBER.place),
      ),
    );
    const owner = trace.table('owner.changed');
    this.#owners = new RowsBy(owner, (row) =>
      note(
        this.#ownerKeys,
        this.#text(owner.get(row, OWNER.what)) * 2 ** 32 + (owner.get(row, OWNER.part) >>> 0),
      ),
    );
  }

  /** A small number for a string of the trace, in order of first use. */
  #text(index: number): number {
    const known = this.#texts.indexOf(index);
    return known >= 0 ? known : this.#texts.push(index) - 1;
  }

  /** All copies of partitions that have been written to, in order of log, partition and place. */
  copiesAt(nowUs: number): Copy[] {
    this.#appended.of(-1);
    const copies: Copy[] = [];
    for (const key of this.#copyKeys) {
      const end = this.#endAt(key, nowUs);
      if (end < 0) continue;
      const place = Math.floor(key / (WIDE * WIDE));
      const log = Math.floor(key / WIDE) % WIDE;
      copies.push({ place, log, partition: key % WIDE, first: this.#firstAt(key, nowUs), end });
    }
    return copies.sort((a, b) => a.log - b.log || a.partition - b.partition || a.place - b.place);
  }

  /** The offset behind the newest entry of a copy; -1: nothing was written to it yet. */
  #endAt(key: number, nowUs: number): number {
    const row = this.#appended.lastAt(key, nowUs);
    return row < 0 ? -1 : this.#trace.table('entry.appended').get(row, APPENDED.offset) + 1;
  }

  #firstAt(key: number, nowUs: number): number {
    const row = this.#trimmed.lastAt(key, nowUs);
    if (row >= 0) return this.#trace.table('entry.trimmed').get(row, TRIMMED.offset);
    const written = this.#appended.of(key)[0];
    return written === undefined
      ? 0
      : Math.min(0, this.#trace.table('entry.appended').get(written, APPENDED.offset));
  }

  /**
   * The newest entries of a copy, up to so many, oldest first: what was written last at each offset below its end.
   */
  entriesOf({ place, log, partition, first, end }: Copy, nowUs: number, most: number): Entry[] {
    const key = copyKey(place, log, partition);
    const rows = this.#appended.of(key);
    const table = this.#trace.table('entry.appended');
    const entries = new Map<number, Entry>();
    const from = Math.max(first, end - most);
    let below = end;
    for (let i = this.#appended.countAt(key, nowUs) - 1, seen = 0; i >= 0 && seen < most * 4; i--, seen++) {
      const row = rows[i] as number;
      const offset = table.get(row, APPENDED.offset);
      // What was cut off a log and written anew counts as it is now.
      if (offset >= below || entries.has(offset)) continue;
      below = Math.min(below, offset + 1);
      if (offset < from) break;
      entries.set(offset, {
        offset,
        message: table.get(row, APPENDED.message),
        atUs: table.atUs(row),
        seq: table.get(row, 0),
      });
    }
    return [...entries.values()].sort((a, b) => a.offset - b.offset);
  }

  /** Where all consumers stand that have stood anywhere in a partition. */
  cursorsAt(log: number, partition: number, nowUs: number): Cursor[] {
    const table = this.#trace.table('cursor.moved');
    const offset = (consumer: number, committed: 0 | 1) => {
      const row = this.#cursors.lastAt(cursorKey(log, partition, consumer, committed), nowUs);
      return row < 0 ? -1 : table.get(row, CURSOR.offset);
    };
    return (this.#trace.header?.backplane.consumers ?? []).flatMap((_, consumer) => {
      const [read, committed] = [offset(consumer, 0), offset(consumer, 1)];
      return read < 0 && committed < 0 ? [] : [{ consumer, read, committed }];
    });
  }

  /** Everything that waits somewhere for somebody. */
  buffersAt(nowUs: number): Held[] {
    this.#buffers.of(-1);
    const table = this.#trace.table('buffer.changed');
    const held: Held[] = [];
    for (const key of this.#bufferKeys) {
      const row = this.#buffers.lastAt(key, nowUs);
      if (row < 0 || (table.get(row, BUFFER.bytes) === 0 && table.get(row, BUFFER.messages) === 0)) continue;
      held.push({
        place: Math.floor(key / WIDE),
        peer: key % WIDE,
        bytes: table.get(row, BUFFER.bytes),
        messages: table.get(row, BUFFER.messages),
      });
    }
    return held;
  }

  /** Whoever has ever held anything for anybody, whether it does now or not. */
  buffersEver(): { place: number; peer: number }[] {
    this.#buffers.of(-1);
    return [...this.#bufferKeys]
      .map((key) => ({ place: Math.floor(key / WIDE), peer: key % WIDE }))
      .sort((a, b) => a.place - b.place || a.peer - b.peer);
  }

  /** The most bytes that were ever held by a place for another, in all of what is known: what a gauge is drawn against. */
  fullest(place: number, peer: number): number {
    const table = this.#trace.table('buffer.changed');
    return this.#buffers
      .of(place * WIDE + peer)
      .reduce((most, row) => Math.max(most, table.get(row, BUFFER.bytes)), 0);
  }

  /** What every member of every group is. */
  membersAt(nowUs: number): Member[] {
    this.#members.of(-1);
    const table = this.#trace.table('member.changed');
    return [...this.#memberKeys].flatMap((key) => {
      const row = this.#members.lastAt(key, nowUs);
      if (row < 0) return [];
      return {
        group: this.#trace.strings[this.#texts[Math.floor(key / WIDE)] ?? 0] ?? '',
        place: key % WIDE,
        state: this.#trace.strings[table.get(row, MEMBER.state)] ?? '',
        sinceUs: table.atUs(row),
        seq: table.get(row, 0),
      };
    });
  }

  /** Who owns what: the last owner of every part, -1 where it has none now. */
  ownersAt(nowUs: number): Owned[] {
    this.#owners.of(-1);
    const table = this.#trace.table('owner.changed');
    return [...this.#ownerKeys].flatMap((key) => {
      const row = this.#owners.lastAt(key, nowUs);
      if (row < 0) return [];
      return {
        what: this.#trace.strings[table.get(row, OWNER.what)] ?? '',
        part: table.get(row, OWNER.part),
        owner: table.get(row, OWNER.owner),
        before: table.get(row, OWNER.before),
        sinceUs: table.atUs(row),
        seq: table.get(row, 0),
      };
    });
  }
}

/** An entry of a log. */
export interface Entry {
  offset: number;
  message: number;
  atUs: number;
  seq: number;
}

const copyKey = (place: number, log: number, partition: number) => (place * WIDE + log) * WIDE + partition;
const cursorKey = (log: number, partition: number, consumer: number, committed: number) =>
  ((log * WIDE + partition) * WIDE + consumer) * 2 + committed;

const known = new WeakMap<Trace, Inside>();

/** The inside of a trace's backplane: one reading for all views. */
export function insideOf(trace: Trace): Inside {
  let found = known.get(trace);
  if (found === undefined) known.set(trace, (found = new Inside(trace)));
  return found;
}
