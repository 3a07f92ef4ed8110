import { COLUMN, type Trace } from '../trace.ts';
import { spellsOf } from './faults.ts';
import { placeName } from './hop-words.ts';
import { recordWords } from './record-words.ts';
import type { Step, Story } from './story.ts';
import { plural, sentence, time } from './words.ts';

/** Steps of each kind that are told, the newest. */
const MOST = 30;

/** A node of the backplane, or a source: its crashes and pauses, and what it came to own, hold and be. */
export function storyOfPlace(trace: Trace, place: number, nowUs: number): Story | null {
  const one = trace.header?.places[place];
  if (one === undefined) return null;
  const spells = spellsOf(trace).filter(({ fault, fromUs }) => fromUs <= nowUs && hits(trace, fault, place));
  const now = spells.find(({ kind, toUs }) => toUs > nowUs && /crash|pause/.test(kind));
  const steps: Step[] = spells.flatMap(({ fromUs, toUs, seq, endSeq, label }) => [
    { atUs: fromUs, seq, text: label, tone: 'loss' as const },
    ...(toUs <= nowUs ? [{ atUs: toUs, seq: endSeq, text: `over: ${label}`, tone: 'good' as const }] : []),
  ]);
  steps.push(...told(trace, 'member.changed', place, nowUs));
  steps.push(...told(trace, 'owner.changed', place, nowUs));
  steps.push(...told(trace, 'message.dropped', place, nowUs));
  return {
    title: placeName(trace, place),
    figure: now === undefined ? 'up' : now.kind.endsWith('crash') ? 'down' : 'paused',
    figureTone: now === undefined ? 'normal' : 'loss',
    sentence:
      now === undefined
        ? doing(trace, place, nowUs)
        : `${sentence(now.label)}, for ${time(nowUs - now.fromUs)} so far.`,
    parts: [],
    steps: steps.sort((a, b) => a.atUs - b.atUs),
    leads: [],
    seq: now?.seq ?? -1,
    terms: [],
  };
}

/** Whether a fault is about this process, or parts it from others. */
function hits(trace: Trace, fault: number, place: number): boolean {
  const { target = '', kind = '', parted } = trace.header?.faults[fault] ?? {};
  const one = trace.header?.places[place];
  if (parted !== undefined) return [...parted.from, ...parted.to].includes(place);
  return target === '' ? kind.startsWith('broker-') && one?.kind === 'node' : target === one?.name;
}

/** The newest records of a kind that name this place, in words. */
function told(
  trace: Trace,
  kind: 'member.changed' | 'owner.changed' | 'message.dropped',
  place: number,
  nowUs: number,
): Step[] {
  const table = trace.table(kind);
  const columns: number[] =
    kind === 'owner.changed'
      ? [COLUMN['owner.changed'].owner, COLUMN['owner.changed'].before]
      : [COLUMN[kind].place];
  const steps: Step[] = [];
  for (let row = table.firstAfter(nowUs) - 1; row >= 0 && steps.length < MOST; row--) {
    if (!columns.some((column) => table.get(row, column) === place)) continue;
    const words = recordWords(trace, trace.record(kind, row));
    steps.push({ atUs: table.atUs(row), seq: table.get(row, 0), ...words });
  }
  return steps;
}

/** What it has done so far. */
function doing(trace: Trace, place: number, nowUs: number): string {
  const entries = countOf(trace, 'entry.appended', COLUMN['entry.appended'].place, place, nowUs);
  const dropped = countOf(trace, 'message.dropped', COLUMN['message.dropped'].place, place, nowUs);
  const parts = [
    ...(entries > 0 ? [`it has written ${plural(entries, 'entry', 'entries')}`] : []),
    ...(dropped > 0 ? [`${plural(dropped, 'copy', 'copies')} of messages ended here`] : []),
  ];
  return parts.length === 0
    ? 'It runs. What was published passes through hop 2.'
    : `It runs: ${parts.join(', ')}.`;
}

function countOf(
  trace: Trace,
  kind: 'entry.appended' | 'message.dropped',
  column: number,
  place: number,
  nowUs: number,
): number {
  const table = trace.table(kind);
  let rows = 0;
  for (let row = table.firstAfter(nowUs) - 1; row >= 0; row--) if (table.get(row, column) === place) rows++;
  return rows;
}
