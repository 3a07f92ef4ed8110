import { KIND_NAMES } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { describeRecord } from '../log/describe.ts';
import { count, plural } from '../readout/units.ts';
import type { Comparison } from './comparison.ts';

/** What the two runs are called. */
export type Letters = readonly [a: string, b: string];
const LETTERS: Letters = ['A', 'B'];

/** `3.214 s`; to the microsecond where a millisecond does not tell. */
const exactly = (us: number): string => `${(us / 1e6).toFixed(us % 1000 === 0 ? 3 : 6)} s`;

/** Until when the runs are the same, and what comes then. */
export function divergenceSentence(
  { divergence }: Pick<Comparison, 'divergence'>,
  a: Trace,
  b: Trace,
  [letterA, letterB] = LETTERS,
): string {
  if (divergence === null) return `The runs are the same, record for record: ${count(a.records)} records.`;
  const { same, atUs } = divergence;
  const next = [recordAt(a, same), recordAt(b, same)];
  const then = `then ${next[0] ?? 'nothing more'} in ${letterA}, ${next[1] ?? 'nothing more'} in ${letterB}`;
  const until =
    same === 0
      ? 'Different from the first record on'
      : `Identical until ${exactly(atUs)} (${count(same)} records)`;
  return `${until}; ${then}.`;
}

/** What is recorded there, in words: “SSE: sends …”. */
function recordAt(trace: Trace, seq: number): string | null {
  for (const kind of KIND_NAMES) {
    const row = trace.table(kind).rowOfSeq(seq);
    if (row < 0) continue;
    const { who, words } = describeRecord(trace, kind, row, trace.knownUntilUs);
    return `“${who === '' ? words : `${who}: ${words}`}”`;
  }
  return null;
}

/** How far luck is the same in both, as far as these two runs show it. */
export function luckSentence({ pairs, touched, clients, differing }: Comparison, a: Trace, b: Trace): string {
  const [seedA, seedB] = [a.header?.seed ?? 0, b.header?.seed ?? 0];
  if (seedA !== seedB) {
    const matched =
      pairs.by === 'number'
        ? ' Updates are published at other times, so the first is set against the first, and so on.'
        : ` ${published(pairs.atOnce, pairs.pairs.length)}`;
    return `Other luck: seed ${seedA} in A, seed ${seedB} in B.${matched}`;
  }
  const untouched = clients.filter((_client, index) => !touched.has(index));
  const names = untouched.map(({ title }) => title);
  const rest =
    differing === 0 || names.length === 0 || names.length === clients.length
      ? ''
      : ` ${list(names)} got everything after the same time in both, to the microsecond.`;
  const start =
    pairs.by === 'time'
      ? published(pairs.atOnce, pairs.pairs.length)
      : 'Updates are published at other times all the same, so they are set against each other in their order.';
  return `Same luck: seed ${seedA} in both. ${start}${rest}`;
}

function published(atOnce: number, all: number): string {
  return atOnce === all
    ? `All ${plural(all, 'update')} left their source at the same microsecond in both.`
    : `${count(atOnce)} of ${plural(all, 'update')} left their source at the same microsecond in both.`;
}

/** How much differs. */
export function differenceSentence({ differing, same, rows, leftOut }: Comparison): string {
  const what = `${plural(differing, 'delivery', 'deliveries')} ${differing === 1 ? 'differs' : 'differ'}, ${count(same)} took the same time in both, to the microsecond.`;
  const listed = rows.length < differing ? ` The ${count(rows.length)} that differ most are listed.` : '';
  const out =
    leftOut > 0 ? ` The last ${plural(leftOut, 'update')} are not compared: there are too many.` : '';
  return `${what}${listed}${out}`;
}

const MOST_NAMED = 4;

function list(names: string[]): string {
  const shown = names.slice(0, MOST_NAMED);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
