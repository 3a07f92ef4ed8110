import { Fragment, memo, useMemo } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { MoreGroups, useFew } from '../few/few.tsx';
import { usePointed } from '../pointing.ts';
import { clientOfSelection } from '../reading/client-of.ts';
import { type Messages, messagesOf } from '../reading/lit.ts';
import { count, duration, plural, seconds } from '../readout/units.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { type LatencyAxis, latencyAxis, latencyExtent } from './axis.ts';
import { BandMarks, GHOST_HEIGHT, GhostMarks, type LatencyBand, Legend } from './beside.tsx';
import styles from './latency.module.css';
import { type Strip, type StripsModel, sameStrip, stripsOf } from './model.ts';
import { StripRow } from './strip-row.tsx';

export interface LatencyStripsProps extends ViewProps {
  /** The latency to stay under, drawn as a dashed line; null: none. */
  targetMs: number | null;
  /** An earlier run to draw beside this one. */
  ghost?: { name: string; trace: Trace } | null;
  /** Where quantiles lie with other luck, and over how many seeds that was seen. */
  luck?: { bands: readonly LatencyBand[]; seeds: number } | null;
}

const ROW_HEIGHT = 34;
const TOP = 22;
const AXIS_HEIGHT = 24;
const NAME_WIDTH = 86;
const RIGHT = 14;

/** How long deliveries took so far, by group, on one logarithmic axis. As high as it has groups; many wait behind a button. */
export function LatencyStrips(props: LatencyStripsProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.latency} aria-label="Delivery latency">
      {header && size && size.width > 120 && <StripsAt {...props} header={header} width={size.width} />}
    </figure>
  );
}

function StripsAt(props: LatencyStripsProps & { header: TraceHeader; width: number }) {
  const { trace, playhead, header, width, targetMs, onSelect, selection, ghost = null, luck = null } = props;
  useFrame(playhead, UNHURRIED, 3);
  const pointed = usePointed(props.pointing);
  const { nowUs } = playhead;
  const model = stripsOf(trace, header);
  const lit = useMemo(
    () => [selection, pointed].flatMap((one) => messagesOf(trace, one) ?? []),
    [trace, selection, pointed],
  );
  const selected = header.clients[clientOfSelection(trace, selection)]?.group;
  const few = useFew(model.length, selected === undefined ? -1 : model.placeOf(selected));
  const strips = model
    .at(nowUs, few.shown)
    .map((strip, i) => withDots(strip, model, few.shown[i] as number, lit, nowUs));
  const ghosts = ghost === null ? [] : stripsBeside(ghost.trace, strips, nowUs);
  const bands = luck?.bands ?? [];
  const plotWidth = width - NAME_WIDTH - RIGHT;
  const targetUs = targetMs === null ? [] : [targetMs * 1000];
  const ends = (of: (strip: Strip) => number) => [...strips, ...ghosts].map(of);
  const minUs = Math.min(
    ...ends(({ minUs }) => minUs),
    ...bands.map(({ p50Us }) => p50Us[0]),
    ...targetUs,
    1e9,
  );
  const maxUs = Math.max(...ends(({ maxUs }) => maxUs), ...bands.map(({ p99Us }) => p99Us[1]), ...targetUs);
  const { lowUs, highUs } = latencyExtent(minUs, maxUs);
  const axis = useMemo(() => latencyAxis(lowUs, highUs, plotWidth), [lowUs, highUs, plotWidth]);
  const bottom = TOP + strips.length * ROW_HEIGHT;
  const x = (us: number) => NAME_WIDTH + axis.at(us) * plotWidth;
  const empty = trace.table('message.delivered').firstAfter(nowUs) === 0;
  return (
    <>
      <figcaption className={styles.hidden}>{latencyCaption(strips, model.length, nowUs)}</figcaption>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the caption above names it, the table below has its figures */}
      <svg className={styles.plot} width={width} height={bottom + AXIS_HEIGHT}>
        <Axis axis={axis} plotWidth={plotWidth} bottom={bottom} />
        {targetMs !== null && <Target x={x(targetMs * 1000)} ms={targetMs} bottom={bottom} width={width} />}
        {strips.map((strip, index) => {
          const y = TOP + index * ROW_HEIGHT;
          const place = { axis, left: NAME_WIDTH, width: plotWidth, y, height: ROW_HEIGHT };
          const band = bands.find(({ group }) => group === strip.group);
          const earlier = ghosts.find(({ group }) => group === strip.group);
          return (
            <Fragment key={strip.group}>
              {band && <BandMarks {...place} band={band} transport={strip.transport} />}
              <StripRow
                {...place}
                trace={trace}
                strip={strip}
                earlierUs={earlier?.p50Us ?? null}
                values={() => model.sortedAt(few.shown[index] as number, nowUs)}
                lit={lit}
                onPoint={(next) => props.pointing?.point(next)}
                onSelect={onSelect}
              />
              {ghost && earlier && (
                <GhostMarks
                  {...place}
                  y={y + ROW_HEIGHT - GHOST_HEIGHT / 2}
                  trace={ghost.trace}
                  strip={earlier}
                />
              )}
            </Fragment>
          );
        })}
        {empty && (
          <text
            className={styles.empty}
            x={NAME_WIDTH + plotWidth / 2}
            y={TOP + (strips.length * ROW_HEIGHT) / 2}
            textAnchor="middle"
          >
            {plotWidth > 230 ? 'Each delivered message becomes a dot here.' : 'Nothing delivered yet.'}
          </text>
        )}
      </svg>
      <MoreGroups few={few} of="delivery latency" />
      <Legend ghost={ghost?.name ?? null} seeds={luck?.seeds ?? 0} />
      <LatencyTable trace={trace} strips={strips} ghost={ghost?.trace ?? null} ghosts={ghosts} />
    </>
  );
}

/** The same groups in an earlier run, as far as it has them. */
function stripsBeside(trace: Trace, strips: readonly Strip[], nowUs: number): Strip[] {
  if (trace.header === null) return [];
  const model = stripsOf(trace, trace.header);
  const there = strips.map(({ group }) => model.placeOf(group)).filter((place) => place >= 0);
  return model.at(nowUs, there);
}

/** A strip with what is selected or pointed at as a dot, though it may be long past. */
export function withDots(
  strip: Strip,
  model: StripsModel,
  group: number,
  lit: readonly Messages[],
  nowUs: number,
): Strip {
  const more = lit.flatMap(({ first, client }) => {
    const dot = client === null ? null : model.dotOf(group, first, client, nowUs);
    const there = strip.dots.some((one) => one.message === dot?.message && one.client === dot.client);
    return dot === null || there ? [] : [dot];
  });
  return more.length === 0 ? strip : { ...strip, dots: [...strip.dots, ...more] };
}

interface AxisProps {
  axis: LatencyAxis;
  plotWidth: number;
  /** Where the lines end, above the labels. */
  bottom: number;
  left?: number;
}

/** Lines and labels of the axis. */
export const Axis = memo(function Axis({ axis, plotWidth, bottom, left = NAME_WIDTH }: AxisProps) {
  return (
    <>
      {axis.ticks.map(({ us, label }) => {
        const x = left + axis.at(us) * plotWidth;
        return (
          <g key={us}>
            <line className={styles.grid} x1={x} x2={x} y1={TOP} y2={bottom + 4} />
            <text className={styles.tick} x={x} y={bottom + 18} textAnchor="middle">
              {label}
            </text>
          </g>
        );
      })}
      <text className={styles.tick} x={0} y={bottom + 18}>
        ms, log scale
      </text>
    </>
  );
});

/** The line to stay left of. Its label goes where there is room. */
export function Target({ x, ms, bottom, width }: { x: number; ms: number; bottom: number; width: number }) {
  const before = x > width - 90;
  return (
    <g>
      <line className={styles.target} x1={x} x2={x} y1={6} y2={bottom + 4} />
      <text
        className={styles.targetLabel}
        x={before ? x - 5 : x + 5}
        y={14}
        textAnchor={before ? 'end' : 'start'}
      >
        target {duration(ms * 1000)}
      </text>
    </g>
  );
}

/** @param groups how many there are in all */
function latencyCaption(strips: Strip[], groups: number, nowUs: number): string {
  const total = strips.reduce((sum, strip) => sum + strip.count, 0);
  const whose = strips.length < groups ? ` to ${strips.length} of ${count(groups)} groups` : '';
  if (total === 0) return `At ${seconds(nowUs)} nothing has been delivered yet${whose}`;
  const medians = strips.flatMap(({ title, p50Us }) =>
    p50Us === null ? [] : [`${title} ${duration(p50Us)}`],
  );
  return `Up to ${seconds(nowUs)}: ${plural(total, 'delivery', 'deliveries')}${whose}; medians: ${medians.join(', ')}`;
}

interface Tabled {
  trace: Trace;
  strips: readonly Strip[];
  /** An earlier run beside it. */
  ghost: Trace | null;
  ghosts: readonly Strip[];
}

function allSame(
  trace: Trace | null,
  strips: readonly Strip[],
  other: Trace | null,
  others: readonly Strip[],
): boolean {
  const same = (strip: Strip, index: number) =>
    sameStrip({ trace, strip }, { trace: other, strip: others[index] as Strip });
  return strips.length === others.length && strips.every(same);
}

/** The same as figures. */
const LatencyTable = memo(
  function LatencyTable({ strips, ghosts }: Tabled) {
    const time = (us: number | null) => (us === null ? '–' : duration(us));
    return (
      <table className={styles.hidden}>
        <thead>
          <tr>
            {['group', 'deliveries', 'p50', 'p90', 'p99', ...(ghosts.length > 0 ? ['earlier p50'] : [])].map(
              (title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {strips.map((strip) => (
            <tr key={strip.group}>
              <th scope="row">{strip.title}</th>
              <td>{count(strip.count)}</td>
              <td>{time(strip.p50Us)}</td>
              <td>{time(strip.p90Us)}</td>
              <td>{time(strip.p99Us)}</td>
              {ghosts.length > 0 && (
                <td>{time(ghosts.find(({ group }) => group === strip.group)?.p50Us ?? null)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    );
  },
  (a, b) => allSame(a.trace, a.strips, b.trace, b.strips) && allSame(a.ghost, a.ghosts, b.ghost, b.ghosts),
);
