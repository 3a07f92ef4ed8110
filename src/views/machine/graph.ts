import type { MachineChart } from '../../trace/header.ts';
import { asWords } from '../reading/words.ts';

export type Transition = MachineChart['transitions'][number];

/** A state to draw. */
export interface StateNode {
  path: string;
  /** '' at the top. */
  parent: string;
  label: string;
  kind: MachineChart['states'][number]['kind'];
  /** What it can take without leaving, a line each. */
  stays: string[];
  width: number;
  height: number;
}

/** An arrow to draw: all transitions between the same two states. */
export interface StateEdge {
  from: string;
  to: string;
  /** A line each. */
  lines: string[];
  /** Indexes into the chart's transitions. */
  transitions: number[];
  width: number;
  height: number;
}

/** Widths of type, px a character, on the safe side. */
const BOLD = 7.6;
const SMALL = 6.2;
export const LINE = 16;
const PAD = 12;
export const TITLE = 30;

/** What brings a transition about, in words: its event, or the timer that runs out. */
export const triggerWord = ({ event, after }: Transition): string =>
  after !== '' ? `after ${after}` : event === '' ? 'at once' : event;

/** The same with its condition. */
export const conditionWord = (transition: Transition): string =>
  transition.guard === ''
    ? triggerWord(transition)
    : `${triggerWord(transition)} [${asWords(transition.guard)}]`;

export const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Whether a state is another one or lies within it. */
export const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`);

/** States and arrows of a chart, with the room they take. Transitions that stay are lines in their state. */
export function graphOf(chart: MachineChart): { nodes: StateNode[]; edges: StateEdge[] } {
  const edges = new Map<string, StateEdge>();
  const stays = new Map<string, string[]>();
  chart.transitions.forEach((transition, index) => {
    const { from, to } = transition;
    if (to === '' || to === from) {
      const lines = stays.get(from) ?? [];
      const word = `↺ ${conditionWord(transition)}`;
      if (!lines.includes(word)) lines.push(word);
      stays.set(from, lines);
      return;
    }
    const key = `${from} → ${to}`;
    const edge = edges.get(key) ?? { from, to, lines: [], transitions: [], width: 0, height: 0 };
    const line = conditionWord(transition);
    if (!edge.lines.includes(line)) edge.lines.push(line);
    edge.transitions.push(index);
    edge.width = Math.max(...edge.lines.map((text) => text.length * SMALL)) + 8;
    edge.height = edge.lines.length * LINE + 2;
    edges.set(key, edge);
  });
  const nodes = chart.states.map(({ path, parent, kind }) => {
    const lines = stays.get(path) ?? [];
    const label = lastOf(path);
    const width = Math.max(64, label.length * BOLD, ...lines.map((line) => line.length * SMALL)) + PAD * 2;
    return { path, parent, label, kind, stays: lines, width, height: TITLE + lines.length * LINE };
  });
  return { nodes, edges: [...edges.values()] };
}
