import { type MouseEvent, memo, type PointerEvent, useState } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { includes, type Messages } from '../reading/lit.ts';
import { duration, plural } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import type { Selection } from '../view.ts';
import type { LatencyAxis } from './axis.ts';
import styles from './latency.module.css';
import { DENSE_FROM, type Dot, densityOf, type Strip, sameStrip } from './model.ts';

interface StripRowProps {
  /** The run that the strip is of. */
  trace: Trace;
  strip: Strip;
  /** The median of the same group in an earlier run, µs; null: there is none beside this one. */
  earlierUs: number | null;
  /** All latencies so far, ascending; asked for only when the density is drawn anew. */
  values(): Float64Array;
  axis: LatencyAxis;
  left: number;
  width: number;
  y: number;
  height: number;
  /** Deliveries that are selected, or pointed at anywhere. */
  lit: readonly Messages[];
  onPoint(selection: Selection | null): void;
  onSelect(selection: Selection | null): void;
}

const DOT_RADIUS = 3;

/** One group: its name, its deliveries as dots or as a density, its median as a tick. Figures on hover and focus. */
export const StripRow = memo(
  function StripRow(props: StripRowProps) {
    const { strip, earlierUs, axis, left, width, y, height, lit, onPoint, onSelect } = props;
    const [asked, setAsked] = useState(false);
    const middle = y + height / 2;
    const x = (us: number) => left + axis.at(us) * width;
    const color = transportColor(strip.transport);
    const half = height / 2 - 6;
    const ask = (on: boolean) => () => setAsked(on);
    const { slowest } = strip;
    const placeOf = (dot: Dot) => ({ x: x(dot.us), y: middle + dot.across * (half - DOT_RADIUS) });
    const dotAt = (event: PointerEvent<SVGGElement> | MouseEvent<SVGGElement>) => {
      const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
      return nearest(strip.dots, placeOf, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
    };
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button cannot stand within a drawing
      <g
        className={styles.row}
        role="button"
        aria-label={stripLabel(strip)}
        aria-disabled={slowest === null}
        tabIndex={slowest === null ? -1 : 0}
        onPointerEnter={ask(true)}
        onPointerMove={(event) => onPoint(subjectOf(dotAt(event)))}
        onPointerLeave={() => {
          setAsked(false);
          onPoint(null);
        }}
        onFocus={ask(true)}
        onBlur={ask(false)}
        onClick={(event) => {
          const dot = dotAt(event);
          if (dot !== null) onSelect(subjectOf(dot));
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          event.stopPropagation();
          if (slowest !== null) onSelect(subjectOf(slowest));
        }}
      >
        <rect className={styles.hit} x={0} y={y} width={left + width + 12} height={height} />
        <line className={styles.base} x1={left} x2={left + width} y1={middle} y2={middle} />
        <text className={styles.name} x={0} y={earlierUs === null ? middle + 4 : middle - 3}>
          {strip.title}
        </text>
        {earlierUs !== null && (
          <text className={styles.tick} x={0} y={middle + 12}>
            was {duration(earlierUs)}
          </text>
        )}
        {strip.count >= DENSE_FROM && (
          <path
            d={outline(props, middle, half)}
            fill={color}
            opacity={0.32}
            stroke={color}
            strokeOpacity={0.9}
          />
        )}
        {strip.dots.map((dot, index) => {
          const chosen = lit.some((messages) => includes(messages, dot.message, dot.client));
          const place = placeOf(dot);
          return (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a dot has nothing of its own; moved, it need not be made anew
              key={index}
              className={styles.dot}
              cx={place.x}
              cy={place.y}
              r={chosen ? DOT_RADIUS + 1.5 : DOT_RADIUS}
              fill={color}
              data-chosen={chosen}
            />
          );
        })}
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
    sameStrip(a, b) &&
    a.earlierUs === b.earlierUs &&
    a.axis === b.axis &&
    a.lit === b.lit &&
    a.y === b.y &&
    a.width === b.width &&
    a.strip.title === b.strip.title &&
    a.strip.transport === b.strip.transport,
);

const subjectOf = (dot: Dot | null): Selection | null =>
  dot === null ? null : { kind: 'message', message: dot.message, client: dot.client };

/** A dot is smaller than a finger: the nearest within this is meant, px. */
const REACH = 12;

function nearest(
  dots: readonly Dot[],
  placeOf: (dot: Dot) => { x: number; y: number },
  x: number,
  y: number,
): Dot | null {
  let best: Dot | null = null;
  let least = REACH;
  for (const dot of dots) {
    const place = placeOf(dot);
    const away = Math.hypot(place.x - x, place.y - y);
    if (away > least) continue;
    least = away;
    best = dot;
  }
  return best;
}

const stripLabel = ({ title, count, slowest }: Strip): string =>
  `${title}: ${plural(count, 'delivery', 'deliveries')}${
    slowest === null ? '' : `, the slowest ${duration(slowest.us)}. Enter tells why`
  }`;

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
