import { memo, useMemo } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { type Messages, messagesOf } from '../reading/lit.ts';
import { count, duration, seconds } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { Playhead, Selection } from '../view.ts';
import { type LatencyAxis, latencyAxis, latencyExtent } from './axis.ts';
import { cumulative, dashOf } from './cumulative.ts';
import styles from './latency.module.css';
import { Axis, Target, withDots } from './latency-strips.tsx';
import { pooledStripOf, type Strip, type StripsModel, sameStrip } from './model.ts';
import { StripRow } from './strip-row.tsx';

/** One of several runs, with what it is called for short. */
export interface LatencyRun {
  id: number;
  letter: string;
  name: string;
  trace: Trace;
}

export interface VariantLatencyProps {
  runs: readonly LatencyRun[];
  /** The client group that is measured; null: everybody. */
  group: string | null;
  playhead: Playhead;
  targetMs: number | null;
  selection: { variant: number; what: Selection } | null;
  onSelect(variant: number, what: Selection | null): void;
}

const ROW_HEIGHT = 32;
const TOP = 22;
const AXIS_HEIGHT = 24;
const NAME_WIDTH = 96;
const RIGHT = 16;
/** Around the curves: between them and the strips, and below. */
const AROUND_CURVES = 24;
/** Letters of curves that run together stand so far apart. */
const LETTER_PITCH = 16;
/** Characters of a name for which there is room. */
const NAME_LENGTH = 12;

/** How long deliveries took so far in several runs, on one logarithmic axis: a strip each, and the shares below. */
export function VariantLatency(props: VariantLatencyProps) {
  const [ref, size] = useSize<HTMLElement>();
  return (
    <figure ref={ref} className={styles.latency} aria-label="Delivery latency of the variants">
      {size && size.width > 160 && <At {...props} width={size.width} />}
    </figure>
  );
}

interface Row {
  run: LatencyRun;
  model: StripsModel;
  strip: Strip;
  /** What is selected of it. */
  lit: readonly Messages[];
}

const noPointing = () => {};

function At({
  runs,
  group,
  playhead,
  targetMs,
  selection,
  onSelect,
  width,
}: VariantLatencyProps & { width: number }) {
  useFrame(playhead, UNHURRIED);
  const { nowUs } = playhead;
  const lit = useMemo(
    () =>
      runs.map(({ id, trace }): readonly Messages[] => {
        const messages = selection?.variant === id ? messagesOf(trace, selection.what) : null;
        return messages === null ? [] : [messages];
      }),
    [runs, selection],
  );
  const rows = runs.flatMap((run, index): Row[] => {
    const { header } = run.trace;
    if (header === null) return [];
    const model = pooledStripOf(run.trace, header, group);
    const [strip] = model.at(nowUs);
    if (strip === undefined) return [];
    const messages = lit[index] ?? [];
    const shown = withDots({ ...strip, title: shortName(run) }, model, 0, messages, nowUs);
    return [{ run, model, strip: shown, lit: messages }];
  });
  const plotWidth = width - NAME_WIDTH - RIGHT;
  const targetUs = targetMs === null ? [] : [targetMs * 1000];
  const { lowUs, highUs } = latencyExtent(
    Math.min(...rows.map(({ strip }) => strip.minUs), ...targetUs, 1e9),
    Math.max(...rows.map(({ strip }) => strip.maxUs), ...targetUs),
  );
  const axis = useMemo(() => latencyAxis(lowUs, highUs, plotWidth), [lowUs, highUs, plotWidth]);
  const stripsEnd = TOP + rows.length * ROW_HEIGHT;
  const height = curvesHeight(rows.length);
  const bottom = stripsEnd + AROUND_CURVES + height;
  const total = rows.reduce((sum, { strip }) => sum + strip.count, 0);
  return (
    <>
      <figcaption className={styles.hidden}>
        Up to {seconds(nowUs)}: {count(total)} deliveries in all variants; the figures are in the table.
      </figcaption>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the caption above names it, the table below has its figures */}
      <svg className={styles.plot} width={width} height={bottom + AXIS_HEIGHT}>
        <Axis axis={axis} plotWidth={plotWidth} bottom={bottom} left={NAME_WIDTH} />
        {targetMs !== null && (
          <Target
            x={NAME_WIDTH + axis.at(targetMs * 1000) * plotWidth}
            ms={targetMs}
            bottom={bottom}
            width={width}
          />
        )}
        {rows.map(({ run, model, strip, lit }, index) => (
          <StripRow
            key={run.id}
            trace={run.trace}
            strip={strip}
            values={() => model.sortedAt(0, nowUs)}
            axis={axis}
            left={NAME_WIDTH}
            width={plotWidth}
            y={TOP + index * ROW_HEIGHT}
            height={ROW_HEIGHT}
            earlierUs={null}
            lit={lit}
            onPoint={noPointing}
            onSelect={(what) => onSelect(run.id, what)}
          />
        ))}
        <Curves {...{ rows, axis, plotWidth, height, nowUs }} top={stripsEnd + 14} />
        {total === 0 && (
          <text
            className={styles.empty}
            x={NAME_WIDTH + plotWidth / 2}
            y={TOP + (rows.length * ROW_HEIGHT) / 2}
            textAnchor="middle"
          >
            Nothing delivered yet.
          </text>
        )}
      </svg>
      <Figures rows={rows} />
    </>
  );
}

function shortName({ letter, name }: LatencyRun): string {
  const short = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
  return `${letter} ${short}`;
}

/** How high the curves are, so that each has room for its letter. */
const curvesHeight = (runs: number): number => Math.max(108, LETTER_PITCH * (runs + 1));

interface CurvesProps {
  rows: Row[];
  axis: LatencyAxis;
  plotWidth: number;
  height: number;
  top: number;
  nowUs: number;
}

/** Which share of the deliveries took no longer (the empirical distribution function), told apart by dashes and letters. */
function Curves({ rows, axis, plotWidth, height, top, nowUs }: CurvesProps) {
  const y = (share: number) => top + (1 - share) * height;
  return (
    <g>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            className={styles.base}
            x1={NAME_WIDTH}
            x2={NAME_WIDTH + plotWidth}
            y1={y(share)}
            y2={y(share)}
          />
          <text className={styles.tick} x={NAME_WIDTH - 8} y={y(share) + 4} textAnchor="end">
            {`${share * 100} %`}
          </text>
        </g>
      ))}
      {rows.map(({ run, model, strip }, index) => (
        <Curve
          key={run.id}
          letter={run.letter}
          trace={run.trace}
          strip={strip}
          values={() => model.sortedAt(0, nowUs)}
          axis={axis}
          plotWidth={plotWidth}
          height={height}
          top={top}
          dash={dashOf(index)}
          // Letters stand at heights of their own, so that curves that end together can be told apart.
          at={(index + 1) / (rows.length + 1)}
        />
      ))}
    </g>
  );
}

interface CurveProps {
  letter: string;
  trace: Trace;
  strip: Strip;
  values(): Float64Array;
  axis: LatencyAxis;
  plotWidth: number;
  height: number;
  top: number;
  dash: string;
  at: number;
}

const Curve = memo(
  function Curve({ letter, strip, values, axis, plotWidth, height, top, dash, at }: CurveProps) {
    if (strip.count === 0) return null;
    const points = cumulative(values());
    const x = (us: number) => NAME_WIDTH + axis.at(us) * plotWidth;
    const y = (share: number) => top + (1 - share) * height;
    const [first] = points;
    if (first === undefined) return null;
    let path = `M${x(first.us).toFixed(1)},${y(0).toFixed(1)}`;
    for (const { us, share } of points) path += `H${x(us).toFixed(1)}V${y(share).toFixed(1)}`;
    const mark = points.find(({ share }) => share >= at) ?? first;
    return (
      <g>
        <path
          className={styles.curve}
          d={path}
          stroke={transportColor(strip.transport)}
          strokeDasharray={dash}
        />
        <text className={styles.letter} x={x(mark.us)} y={y(at) + 4} textAnchor="middle">
          {letter}
        </text>
      </g>
    );
  },
  (a, b) =>
    sameStrip(a, b) &&
    a.axis === b.axis &&
    a.top === b.top &&
    a.height === b.height &&
    a.at === b.at &&
    a.dash === b.dash &&
    a.letter === b.letter,
);

/** The same as figures. */
const Figures = memo(
  function Figures({ rows }: { rows: Row[] }) {
    const time = (us: number | null) => (us === null ? '–' : duration(us));
    return (
      <table className={styles.hidden}>
        <thead>
          <tr>
            {['variant', 'deliveries', 'p50', 'p90', 'p99'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ run, strip }) => (
            <tr key={run.id}>
              <th scope="row">
                {run.letter} {run.name}
              </th>
              <td>{count(strip.count)}</td>
              <td>{time(strip.p50Us)}</td>
              <td>{time(strip.p90Us)}</td>
              <td>{time(strip.p99Us)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  },
  (a, b) =>
    a.rows.length === b.rows.length &&
    a.rows.every(({ run, strip }, index) => {
      const other = b.rows[index] as Row;
      const same = sameStrip({ trace: run.trace, strip }, { trace: other.run.trace, strip: other.strip });
      return same && run.name === other.run.name;
    }),
);
