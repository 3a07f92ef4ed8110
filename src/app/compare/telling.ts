import { COLUMN, type Trace } from '../../trace/trace.ts';
import type { RunInPage } from '../worker/client.ts';

const DELIVERED = COLUMN['message.delivered'];
const PUBLISHED = COLUMN['message.published'];

/** What is worth seeing is looked for so far into the runs. */
const BEGINNING_US = 20_000_000;
/** Before that, connections are still being opened. */
const WARM_US = 2_000_000;
/** As many updates are looked at. */
const MOST_UPDATES = 2000;
/** So far on its way the slowest is shown: others have the update already. */
const SHARE = 0.75;

/** An update on its way to the first client of a run. */
interface Trip {
  atUs: number;
  /** null: it never came. */
  latencyUs: number | null;
}

/**
 * A moment to begin with that shows how the variants differ: the update that was late, or lost, most unlike all others
 * of its variant is still waited for there, while others have it. Null as long as it cannot be told.
 */
export function tellingOf(runs: readonly RunInPage[]): number | null {
  let best = { odd: 0, atUs: 0 };
  for (const { trace, state } of runs) {
    const endUs = trace.header?.endUs ?? 0;
    if (state === 'simulating' && trace.knownUntilUs < Math.min(endUs, BEGINNING_US)) return null;
    const trips = tripsOf(trace);
    const median = medianOf(trips);
    if (median === null) continue;
    for (const { atUs, latencyUs } of trips) {
      // What never came is odder than what came late, and is not looked for at the end of a run.
      const odd = latencyUs === null ? 1000 : latencyUs / median;
      const waitedUs = latencyUs === null ? 4 * median : latencyUs * SHARE;
      if (odd > best.odd && atUs + waitedUs < endUs) best = { odd, atUs: Math.round(atUs + waitedUs) };
    }
  }
  return best.odd === 0 ? null : best.atUs;
}

function tripsOf(trace: Trace): Trip[] {
  const published = trace.table('message.published');
  const delivered = trace.table('message.delivered');
  const rooms = trace.header?.clients[0]?.rooms ?? [];
  const latencies = new Map<number, number>();
  for (let row = 0; row < delivered.length && latencies.size < 4 * MOST_UPDATES; row++) {
    if (delivered.get(row, DELIVERED.client) === 0)
      latencies.set(delivered.get(row, DELIVERED.message), delivered.get(row, DELIVERED.latencyUs));
  }
  const untilUs = Math.min(BEGINNING_US, trace.knownUntilUs);
  const trips: Trip[] = [];
  const first = published.firstAtOrAfter(WARM_US);
  for (let row = first; row < Math.min(published.length, first + MOST_UPDATES); row++) {
    const atUs = published.atUs(row);
    if (atUs > untilUs) break;
    if (!rooms.includes(published.get(row, PUBLISHED.room))) continue;
    trips.push({ atUs, latencyUs: latencies.get(published.get(row, PUBLISHED.message)) ?? null });
  }
  return trips;
}

function medianOf(trips: readonly Trip[]): number | null {
  const known = trips.flatMap(({ latencyUs }) => latencyUs ?? []).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}
