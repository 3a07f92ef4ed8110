import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { actorsOfClient } from '../reading/actors.ts';
import { readingOf } from '../reading/reading.ts';
import { wordFor } from '../reading/words.ts';
import { duration, waitSeconds } from '../readout/units.ts';
import type { Selection } from '../view.ts';
import { lookupsOf } from './lookups.ts';
import { type Span, type Window, within } from './span.ts';

const MOVED = COLUMN['machine.moved'];
const STARTED = COLUMN['timer.started'];
const STOPPED = COLUMN['timer.stopped'];
const ACTOR = COLUMN['actor.started'];

/** Machines of a server for one client that are looked back at: a request of each connection, and a stream. */
const LOOK_BACK = 24;
/** In these states a machine waits for its own timer, or a request waits for something to answer it with. */
const WAITING = /^(waiting|held|holding)$/;
const OVER = /^(off|done|stopped|closed)$/;

/** A machine at one of a pair's lifelines. */
interface Machine {
  actor: number;
  client: number;
  at: 'client' | 'server';
  startedUs: number;
  /** When its connection is closed, or the run ends. */
  endsUs: number;
  selection: Selection;
}

/** The machines of a client, and those of servers that work for it, that can have been at work in a window. */
function machinesOf(trace: Trace, header: TraceHeader, client: number, { fromUs, toUs }: Window): Machine[] {
  const own: Machine[] = actorsOfClient(header, client).map((actor) => ({
    actor,
    client,
    at: 'client',
    startedUs: 0,
    endsUs: Number.POSITIVE_INFINITY,
    selection: { kind: 'client', client },
  }));
  const { serverActors } = readingOf(trace);
  const { closed } = lookupsOf(trace);
  const table = trace.table('actor.started');
  const count = serverActors.countAt(client, toUs);
  const first = Math.max(0, serverActors.countAt(client, fromUs) - LOOK_BACK);
  for (const row of serverActors.of(client).slice(first, count)) {
    const closedRow = closed.of(table.get(row, ACTOR.connection) * 2 + 1).at(-1) ?? -1;
    const closedUs = closedRow < 0 ? -1 : trace.table('connection.closed').atUs(closedRow);
    own.push({
      actor: table.get(row, ACTOR.actor),
      client,
      at: 'server',
      startedUs: table.atUs(row),
      endsUs: closedUs >= table.atUs(row) ? closedUs : Number.POSITIVE_INFINITY,
      selection: { kind: 'server', server: table.get(row, ACTOR.server) },
    });
  }
  return own;
}

/** A stay of a machine in one state. */
interface Stay {
  key: string;
  fromUs: number;
  toUs: number;
}

function staysOf(trace: Trace, { actor, endsUs }: Machine, window: Window): Stay[] {
  const { moved } = readingOf(trace);
  const table = trace.table('machine.moved');
  const rows = moved.of(actor);
  const stays: Stay[] = [];
  for (let i = Math.max(0, moved.countAt(actor, window.fromUs) - 1); i < rows.length; i++) {
    const row = rows[i] as number;
    if (table.atUs(row) > window.toUs) break;
    const next = rows[i + 1];
    const toUs = Math.min(endsUs, next === undefined ? Number.POSITIVE_INFINITY : table.atUs(next));
    stays.push({ key: trace.strings[table.get(row, MOVED.to)] ?? '', fromUs: table.atUs(row), toUs });
  }
  return stays;
}

/** A state by the last part of its path that says something: `open.idle` is "open". */
function stateWord(header: TraceHeader, key: string): string {
  const known = header.vocabulary[key]?.label;
  if (known !== undefined) return known;
  const path = key.split('.').filter((part) => part !== 'idle');
  return wordFor(header, path.at(-1) ?? key);
}

/** What is waited for: until a client asks or tries again, and while a server keeps a request without an answer. */
export function waitSpans(trace: Trace, header: TraceHeader, client: number, window: Window): Span[] {
  return machinesOf(trace, header, client, window).flatMap((machine) =>
    staysOf(trace, machine, window).flatMap((stay) => {
      if (!WAITING.test(stay.key.split('.').at(-1) ?? '')) return [];
      const { at, actor, selection } = machine;
      const timer = at === 'client' ? timerAt(trace, actor, stay.fromUs) : null;
      const span = within(
        { kind: 'wait', client, at, ...stay, detail: '', selection },
        window,
        (us, open) => {
          if (at === 'server') return `request held ${duration(us)}${open ? ' so far' : ''}`;
          if (timer === null) return `waits ${duration(us)}${open ? ' so far' : ''}`;
          const name = wordFor(header, timer.key).replace(/^(pause|wait|delay) (before|until) /, '');
          const next = name.startsWith('next ') ? name : 'next try';
          return open
            ? `${next} in ${waitSeconds(timer.dueUs - window.nowUs)}`
            : `${next} after ${duration(us)}`;
        },
      );
      return span === null ? [] : [span];
    }),
  );
}

/** The states of the machines at both ends, one after the other. */
export function stateSpans(trace: Trace, header: TraceHeader, client: number, window: Window): Span[] {
  return machinesOf(trace, header, client, window).flatMap((machine) =>
    staysOf(trace, machine, window).flatMap((stay) => {
      const word = stateWord(header, stay.key);
      if (OVER.test(word)) return [];
      const { at, selection } = machine;
      const span = within({ kind: 'state', client, at, ...stay, detail: '', selection }, window, () => word);
      return span === null ? [] : [span];
    }),
  );
}

/** The timers of the machines at both ends: until they are due, stopped or set anew. */
export function timerSpans(trace: Trace, header: TraceHeader, client: number, window: Window): Span[] {
  const { timersStarted } = readingOf(trace);
  const table = trace.table('timer.started');
  return machinesOf(trace, header, client, window).flatMap((machine) => {
    const rows = timersStarted.of(machine.actor);
    const first = Math.max(0, timersStarted.countAt(machine.actor, window.fromUs) - LOOK_BACK);
    const spans: Span[] = [];
    for (let i = first; i < rows.length; i++) {
      const row = rows[i] as number;
      if (table.atUs(row) > window.toUs) break;
      const plannedUs = table.get(row, STARTED.dueAtUs);
      const timer = table.get(row, STARTED.timer);
      const endUs = Math.min(machine.endsUs, timerEnd(trace, machine.actor, rows, i));
      const due = endUs >= table.atUs(row) + plannedUs;
      const name = wordFor(header, trace.strings[timer] ?? '');
      const span = within(
        {
          kind: 'timer',
          client,
          at: machine.at,
          fromUs: table.atUs(row),
          toUs: endUs,
          detail: '',
          selection: machine.selection,
        },
        window,
        (us, open) =>
          open || due ? `${name} ${duration(plannedUs)}` : `${name}, stopped after ${duration(us)}`,
      );
      if (span !== null) spans.push(span);
    }
    return spans;
  });
}

function timerEnd(trace: Trace, actor: number, rows: readonly number[], i: number): number {
  const started = trace.table('timer.started');
  const stopped = trace.table('timer.stopped');
  const row = rows[i] as number;
  const timer = started.get(row, STARTED.timer);
  let endUs = started.atUs(row) + started.get(row, STARTED.dueAtUs);
  for (let j = i + 1; j < rows.length && started.atUs(rows[j] as number) < endUs; j++) {
    if (started.get(rows[j] as number, STARTED.timer) === timer) endUs = started.atUs(rows[j] as number);
  }
  const { timersStopped } = readingOf(trace);
  const stops = timersStopped.of(actor);
  for (let j = timersStopped.countAt(actor, started.atUs(row) - 1); j < stops.length; j++) {
    const stop = stops[j] as number;
    if (stopped.atUs(stop) >= endUs) break;
    const after = stopped.get(stop, STOPPED.seq) > started.get(row, STARTED.seq);
    if (after && stopped.get(stop, STOPPED.timer) === timer) return stopped.atUs(stop);
  }
  return endUs;
}

/** The timer that a machine had set last at a time, if it was still to come then. */
function timerAt(trace: Trace, actor: number, atUs: number): { key: string; dueUs: number } | null {
  const row = readingOf(trace).timersStarted.lastAt(actor, atUs);
  if (row < 0) return null;
  const table = trace.table('timer.started');
  const dueUs = table.atUs(row) + table.get(row, STARTED.dueAtUs);
  return dueUs > atUs ? { key: trace.strings[table.get(row, STARTED.timer)] ?? '', dueUs } : null;
}
