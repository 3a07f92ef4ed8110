import type { MachineChart } from '../../trace/header.ts';
import { RowsBy } from '../../trace/rows.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { type Actor, actorOf } from '../log/owners.ts';
import { actorsOfClient } from '../reading/actors.ts';
import { clientOfSelection } from '../reading/client-of.ts';
import { readingOf } from '../reading/reading.ts';
import { type RunningTimer, runningTimers } from '../stage/timers.ts';
import type { Selection } from '../view.ts';
import { isWithin, type Transition } from './graph.ts';

const MOVED = COLUMN['machine.moved'];
const STARTED = COLUMN['actor.started'];

/** A move of a machine, as it was recorded. */
export interface Move {
  row: number;
  seq: number;
  atUs: number;
  from: string;
  to: string;
  /** As the machine names it; a timer's is `xstate.after.…`. */
  event: string;
  /** Index into the chart's transitions, -1: not found there. */
  transition: number;
}

/** Where a machine stands at a time. */
export interface MachineState {
  /** Path of the state it is in. */
  current: string;
  sinceUs: number;
  /** The last moves, newest first. */
  moves: Move[];
  moveCount: number;
  timers: RunningTimer[];
  /** What can happen out of the current state, inner states first: indexes into the chart's transitions. */
  next: number[];
}

/** The state of an actor at `nowUs`. @param most moves to list */
export function machineState(
  trace: Trace,
  chart: MachineChart,
  actor: Actor,
  nowUs: number,
  most: number,
): MachineState {
  const { moved } = readingOf(trace);
  const rows = moved.of(actor.actor);
  const moveCount = moved.countAt(actor.actor, nowUs);
  const moves: Move[] = [];
  for (let i = moveCount - 1; i >= Math.max(0, moveCount - most); i--)
    moves.push(moveOf(trace, chart, rows[i] as number));
  const current = moves[0]?.to ?? chart.initial;
  return {
    current,
    sinceUs: moves[0]?.atUs ?? actor.startedUs,
    moves,
    moveCount,
    timers: runningTimers(trace, actor.actor, nowUs),
    next: outOf(chart, current),
  };
}

function moveOf(trace: Trace, chart: MachineChart, row: number): Move {
  const table = trace.table('machine.moved');
  const text = (column: number) => trace.strings[table.get(row, column)] ?? '';
  const move = {
    row,
    seq: table.get(row, MOVED.seq),
    atUs: table.atUs(row),
    from: text(MOVED.from),
    to: text(MOVED.to),
    event: text(MOVED.event),
  };
  return { ...move, transition: transitionOf(chart, move) };
}

/** Which of the chart's transitions a recorded move was: same trigger, out of the state, into the state. */
export function transitionOf(chart: MachineChart, move: Pick<Move, 'from' | 'to' | 'event'>): number {
  let best = -1;
  chart.transitions.forEach((transition, index) => {
    const { from, to } = transition;
    if (!isWithin(move.from, from) || to === '' || !isWithin(move.to, to)) return;
    if (!isTriggered(transition, move.event)) return;
    // An inner state's transition goes before that of the state around it.
    if (best < 0 || from.length > (chart.transitions[best] as Transition).from.length) best = index;
  });
  return best;
}

/** Whether an event as recorded is what a transition waits for. */
export function isTriggered({ event, after }: Transition, recorded: string): boolean {
  if (after === '') return event === recorded;
  const timer = after.replace(/^(\d+) ms$/, '$1');
  return recorded.startsWith(`xstate.after.${timer}.`);
}

/** Transitions out of a state and the states around it, the inner ones first. */
export function outOf(chart: MachineChart, state: string): number[] {
  return chart.transitions
    .map((_, index) => index)
    .filter((index) => isWithin(state, (chart.transitions[index] as Transition).from))
    .sort((a, b) => {
      const [x, y] = [chart.transitions[a] as Transition, chart.transitions[b] as Transition];
      return y.from.length - x.from.length || a - b;
    });
}

/** What happens along with a transition: its own actions, and those of the states that it enters. */
export function effectsOf(chart: MachineChart, { from, to, actions }: Transition): string[] {
  const entered = chart.states.filter(
    ({ path }) => to !== '' && isWithin(to, path) && (path === to || !isWithin(from, path)),
  );
  return [...actions, ...entered.flatMap(({ entry }) => entry)];
}

const servers = new WeakMap<Trace, RowsBy>();

/** The machine that serves a client at `nowUs`: the one that started last. */
export function serverActorOf(trace: Trace, client: number, nowUs: number): Actor | null {
  let rows = servers.get(trace);
  const table = trace.table('actor.started');
  if (rows === undefined) {
    rows = new RowsBy(table, (row) => table.get(row, STARTED.client));
    servers.set(trace, rows);
  }
  const row = rows.lastAt(client, nowUs);
  return row < 0 ? null : actorOf(trace, table.get(row, STARTED.actor));
}

export type Side = 'client' | 'server';

/**
 * The machine to show: the selected one itself, else the client's, or what serves it now.
 * @param client shown when the selection is about none
 */
export function shownActor(
  trace: Trace,
  selection: Selection | null,
  client: number,
  side: Side,
  nowUs: number,
): Actor | null {
  if (selection?.kind === 'actor') {
    const actor = actorOf(trace, selection.actor);
    if (actor !== null && actor.startedUs <= nowUs) return actor;
  }
  const about = clientOfSelection(trace, selection);
  const whose = about >= 0 ? about : client;
  if (side === 'server') return serverActorOf(trace, whose, nowUs);
  const [first] = trace.header ? actorsOfClient(trace.header, whose) : [];
  return first === undefined ? null : actorOf(trace, first);
}
