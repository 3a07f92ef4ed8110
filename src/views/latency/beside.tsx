import { memo } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { transportColor } from '../theme/colors.ts';
import type { LatencyAxis } from './axis.ts';
import styles from './beside.module.css';
import { DENSE_FROM, type Strip, sameStrip } from './model.ts';

/** Where the quantiles of a group lie in 8 of 10 runs with other luck, µs. */
export interface LatencyBand {
  group: string;
  p50Us: readonly [low: number, high: number];
  p99Us: readonly [low: number, high: number];
}

interface Place {
  axis: LatencyAxis;
  left: number;
  width: number;
  y: number;
  height: number;
}

/** Height of the marks of an earlier run, which lie between two strips. */
export const GHOST_HEIGHT = 9;
/** Nothing is drawn narrower than this. */
const NARROWEST = 3;

/** Behind a strip: where its median (filled) and its 99 % quantile (dashed) would lie with other luck. */
export const BandMarks = memo(function BandMarks(props: Place & { band: LatencyBand; transport: string }) {
  const { axis, left, width, y, height, band, transport } = props;
  const color = transportColor(transport);
  const box = ([low, high]: readonly [number, number]) => {
    const from = left + axis.at(low) * width;
    return { x: from, width: Math.max(NARROWEST, left + axis.at(high) * width - from) };
  };
  return (
    <g className={styles.band}>
      <rect {...box(band.p50Us)} y={y + 2} height={height - 4} rx={3} fill={color} fillOpacity={0.2} />
      <rect {...box(band.p99Us)} y={y + 6} height={height - 12} rx={3} fill="none" stroke={color} />
    </g>
  );
});

/** Beneath a strip: the same group in an earlier run, hollow, with its median. */
export const GhostMarks = memo(
  function GhostMarks({ strip, axis, left, width, y }: Place & { trace: Trace; strip: Strip }) {
    const x = (us: number) => left + axis.at(us) * width;
    const middle = y + GHOST_HEIGHT / 2;
    const color = transportColor(strip.transport);
    const median = strip.p50Us;
    if (median === null) return null;
    const dense = strip.count >= DENSE_FROM;
    return (
      <g className={styles.ghost}>
        {dense && (
          <line
            className={styles.extent}
            x1={x(strip.minUs)}
            x2={x(strip.maxUs)}
            y1={middle}
            y2={middle}
            stroke={color}
          />
        )}
        {!dense &&
          strip.dots.map((dot) => (
            <circle
              key={`${dot.message}/${dot.client}`}
              cx={x(dot.us)}
              cy={middle + dot.across}
              r={2.5}
              stroke={color}
            />
          ))}
        <line
          className={styles.median}
          x1={x(median)}
          x2={x(median)}
          y1={y}
          y2={y + GHOST_HEIGHT}
          stroke={color}
        />
      </g>
    );
  },
  (a, b) =>
    sameStrip(a, b) &&
    a.axis === b.axis &&
    a.y === b.y &&
    a.width === b.width &&
    a.strip.transport === b.strip.transport,
);

/** What the marks mean. Its line is there from the start: nothing moves when an earlier run comes beside this one. */
export function Legend({ ghost, seeds }: { ghost: string | null; seeds: number }) {
  return (
    <p className={styles.legend}>
      {ghost === null && (
        <span>
          <svg width="16" height="12" aria-hidden="true">
            <circle className={styles.solid} cx="5" cy="6" r="3" />
            <line className={styles.solid} x1="12" x2="12" y1="1" y2="11" />
          </svg>
          a delivery, the median
        </span>
      )}
      {ghost !== null && (
        <span>
          <svg width="16" height="12" aria-hidden="true">
            <circle cx="5" cy="6" r="3.5" />
            <line x1="12" x2="12" y1="1" y2="11" />
          </svg>
          {ghost}, up to the same moment
        </span>
      )}
      {seeds > 0 && (
        <span>
          <svg width="34" height="12" aria-hidden="true">
            <rect className={styles.filled} x="1" y="1" width="14" height="10" rx="2" />
            <rect className={styles.dashed} x="19" y="1" width="14" height="10" rx="2" />
          </svg>
          p50, p99 of whole runs in 8 of 10 of {seeds} seeds
        </span>
      )}
    </p>
  );
}
