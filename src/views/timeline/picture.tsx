import { memo, useMemo } from 'react';
import type { Trace } from '../../trace/trace.ts';
import type { Fault } from '../reading/faults.ts';
import { activityOf } from './activity.ts';
import { type FaultFlag, freeLane, wordWidth } from './flags.ts';
import { faultBands } from './layout.ts';
import styles from './timeline.module.css';

/** Height of a lane of words, and of the bars. */
export const LANE = 26;
export const BARS = 26;
const BAR_PITCH = 5;

/** A narrower stretch has no word. */
const NAMED_PX = 24;
const SETTLING = 'settling';

interface SettlingProps {
  x: number;
  width: number;
  top: number;
  flags: readonly FaultFlag[];
}

/** The stretch in which nothing is published any more. Its word stands above it, where no bars and no flag cross it. */
export function Settling({ x, width, top, flags }: SettlingProps) {
  if (width - x < 2) return null;
  const word = wordWidth(SETTLING);
  const left = Math.min((x + width - word) / 2, width - word);
  const lane = width - x < NAMED_PX ? -1 : freeLane(flags, left, left + word, Math.round(top / LANE));
  return (
    <>
      <rect className={styles.settling} x={x} y={top} width={width - x} height={BARS} />
      {lane >= 0 && (
        <text className={styles.tick} x={left + word / 2} y={top - LANE * lane - 9} textAnchor="middle">
          {SETTLING}
        </text>
      )}
    </>
  );
}

interface FaultsProps {
  faults: readonly Fault[];
  flags: readonly FaultFlag[];
  endUs: number;
  width: number;
  top: number;
  /** Index of the fault that is selected, or -1. */
  selected: number;
}

/** Stretches of faults, and a stem from each word down to its moment. */
export const Faults = memo(function Faults({ faults, flags, endUs, width, top, selected }: FaultsProps) {
  return (
    <>
      {faultBands(faults, endUs, width).map((band) => (
        <rect
          key={band.fault}
          className={styles.band}
          data-selected={band.fault === selected}
          x={band.x}
          y={top}
          width={band.width}
          height={BARS}
        />
      ))}
      {flags.flatMap(({ faults: members, lane }) =>
        members.map((member) => {
          const x = ((faults[member]?.atUs ?? 0) / endUs) * width;
          return (
            <line
              key={member}
              className={styles.stem}
              x1={x}
              x2={x}
              y1={top - LANE * lane - 4}
              y2={top + BARS}
            />
          );
        }),
      )}
    </>
  );
});

interface BarsProps {
  trace: Trace;
  endUs: number;
  width: number;
  top: number;
  /** Rows of the table, so that bars are drawn anew when there are more. */
  rows: number;
  nowX: number;
}

/** Packets by time. What has been shown is darker than what is still ahead. */
export function Bars({ nowX, ...rest }: BarsProps) {
  const { trace, endUs, width, top, rows } = rest;
  const { packets, lost } = useMemo(
    () => (rows >= 0 ? barPaths(trace, endUs, width, top) : { packets: '', lost: '' }),
    [trace, endUs, width, top, rows],
  );
  return (
    <>
      <clipPath id="timeline-shown">
        <rect x={0} y={0} width={Math.max(0, nowX)} height={top + BARS} />
      </clipPath>
      <path className={styles.ahead} d={packets} />
      <path className={styles.lostAhead} d={lost} />
      <g clipPath="url(#timeline-shown)">
        <path className={styles.shown} d={packets} />
        <path className={styles.lost} d={lost} />
      </g>
    </>
  );
}

/** Heights by the square root of the count, so that a burst does not flatten everything else. */
function barPaths(
  trace: Trace,
  endUs: number,
  width: number,
  top: number,
): { packets: string; lost: string } {
  const bins = activityOf(trace, endUs).bins(Math.max(1, Math.floor(width / BAR_PITCH)));
  const most = Math.sqrt(Math.max(1, ...bins.map((bin) => bin.packets)));
  const pitch = width / bins.length;
  const bar = (index: number, value: number) => {
    if (value === 0) return '';
    const height = Math.max(2, (Math.sqrt(value) / most) * (BARS - 4));
    return `M${(index * pitch).toFixed(1)},${(top + BARS - 2).toFixed(1)}v${(-height).toFixed(1)}h${(pitch - 2).toFixed(1)}V${top + BARS - 2}Z`;
  };
  return {
    packets: bins.map((bin, index) => bar(index, bin.packets)).join(''),
    lost: bins.map((bin, index) => bar(index, bin.lost)).join(''),
  };
}

/** The line under the bars: shown, simulated, and not simulated yet. */
export function Track({
  knownX,
  nowX,
  width,
  y,
}: {
  knownX: number;
  nowX: number;
  width: number;
  y: number;
}) {
  return (
    <>
      <line className={styles.unknown} x1={knownX} x2={width} y1={y} y2={y} />
      <line className={styles.known} x1={0} x2={knownX} y1={y} y2={y} />
      <line className={styles.passed} x1={0} x2={nowX} y1={y} y2={y} />
    </>
  );
}
