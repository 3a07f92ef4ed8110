import { RowsOf } from '../rows.ts';
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
  const spells = spellsOf(trace).filter(
    ({ fault, fromUs }) => fromUs <= nowUs && hitsPlace(trace, fault, place),
  );
  const now = spells.find(({ kind, toUs }) => toUs > nowUs && /crash|pause/.test(kind));
  const steps: Step[] = spells.flatMap(({ fromUs, toUs, seq, endSeq, label }) => [
    { atUs: fromUs, seq, text: label, tone: 'loss' as const },
    ...(toUs <= nowUs ? [{ atUs: toUs, seq: endSeq, text: `over: ${label}`, tone: 'good' as const }] : []),
  ]);
  steps.push(...hopStepsOf(trace, place, nowUs));
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

/** What the records of hop 2 say of a process, each kind as far as it is worth telling: of a server as of a node. */
export function hopStepsOf(trace: Trace, place: number, nowUs: number): Step[] {
  return [
    ...told(trace, 'member.changed', place, nowUs),
    ...told(trace, 'owner.changed', place, nowUs),
    ...told(trace, 'message.dropped', place, nowUs),
  ];
}

/** Whether a fault is about this process, parts it from others, or hits a packet of it. */
export function hitsPlace(trace: Trace, fault: number, place: number): boolean {
  const { target = '', kind = '', parted, crossed } = trace.header?.faults[fault] ?? {};
  const one = trace.header?.places[place];
  const ends = parted ?? crossed;
  if (ends !== undefined) return [...ends.from, ...ends.to].includes(place);
  if (target !== '') return target === one?.name;
  return one?.kind === 'node'
    ? kind.startsWith('broker-')
    : one?.kind === 'server' && kind.startsWith('server-');
}

/** Whether a server's process died after one time, and up to another. */
export const hasCrashed = (trace: Trace, server: number, afterUs: number, untilUs: number): boolean =>
  spellsOf(trace).some(
    ({ kind, fault, fromUs }) =>
      kind === 'server-crash' && fromUs > afterUs && fromUs <= untilUs && hitsPlace(trace, fault, server),
  );

/** Whether a process is down after a crash. */
export const isDead = (trace: Trace, place: number, atUs: number): boolean =>
  spellsOf(trace).some(
    ({ kind, fault, fromUs, toUs }) =>
      kind.endsWith('-crash') && fromUs <= atUs && atUs < toUs && hitsPlace(trace, fault, place),
  );

type Told = 'member.changed' | 'owner.changed' | 'message.dropped' | 'entry.appended';

const rowsByPlace = new WeakMap<Trace, Map<Told, RowsOf>>();

/** The rows of a kind that name a place, by place. */
function rowsOf(trace: Trace, kind: Told): RowsOf {
  let kinds = rowsByPlace.get(trace);
  if (kinds === undefined) rowsByPlace.set(trace, (kinds = new Map()));
  let rows = kinds.get(kind);
  if (rows === undefined) {
    const table = trace.table(kind);
    const columns: number[] =
      kind === 'owner.changed'
        ? [COLUMN['owner.changed'].owner, COLUMN['owner.changed'].before]
        : [COLUMN[kind].place];
    rows = new RowsOf(table, (row, put) => {
      for (const place of new Set(columns.map((column) => table.get(row, column))))
        if (place >= 0) put(place);
    });
    kinds.set(kind, rows);
  }
  return rows;
}

/** The newest records of a kind that name this place, in words. */
function told(trace: Trace, kind: Told, place: number, nowUs: number): Step[] {
  const table = trace.table(kind);
  return rowsOf(trace, kind)
    .between(place, 0, nowUs)
    .slice(-MOST)
    .map((row) => {
      const words = recordWords(trace, trace.record(kind, row));
      return { atUs: table.atUs(row), seq: table.get(row, 0), ...words };
    });
}

/** What it has done so far. */
function doing(trace: Trace, place: number, nowUs: number): string {
  const entries = rowsOf(trace, 'entry.appended').between(place, 0, nowUs).length;
  const dropped = rowsOf(trace, 'message.dropped').between(place, 0, nowUs).length;
  const parts = [
    ...(entries > 0 ? [`it has written ${plural(entries, 'entry', 'entries')}`] : []),
    ...(dropped > 0
      ? [dropped === 1 ? 'one copy of a message ended here' : `${dropped} copies of messages ended here`]
      : []),
  ];
  return parts.length === 0
    ? 'It runs. What was published passes through hop 2.'
    : `It runs: ${parts.join(', ')}.`;
}
