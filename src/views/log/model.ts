import type { Kind } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { type Category, categoryOf, clientOfRecord } from './categories.ts';
import { describeRecord } from './describe.ts';
import { Matches } from './matches.ts';
import { recordIndexOf } from './record-index.ts';

/** What of the log is wanted. */
export interface LogFilter {
  /** Empty: every kind. */
  categories: ReadonlySet<Category>;
  client: number | null;
  /** Words that a line has to contain, in any letters. */
  text: string;
}

export const EVERYTHING: LogFilter = { categories: new Set(), client: null, text: '' };

/** The log of a trace through a filter: lines by index, oldest first. */
export interface LogModel {
  /** Lines up to and including `nowUs`, as far as the search has come; whether it has come to the end. */
  at(nowUs: number): { count: number; complete: boolean };
  /** The seq of a line. */
  seq(index: number): number;
  /** Records that were looked at. */
  readonly looked: number;
}

/** Lines that a search through words looks at in one frame: about 10 ms of work. */
const SEARCHED_AT_ONCE = 8000;

/** Makes the log of a trace through a filter. It grows with the trace, and is asked for any time. */
export function logModel(trace: Trace, filter: LogFilter): LogModel {
  const index = recordIndexOf(trace);
  const text = filter.text.trim().toLowerCase();
  if (filter.categories.size === 0 && filter.client === null && text === '') {
    return {
      at: (nowUs) => ({ count: index.countAt(nowUs), complete: true }),
      seq: (line) => line,
      get looked() {
        return index.countAt(trace.knownUntilUs);
      },
    };
  }
  const matches = new Matches((seq) => accepts(trace, filter, text, index.kindOf(seq), index.rowOf(seq)));
  return {
    at(nowUs) {
      const end = index.countAt(nowUs);
      const complete = matches.grow(end, text === '' ? undefined : SEARCHED_AT_ONCE);
      return { count: matches.countBelow(end), complete };
    },
    seq: (line) => matches.at(line),
    get looked() {
      return matches.looked;
    },
  };
}

function accepts(trace: Trace, filter: LogFilter, text: string, kind: Kind, row: number): boolean {
  if (filter.categories.size > 0 && !filter.categories.has(categoryOf(kind))) return false;
  if (filter.client !== null && clientOfRecord(trace, kind, row) !== filter.client) return false;
  if (text === '') return true;
  // The words are those that stand there in the end; how a packet fared is found even while it is under way.
  const { who, words } = describeRecord(trace, kind, row, Number.POSITIVE_INFINITY);
  return `${who} ${words}`.replaceAll('\u00a0', ' ').toLowerCase().includes(text);
}
