import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { hopWords } from './hop-words.ts';
import type { Step } from './story.ts';

const CHANGED = COLUMN['owner.changed'];
const MOST = 6;

/**
 * Who came to lead a partition, to serve it or to read it while a message for it was on its way: what it waited for,
 * where it waited.
 * @param entries rows of `entry.appended`: where the message was written
 */
export function ownerSteps(
  trace: Trace,
  entries: readonly number[],
  fromUs: number,
  untilUs: number,
): Step[] {
  const appended = trace.table('entry.appended');
  const table = trace.table('owner.changed');
  const partitions = new Set(entries.map((row) => appended.get(row, COLUMN['entry.appended'].partition)));
  return [...partitions]
    .flatMap((partition) => changesOf(trace).between(partition, fromUs, untilUs))
    .filter((row) => table.atUs(row) > fromUs)
    .slice(0, MOST)
    .map((row) => {
      const said = hopWords(trace, trace.record('owner.changed', row));
      return {
        atUs: table.atUs(row),
        seq: table.get(row, 0),
        text: `${said?.who} ${said?.words}`,
        tone: 'normal',
      };
    });
}

const changes = new WeakMap<Trace, RowsOf>();

/** Rows of changes of a partition's owner, by partition. Rooms, clients and pending entries have owners as well. */
function changesOf(trace: Trace): RowsOf {
  let rows = changes.get(trace);
  if (rows === undefined) {
    const table = trace.table('owner.changed');
    rows = new RowsOf(table, (row, put) => {
      if (trace.strings[table.get(row, CHANGED.what)]?.endsWith('partition'))
        put(table.get(row, CHANGED.part));
    });
    changes.set(trace, rows);
  }
  return rows;
}
