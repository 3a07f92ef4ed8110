import type { PointerEvent } from 'react';
import { duration } from '../readout/units.ts';
import styles from './ladder.module.css';
import type { Frame } from './layout.ts';
import { AXIS_PX } from './pairs.ts';
import type { Tick } from './ticks.ts';

/** The buttons for zooming stand so high above the lower edge; they are twice as wide together. */
const ZOOM_PX = 52;

interface Props {
  frame: Frame;
  ticks: readonly Tick[];
  onSeek(us: number): void;
}

/** The times at the left, what a fold left out, and now. A click on the times goes there. */
export function Axis({ frame, ticks, onSeek }: Props) {
  const { map, nowY, view, pairs } = frame;
  const seek = (event: PointerEvent<HTMLElement>) => {
    const { top } = event.currentTarget.getBoundingClientRect();
    onSeek(Math.round(Math.min(view.nowUs, Math.max(0, map.us(event.clientY - top)))));
  };
  return (
    <>
      <div
        className={styles.axis}
        style={{ width: AXIS_PX - 8 }}
        title="Click to go there"
        onPointerDown={(event) => event.stopPropagation()}
        onPointerUp={(event) => {
          event.stopPropagation();
          seek(event);
        }}
      >
        {ticks.map(({ us, y, label }) => (
          <span key={us} className={styles.tick} style={{ top: y }}>
            {label}
          </span>
        ))}
      </div>
      {map.folds.map(({ fromUs, toUs, y0, y1 }) => (
        <span
          key={fromUs}
          className={styles.fold}
          style={{ top: (y0 + y1) / 2, left: (pairs[0]?.serverX ?? AXIS_PX) + 10 }}
        >
          {`${duration(toUs - fromUs)} ${view.depth === 1 ? 'without a message' : 'of nothing'}`}
        </span>
      ))}
      {nowY >= -1 && nowY <= view.height + 1 && (
        <div className={styles.now} style={{ top: nowY, left: AXIS_PX - 6 }}>
          <span style={{ right: nowY > view.height - ZOOM_PX ? ZOOM_PX * 2 : 8 }}>now</span>
        </div>
      )}
    </>
  );
}
