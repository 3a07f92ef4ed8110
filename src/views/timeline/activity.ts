import { TableReader } from '../../trace/ahead.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';

const SENT = COLUMN['packet.sent'];
const BINS = 1440;

/** Packets sent over the length of a run, in bins; grows with the trace. */
export class Activity extends TableReader {
  readonly endUs: number;
  readonly #packets = new Uint32Array(BINS);
  readonly #lost = new Uint32Array(BINS);

  constructor(trace: Trace, endUs: number) {
    super(trace.table('packet.sent'));
    this.endUs = endUs;
  }

  /** Packets sent and lost in each of `bins` equal parts of the run. */
  bins(bins: number): { packets: number; lost: number }[] {
    this.catchUp();
    const parts = Array.from({ length: bins }, () => ({ packets: 0, lost: 0 }));
    for (let i = 0; i < BINS; i++) {
      const part = parts[Math.floor((i * bins) / BINS)];
      if (part === undefined) continue;
      part.packets += this.#packets[i] as number;
      part.lost += this.#lost[i] as number;
    }
    return parts;
  }

  protected take(row: number): void {
    const bin = Math.min(BINS - 1, Math.floor((this.table.atUs(row) / this.endUs) * BINS));
    this.#packets[bin]! += 1;
    if (this.table.get(row, SENT.dropsAtUs) >= 0) this.#lost[bin]! += 1;
  }
}

const known = new WeakMap<Trace, Activity>();

/** The activity of a trace. */
export function activityOf(trace: Trace, endUs: number): Activity {
  let activity = known.get(trace);
  if (activity?.endUs !== endUs) known.set(trace, (activity = new Activity(trace, endUs)));
  return activity;
}
