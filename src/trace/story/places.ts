import { firstIndex } from '../search.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { type Moment, momentsUntil } from './moments.ts';

const DELIVERED = COLUMN['message.delivered'];

/** Where a look at a run may begin. */
export interface Places {
  slowest: { message: number; client: number; us: number } | null;
  lastLoss: { seq: number; atUs: number } | null;
}

/** The slowest delivery so far, row by row as the trace goes on: `best[i]` is the slowest of the first i + 1 rows. */
const slowestRows = new WeakMap<Trace, number[]>();

/** The slowest delivery and the last loss up to a time. */
export function slowestUntil(trace: Trace, nowUs: number): Places {
  const table = trace.table('message.delivered');
  let best = slowestRows.get(trace);
  if (best === undefined) slowestRows.set(trace, (best = []));
  for (let row = best.length; row < table.length; row++) {
    const before = best[row - 1];
    const slower =
      before === undefined || table.get(row, DELIVERED.latencyUs) > table.get(before, DELIVERED.latencyUs);
    best.push(slower ? row : before);
  }
  const row = best[table.firstAfter(nowUs) - 1];
  const loss = lastLossUntil(trace, nowUs);
  return {
    slowest:
      row === undefined
        ? null
        : {
            message: table.get(row, DELIVERED.message),
            client: table.get(row, DELIVERED.client),
            us: table.get(row, DELIVERED.latencyUs),
          },
    lastLoss: loss === undefined ? null : { seq: loss.seq, atUs: loss.atUs },
  };
}

function lastLossUntil(trace: Trace, nowUs: number): Moment | undefined {
  // Moments are known far beyond the playhead: they are read ahead.
  const moments = momentsUntil(trace, nowUs);
  let at = firstIndex(moments, ({ atUs }) => atUs > nowUs) - 1;
  while (at >= 0 && moments[at]?.kind !== 'loss') at--;
  return moments[at];
}
