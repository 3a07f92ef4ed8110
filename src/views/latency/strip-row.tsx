import { memo, useState } from 'react';
import { duration, plural } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import type { Selection } from '../view.ts';
import type { LatencyAxis } from './axis.ts';
import styles from './latency.module.css';
import { DENSE_FROM, type Dot, densityOf, type Strip } from './model.ts';

interface StripRowProps {
  strip: Strip;
  /** All latencies so far, ascending; asked for only when the density is drawn anew. */
  values(): Float64Array;
  axis: LatencyAxis;
  left: number;
  width: number;
  y: number;
  height: number;
  /** The selected message, or -1. */
  chosen: number;
  onSelect(selection: Selection | null): void;
}

const DOT_RADIUS = 3;

/** One group: its name, its deliveries as dots or as a density, its median as a tick. Figures on hover and focus. */
export const StripRow = memo(
  function StripRow(props: StripRowProps) {
    const { strip, axis, left, width, y, height, chosen, onSelect } = props;
    const [asked, setAsked] = useState(false);
    const middle = y + height / 2;
    const x = (us: number) => left + axis.at(us) * width;
    const color = transportColor(strip.transport);
    const half = height / 2 - 6;
    const ask = (on: boolean) => () => setAsked(on);
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: focus shows what hovering shows, no more
      <g
        className={styles.row}
        role="img"
        aria-label={`${strip.title}: ${plural(strip.count, 'delivery', 'deliveries')}`}
        tabIndex={strip.count > 0 ? 0 : undefined}
        onPointerEnter={ask(true)}
        onPointerLeave={ask(false)}
        onFocus={ask(true)}
        onBlur={ask(false)}
      >
        <rect className={styles.hit} x={0} y={y} width={left + width + 12} height={height} />
        <line className={styles.base} x1={left} x2={left + width} y1={middle} y2={middle} />
        <text className={styles.name} x={0} y={middle + 4}>
          {strip.title}
        </text>
        {strip.count >= DENSE_FROM && (
          <path
            d={outline(props, middle, half)}
            fill={color}
            opacity={0.32}
            stroke={color}
            strokeOpacity={0.9}
          />
        )}
        {strip.dots.map((dot) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: a short cut; the table beside has the figures
          <circle
            key={`${dot.message}/${dot.client}`}
            className={styles.dot}
            cx={x(dot.us)}
            cy={middle + dot.across * (half - DOT_RADIUS)}
            r={dot.message === chosen ? DOT_RADIUS + 1.5 : DOT_RADIUS}
            fill={color}
            data-chosen={dot.message === chosen}
            onClick={() => onSelect({ kind: 'message', message: dot.message, client: dot.client })}
          />
        ))}
        {strip.p50Us !== null && (
          <line
            className={styles.median}
            x1={x(strip.p50Us)}
            x2={x(strip.p50Us)}
            y1={middle - half - 2}
            y2={middle + half + 2}
            stroke={color}
          />
        )}
        {strip.count >= DENSE_FROM && strip.p99Us !== null && (
          <line
            className={styles.tail}
            x1={x(strip.p99Us)}
            x2={x(strip.p99Us)}
            y1={middle - half / 2}
            y2={middle + half / 2}
            stroke={color}
          />
        )}
        {asked && strip.count > 0 && (
          <Figures strip={strip} right={left + width + 12} middle={middle - height} />
        )}
      </g>
    );
  },
  (a, b) =>
    a.strip.count === b.strip.count &&
    lastOf(a.strip.dots) === lastOf(b.strip.dots) &&
    a.axis === b.axis &&
    a.chosen === b.chosen &&
    a.y === b.y &&
    a.width === b.width &&
    a.strip.title === b.strip.title &&
    a.strip.transport === b.strip.transport,
);

const lastOf = (dots: Dot[]): string => {
  const last = dots.at(-1);
  return last ? `${last.message}/${last.client}/${last.us}` : '';
};

/** The density as a shape that is as thick as there are deliveries near. */
function outline({ values, axis, left, width }: StripRowProps, middle: number, half: number): string {
  const bins = Math.max(24, Math.round(width / 3));
  const density = densityOf(values(), axis, bins);
  const first = density.findIndex((d) => d > 0);
  const last = density.findLastIndex((d) => d > 0);
  const thickness = (d: number) => (d === 0 ? 0 : Math.max(0.75, Math.sqrt(d) * half));
  const point = (i: number, side: number) =>
    `${(left + (i / bins) * width).toFixed(1)},${(middle + side * thickness(density[i] as number)).toFixed(1)}`;
  const over: string[] = [];
  const under: string[] = [];
  for (let i = first; i <= last; i++) {
    over.push(point(i, -1));
    under.push(point(i, 1));
  }
  return `M${[...over, ...under.reverse()].join('L')}Z`;
}

/** The quantiles as a line of text, over what is above the strip, so that the strip stays in view. */
function Figures({ strip, right, middle }: { strip: Strip; right: number; middle: number }) {
  const { count, p50Us, p90Us, p99Us, maxUs } = strip;
  const quantile = (name: string, us: number | null) => `${name} ${duration(us ?? 0)}`;
  const parts =
    count < DENSE_FROM
      ? [`n ${count}`, quantile('p50', p50Us), quantile('max', maxUs)]
      : [quantile('p50', p50Us), quantile('p90', p90Us), quantile('p99', p99Us)];
  const text = parts.join(' · ');
  const wide = Math.min(right, text.length * 6.5 + 16);
  return (
    <g className={styles.figures}>
      <rect x={right - wide} y={middle - 11} width={wide} height={22} rx={4} />
      <text x={right - wide / 2} y={middle + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
