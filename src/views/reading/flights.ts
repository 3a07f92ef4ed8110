import { COLUMN, type Trace } from '../../trace/trace.ts';

const SENT = COLUMN['packet.sent'];
const BLOCK = 128;

/**
 * Which packets are under way at a time. A packet may be under way for long behind a slow link, so the latest end of
 * every block of rows, and of all rows before it, is kept: the search goes back only as far as it can find something.
 */
export class Flights {
  readonly #trace: Trace;
  /** Latest end within each block, and up to and including it. */
  readonly #ends: number[] = [];
  readonly #endsSoFar: number[] = [];
  #read = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** When a packet's way ends, by arrival or by loss. */
  endUs(row: number): number {
    const table = this.#trace.table('packet.sent');
    const drops = table.get(row, SENT.dropsAtUs);
    return table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
  }

  /** Whether the packet does not arrive. */
  isLost(row: number): boolean {
    return this.#trace.table('packet.sent').get(row, SENT.dropsAtUs) >= 0;
  }

  /**
   * Rows of the packets that are under way at `nowUs`, oldest first, and of those lost within `lingerUs` before it.
   * @param limit as many as this, the newest
   */
  at(nowUs: number, lingerUs = 0, limit = 5000): number[] {
    this.#grow();
    const table = this.#trace.table('packet.sent');
    const last = table.firstAfter(nowUs) - 1;
    const since = nowUs - lingerUs;
    const rows: number[] = [];
    for (let block = Math.floor(last / BLOCK); block >= 0 && rows.length < limit; block--) {
      if ((this.#endsSoFar[block] as number) <= since) break;
      if ((this.#ends[block] as number) <= since) continue;
      for (let row = Math.min(last, block * BLOCK + BLOCK - 1); row >= block * BLOCK; row--) {
        const end = this.endUs(row);
        if (end > nowUs || (end > since && this.isLost(row))) rows.push(row);
      }
    }
    return rows.slice(0, limit).reverse();
  }

  #grow(): void {
    const table = this.#trace.table('packet.sent');
    for (; this.#read < table.length; this.#read++) {
      const block = Math.floor(this.#read / BLOCK);
      const end = this.endUs(this.#read);
      this.#ends[block] = Math.max(this.#ends[block] ?? 0, end);
      this.#endsSoFar[block] = Math.max(this.#endsSoFar[block] ?? this.#endsSoFar[block - 1] ?? 0, end);
    }
  }
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
