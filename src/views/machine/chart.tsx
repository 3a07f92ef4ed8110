import { useLayoutEffect, useMemo, useRef } from 'react';
import type { MachineChart } from '../../trace/header.ts';
import styles from './chart.module.css';
import { isWithin, LINE, TITLE } from './graph.ts';
import { type Box, layoutChart, type PlacedEdge, type PlacedState } from './layout.ts';

export interface ChartProps {
  chart: MachineChart;
  /** Path of the state it is in. */
  current: string;
  /** Index of the transition that brought it there, -1: none did. */
  last: number;
  /** Indexes of the transitions that are possible now. */
  next: readonly number[];
  /** Room to draw in, px. */
  width: number;
  height: number;
  reducedMotion: boolean;
}

/** A machine as a statechart: the current state filled, the last transition thick, what is possible in full ink. */
export function Chart(props: ChartProps) {
  const { chart, current, last, next, width, height, reducedMotion } = props;
  const ref = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutChart(chart, { width, height }), [chart, width, height]);
  useLayoutEffect(() => {
    // From the outermost state around it to itself.
    const around = layout.states.filter(({ node }) => isWithin(current, node.path));
    show(
      ref.current,
      around.map(({ box }) => box),
      reducedMotion,
    );
  }, [layout, current, reducedMotion]);
  const roles = (edge: PlacedEdge) => ({
    last: edge.edge.transitions.includes(last),
    next: edge.edge.transitions.some((index) => next.includes(index)),
  });
  // What is highlighted lies on top.
  const order = [...layout.edges].sort((a, b) => rank(roles(a)) - rank(roles(b)));
  const initial = layout.states.find(({ node }) => node.path === chart.initial);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard as well
    <div ref={ref} className={styles.scroller} tabIndex={0} role="img" aria-label={nameOf(chart, current)}>
      <svg className={styles.chart} width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          {(['rest', 'next', 'last'] as const).map((kind) => (
            <marker
              key={kind}
              id={`arrow-${kind}`}
              className={styles.arrow}
              data-role={kind}
              viewBox="0 0 8 8"
              refX={7}
              refY={4}
              markerWidth={8}
              markerHeight={8}
              markerUnits="userSpaceOnUse"
              orient="auto-start-reverse"
            >
              <path d="M0 0.5L8 4L0 7.5z" />
            </marker>
          ))}
        </defs>
        {layout.states.map((state) => (
          <State key={state.node.path} state={state} current={current} />
        ))}
        {initial && <circle className={styles.start} cx={initial.box.x - 1} cy={initial.box.y} r={4} />}
        {order.map((edge) => (
          <Edge key={`${edge.edge.from} ${edge.edge.to}`} edge={edge} {...roles(edge)} />
        ))}
      </svg>
    </div>
  );
}

const rank = ({ last, next }: { last: boolean; next: boolean }): number => (last ? 2 : next ? 1 : 0);

const nameOf = (chart: MachineChart, current: string): string =>
  `Statechart with ${chart.states.length} states, now in ${current.replaceAll('.', ', ')}; the lists beside it say what it can do`;

function State({ state: { node, box }, current }: { state: PlacedState; current: string }) {
  const { x, y, width, height } = box;
  const compound = node.kind === 'compound';
  const lit = node.path === current ? 'self' : isWithin(current, node.path) ? 'around' : undefined;
  return (
    <g className={styles.state} data-lit={lit} data-compound={compound || undefined}>
      <rect x={x} y={y} width={width} height={height} rx={compound ? 12 : 8} />
      {node.kind === 'final' && (
        <rect className={styles.final} x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx={6} />
      )}
      <text
        className={styles.name}
        x={compound ? x + 12 : x + width / 2}
        y={y + TITLE / 2 + 4.5}
        textAnchor={compound ? 'start' : 'middle'}
      >
        {node.label}
      </text>
      {node.stays.map((line, index) => (
        <text
          key={line}
          className={styles.stay}
          x={compound ? x + 12 : x + width / 2}
          y={y + TITLE + index * LINE + 7}
          textAnchor={compound ? 'start' : 'middle'}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function Edge({
  edge: { edge, path, label },
  last,
  next,
}: {
  edge: PlacedEdge;
  last: boolean;
  next: boolean;
}) {
  const role = last ? 'last' : next ? 'next' : 'rest';
  return (
    <g className={styles.edge} data-role={role}>
      <path d={path} markerEnd={`url(#arrow-${role})`} />
      <rect x={label.x} y={label.y} width={label.width} height={label.height} />
      {edge.lines.map((line, index) => (
        <text
          key={line}
          x={label.x + label.width / 2}
          y={label.y + label.height / 2 + (index - (edge.lines.length - 1) / 2) * LINE + 4}
          textAnchor="middle"
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** Scrolls so that a state is in the middle, with the one around it if that fits; where all fits, nothing moves. */
function show(element: HTMLElement | null, boxes: readonly Box[], reducedMotion: boolean): void {
  if (element === null) return;
  const { clientWidth, clientHeight } = element;
  const box = boxes.find(({ width, height }) => width < clientWidth && height < clientHeight) ?? boxes.at(-1);
  if (box === undefined) return;
  element.scrollTo({
    left: box.x + box.width / 2 - clientWidth / 2,
    top: box.y + box.height / 2 - clientHeight / 2,
    behavior: reducedMotion ? 'instant' : 'smooth',
  });
}
