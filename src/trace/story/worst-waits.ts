import { HighestBy } from '../highest.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { textAt } from './words.ts';

/** The longest waits at each server: rows of `server.worked` for its CPU, and of `thread.changed` for a thread. */
export interface WorstWaits {
  readonly cpu: HighestBy;
  /** Of those that have got one. */
  readonly thread: HighestBy;
}

const all = new WeakMap<Trace, WorstWaits>();

/** The longest waits of a trace: they grow with it. */
export function worstWaitsOf(trace: Trace): WorstWaits {
  let waits = all.get(trace);
  if (waits === undefined) {
    const worked = trace.table('server.worked');
    const work = COLUMN['server.worked'];
    const threads = trace.table('thread.changed');
    const changed = COLUMN['thread.changed'];
    waits = {
      cpu: new HighestBy(
        worked,
        (row) => worked.get(row, work.server),
        (row) => worked.get(row, work.queuedUs),
      ),
      thread: new HighestBy(
        threads,
        (row) =>
          textAt(trace, threads.get(row, changed.state)) === 'taken' ? threads.get(row, changed.server) : -1,
        (row) => threads.get(row, changed.us),
      ),
    };
    all.set(trace, waits);
  }
  return waits;
}
