import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { hopWords } from './hop-words.ts';
import type { Step } from './story.ts';

const REPEATS = ['message.duplicated', 'message.deduplicated'] as const;
type Repeat = (typeof REPEATS)[number];

/** Repeats of one message at one client that are told one by one, and gaps that a client noticed, the newest. */
const MOST_REPEATS = 4;
const MOST_GAPS = 8;

const TOLD: Record<Repeat, Pick<Step, 'text' | 'tone'>> = {
  'message.duplicated': { text: 'comes once more: a duplicate', tone: 'wait' },
  'message.deduplicated': { text: 'comes once more, and is dropped by its id', tone: 'normal' },
};

/** The arrivals of a message at a client after the first: handed to the application again, or dropped by their id. */
export function repeatSteps(trace: Trace, message: number, client: number): Step[] {
  return REPEATS.flatMap((kind) => {
    const table = trace.table(kind);
    return rowsOf(trace, kind)
      .of(message)
      .filter((row) => table.get(row, COLUMN[kind].client) === client)
      .slice(0, MOST_REPEATS)
      .map((row) => ({
        atUs: table.atUs(row),
        seq: table.get(row, 0),
        ...TOLD[kind],
        term: 'de-duplication',
      }));
  });
}

/** The gaps that a client has noticed up to a time. */
export function gapSteps(trace: Trace, client: number, nowUs: number): Step[] {
  const table = trace.table('gap.noticed');
  return rowsOf(trace, 'gap.noticed')
    .between(client, 0, nowUs)
    .slice(-MOST_GAPS)
    .map((row) => ({
      atUs: table.atUs(row),
      seq: table.get(row, 0),
      text: hopWords(trace, trace.record('gap.noticed', row))?.words ?? '',
      tone: 'wait' as const,
      term: 'gap detection',
    }));
}

type Told = Repeat | 'gap.noticed';

const rows = new WeakMap<Trace, Map<Told, RowsOf>>();

/** Repeats by message, gaps by client. */
function rowsOf(trace: Trace, kind: Told): RowsOf {
  let kinds = rows.get(trace);
  if (kinds === undefined) rows.set(trace, (kinds = new Map()));
  let known = kinds.get(kind);
  if (known === undefined) {
    const table = trace.table(kind);
    const column = kind === 'gap.noticed' ? COLUMN[kind].client : COLUMN[kind].message;
    kinds.set(kind, (known = new RowsOf(table, (row, put) => put(table.get(row, column)))));
  }
  return known;
}
