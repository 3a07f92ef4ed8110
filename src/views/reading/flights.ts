import { TableReader } from '../../trace/ahead.ts';
import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const SENT = COLUMN['packet.sent'];
const BLOCK = 128;

/**
 * Which packets are under way at a time. A packet may be under way for long behind a slow link, so the latest end of
 * every block of rows, and of all rows before it, is kept: the search goes back only as far as it can find something.
 * Losses stay in view for long after they happened, and are kept by themselves: they are few.
 */
export class Flights extends TableReader {
  /** Latest end within each block, and up to and including it. */
  readonly #ends: number[] = [];
  readonly #endsSoFar: number[] = [];
  /** Rows that were lost, when, and the latest of that time up to and including each. */
  readonly #lost: { row: number; endUs: number; latestUs: number }[] = [];

  constructor(trace: Trace) {
    super(trace.table('packet.sent'));
  }

  /** When a packet's way ends, by arrival or by loss. */
  endUs(row: number): number {
    const { table } = this;
    const drops = table.get(row, SENT.dropsAtUs);
    return table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
  }

  /** Whether the packet does not arrive. */
  isLost(row: number): boolean {
    return this.table.get(row, SENT.dropsAtUs) >= 0;
  }

  /**
   * Rows of the packets that are under way at `nowUs`, oldest first, and of those lost within `lingerUs` before it.
   * @param limit as many as this, the newest
   */
  at(nowUs: number, lingerUs = 0, limit = 5000): number[] {
    this.catchUp();
    const { table } = this;
    const last = table.firstAfter(nowUs) - 1;
    const lost = lingerUs > 0 ? this.#lostBetween(nowUs - lingerUs, nowUs, last) : [];
    const rows: number[] = [];
    for (let block = Math.floor(last / BLOCK); block >= 0 && rows.length < limit; block--) {
      if ((this.#endsSoFar[block] as number) <= nowUs) break;
      if ((this.#ends[block] as number) <= nowUs) continue;
      for (let row = Math.min(last, block * BLOCK + BLOCK - 1); row >= block * BLOCK; row--) {
        if (this.endUs(row) > nowUs) rows.push(row);
      }
    }
    return newestOf(rows, lost, limit).reverse();
  }

  /** Rows up to `last` that were lost after `sinceUs` and not after `untilUs`, newest first. */
  #lostBetween(sinceUs: number, untilUs: number, last: number): number[] {
    const rows: number[] = [];
    for (let i = this.#lostUpTo(last) - 1; i >= 0; i--) {
      const { row, endUs, latestUs } = this.#lost[i] as { row: number; endUs: number; latestUs: number };
      if (latestUs <= sinceUs) break;
      if (endUs > sinceUs && endUs <= untilUs) rows.push(row);
    }
    return rows;
  }

  /** How many of the lost rows are not after this one. */
  #lostUpTo(row: number): number {
    return firstIndex(this.#lost, (lost) => lost.row > row);
  }

  protected take(row: number): void {
    const block = Math.floor(row / BLOCK);
    const endUs = this.endUs(row);
    this.#ends[block] = Math.max(this.#ends[block] ?? 0, endUs);
    this.#endsSoFar[block] = Math.max(this.#endsSoFar[block] ?? this.#endsSoFar[block - 1] ?? 0, endUs);
    if (!this.isLost(row)) return;
    this.#lost.push({ row, endUs, latestUs: Math.max(this.#lost.at(-1)?.latestUs ?? 0, endUs) });
  }
}

/** The first so many of two lists of rows that descend, as one that descends. */
function newestOf(a: readonly number[], b: readonly number[], limit: number): number[] {
  const rows: number[] = [];
  for (let i = 0, j = 0; rows.length < limit && (i < a.length || j < b.length); ) {
    rows.push((a[i] ?? -1) > (b[j] ?? -1) ? (a[i++] as number) : (b[j++] as number));
  }
  return rows;
}

/** Rows to either side that are searched for a packet that made the same way. */
const NEIGHBOURS = 400;

/** How long a lost packet would have taken: what the nearest packet that went the same way took. */
export function flightEstimateUs(trace: Trace, row: number): number {
  const table = trace.table('packet.sent');
  const link = table.get(row, SENT.link);
  for (let away = 1; away <= NEIGHBOURS; away++) {
    for (const other of [row - away, row + away]) {
      if (other < 0 || other >= table.length || table.get(other, SENT.link) !== link) continue;
      const takes = table.get(other, SENT.arrivesAtUs);
      if (takes > 0) return Math.max(takes, table.get(row, SENT.dropsAtUs));
    }
  }
  return Math.max(1, 2 * table.get(row, SENT.dropsAtUs));
}
