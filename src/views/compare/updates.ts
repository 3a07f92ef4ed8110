import { COLUMN, type Trace } from '../../trace/trace.ts';

const PUBLISHED = COLUMN['message.published'];
const REFUSED = COLUMN['message.refused'];

/** Something a source published, as one run has it. */
export interface Update {
  atUs: number;
  publisher: number;
  room: number;
  /** The message's number; 0: no server was there to take it. */
  message: number;
  text: string;
}

/** The same update in both runs; null where a run does not have it. */
export interface Pair {
  a: Update | null;
  b: Update | null;
}

export interface Pairs {
  pairs: Pair[];
  /** Sources published at the same moments, so the pairs are what was published when; else they are counted off. */
  by: 'time' | 'number';
  /** Pairs published at the very same moment in both. */
  atOnce: number;
}

/** What sources published, in order of time. */
export function updatesOf(trace: Trace): Update[] {
  const published = trace.table('message.published');
  const refused = trace.table('message.refused');
  const updates: Update[] = [];
  for (let row = 0; row < published.length; row++) {
    updates.push({
      atUs: published.atUs(row),
      publisher: published.get(row, PUBLISHED.publisher),
      room: published.get(row, PUBLISHED.room),
      message: published.get(row, PUBLISHED.message),
      text: trace.strings[published.get(row, PUBLISHED.text)] ?? '',
    });
  }
  for (let row = 0; row < refused.length; row++) {
    updates.push({
      atUs: refused.atUs(row),
      publisher: refused.get(row, REFUSED.publisher),
      room: refused.get(row, REFUSED.room),
      message: 0,
      text: '',
    });
  }
  return refused.length === 0 ? updates : updates.sort((one, other) => one.atUs - other.atUs);
}

/** Finds the same updates in two runs: of one source at one moment, or, where moments differ, by their order. */
export function pairUp(a: Trace, b: Trace): Pairs {
  const [ofA, ofB] = [updatesOf(a), updatesOf(b)];
  const byTime = match(a, b, ofA, ofB, (update) => `@${update.atUs}`);
  const atOnce = byTime.filter((pair) => pair.a !== null && pair.b !== null).length;
  if (atOnce * 2 >= Math.min(ofA.length, ofB.length)) return { pairs: byTime, by: 'time', atOnce };
  return { pairs: match(a, b, ofA, ofB, () => ''), by: 'number', atOnce };
}

/** Pairs updates of one source with one key, the nth with the nth. */
function match(a: Trace, b: Trace, ofA: Update[], ofB: Update[], keyOf: (update: Update) => string): Pair[] {
  const source = (trace: Trace, { publisher, room }: Update) =>
    `${trace.header?.publishers[publisher]?.name ?? publisher}/${trace.header?.rooms[room] ?? room}`;
  const waiting = new Map<string, Update[]>();
  for (const update of ofB) {
    const key = `${source(b, update)}${keyOf(update)}`;
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [update]);
    else list.push(update);
  }
  const pairs: Pair[] = ofA.map((update) => ({
    a: update,
    b: waiting.get(`${source(a, update)}${keyOf(update)}`)?.shift() ?? null,
  }));
  for (const list of waiting.values()) for (const update of list) pairs.push({ a: null, b: update });
  return pairs.sort((one, other) => timeOf(one) - timeOf(other));
}

export const timeOf = ({ a, b }: Pair): number => a?.atUs ?? b?.atUs ?? 0;
