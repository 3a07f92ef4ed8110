import { TableReader } from '../../trace/ahead.ts';
import { PACKET } from '../../trace/kinds.ts';
import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { type Depth, depthOf } from './depth.ts';
import { pairOfLink } from './peers.ts';

const SENT = COLUMN['packet.sent'];
const BLOCK = 128;

/** A wait for a retransmission that is no longer than this is drawn to scale: it is what the picture is about. */
const TELLING_US = 500_000;
/** Sendings of one direction of a connection that a retransmission is looked for among. */
const REMEMBERED = 512;

/** A packet that was sent again: rows of `packet.sent` of both sendings. */
export interface Resend {
  before: number;
  row: number;
}

/** A stretch in which no arrow of these lifelines is under way, µs. */
export interface Gap {
  fromUs: number;
  toUs: number;
}

/**
 * The arrows between chosen clients and their servers at one depth, in order of sending. Grows with the trace, so
 * every row is looked at once; a window is found by binary search and by the latest end of each block of arrows.
 */
export class ArrowIndex extends TableReader {
  /** Rows of `packet.sent`. */
  readonly rows: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** What was sent again, in order of the second sending. */
  readonly resends: Resend[] = [];
  /** Quiet stretches, oldest first. */
  readonly gaps: Gap[] = [];

  readonly #trace: Trace;
  readonly #clients: ReadonlySet<number>;
  readonly #depth: Depth;
  readonly #blockEnds: number[] = [];
  readonly #sendings = new Map<number, Map<number, number>>();
  #latestEnd = 0;

  /** When the last arrow ends, µs: from then on nothing is under way, as far as the trace goes. */
  get latestEndUs(): number {
    return this.#latestEnd;
  }

  constructor(trace: Trace, clients: readonly number[], depth: Depth) {
    super(trace.table('packet.sent'));
    this.#trace = trace;
    this.#clients = new Set(clients);
    this.#depth = depth;
  }

  /** Takes in what the trace has got since. */
  grow(): this {
    this.catchUp();
    return this;
  }

  protected take(row: number): void {
    const client = pairOfLink(this.#trace.header, this.table.get(row, SENT.link) >> 1);
    if (!this.#clients.has(client)) return;
    const depth = depthOf(this.#trace, row);
    if (depth <= this.#depth) this.#add(row);
    // Handshakes are a bracket where they are not arrows; it has to have a height all the same.
    else if (depth === 2 && this.#opens(row)) this.#pass(this.table.atUs(row), this.#endUs(row));
  }

  /** How many arrows had been sent before `atUs`: the place of the first that was not. */
  firstFrom(atUs: number): number {
    return firstIndex(this.starts, (sentUs) => sentUs >= atUs);
  }

  /** Places of the arrows that are under way at any time from `fromUs` to `toUs`, oldest first. */
  between(fromUs: number, toUs: number): number[] {
    const end = this.firstFrom(toUs + 1);
    const start = this.firstFrom(fromUs);
    const earlier: number[] = [];
    const lastBlock = Math.floor((start - 1) / BLOCK);
    // What was sent before the window may still be under way in it: rare but for slow links, so whole blocks drop out.
    for (let block = 0; block <= lastBlock; block++) {
      if ((this.#blockEnds[block] as number) < fromUs) continue;
      for (let i = block * BLOCK; i < Math.min(start, (block + 1) * BLOCK); i++) {
        if ((this.ends[i] as number) >= fromUs) earlier.push(i);
      }
    }
    for (let i = start; i < end; i++) earlier.push(i);
    return earlier;
  }

  #add(row: number): void {
    const { table } = this;
    const atUs = table.atUs(row);
    const endUs = this.#endUs(row);
    const block = Math.floor(this.rows.length / BLOCK);
    this.#blockEnds[block] = Math.max(this.#blockEnds[block] ?? 0, endUs);
    this.rows.push(row);
    this.starts.push(atUs);
    this.ends.push(endUs);
    this.#pass(atUs, endUs);
    const before = this.#sentBefore(row);
    if (before < 0 || table.get(row, SENT.why) === 0) return;
    this.resends.push({ before, row });
    const beforeUs = table.atUs(before);
    if (atUs - beforeUs <= TELLING_US) this.#keepToScale(beforeUs);
  }

  #endUs(row: number): number {
    const { table } = this;
    const drops = table.get(row, SENT.dropsAtUs);
    return table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
  }

  /** Something goes on from a time to another: what was before it and after all else was quiet. */
  #pass(atUs: number, endUs: number): void {
    if (atUs > this.#latestEnd) this.gaps.push({ fromUs: this.#latestEnd, toUs: atUs });
    this.#latestEnd = Math.max(this.#latestEnd, endUs);
  }

  /** Whether a packet is part of opening a connection. */
  #opens(row: number): boolean {
    const { table } = this;
    if ((table.get(row, SENT.what) & PACKET.SYN) !== 0) return true;
    const { secured } = readingOf(this.#trace);
    const connection = table.get(row, SENT.connection);
    return table.get(row, SENT.dataBytes) > 0 && secured.countAt(connection, table.atUs(row)) === 0;
  }

  /** Forgets the quiet stretches after `fromUs`: they are part of a wait that is worth seeing. */
  #keepToScale(fromUs: number): void {
    while (this.gaps.length > 0 && (this.gaps.at(-1) as Gap).fromUs >= fromUs) this.gaps.pop();
  }

  /** The sending of the same bytes before this one, or -1; remembers this one. */
  #sentBefore(row: number): number {
    const { table } = this;
    const what = table.get(row, SENT.what);
    if ((what & PACKET.DUPLICATE) !== 0) return -1;
    const link = table.get(row, SENT.link);
    const connection = table.get(row, SENT.connection);
    if (connection > 0 && table.get(row, SENT.dataBytes) === 0 && (what & (PACKET.SYN | PACKET.FIN)) === 0) {
      return -1;
    }
    const stream = connection > 0 ? connection * 2 + (link & 1) : -1 - link;
    const place = connection > 0 ? table.get(row, SENT.seqNo) : 0;
    let sendings = this.#sendings.get(stream);
    if (sendings === undefined) this.#sendings.set(stream, (sendings = new Map()));
    const before = sendings.get(place) ?? -1;
    sendings.delete(place);
    sendings.set(place, row);
    if (sendings.size > REMEMBERED) sendings.delete(sendings.keys().next().value as number);
    return before;
  }
}

const MOST_INDEXES = 6;
const indexes = new WeakMap<Trace, Map<string, ArrowIndex>>();

/** The arrows of these clients at a depth, up to date. States and timers add no arrows: depth 3 has those of 2. */
export function arrowsOf(trace: Trace, clients: readonly number[], depth: Depth): ArrowIndex {
  let known = indexes.get(trace);
  if (known === undefined) indexes.set(trace, (known = new Map()));
  const arrowDepth = depth === 3 ? 2 : depth;
  const key = `${arrowDepth}:${[...clients].sort((a, b) => a - b).join()}`;
  let index = known.get(key);
  if (index === undefined) {
    index = new ArrowIndex(trace, clients, arrowDepth);
    if (known.size >= MOST_INDEXES) known.delete(known.keys().next().value as string);
    known.set(key, index);
  }
  return index.grow();
}
