import { type PointerEvent, useState } from 'react';
import { seconds } from '../readout/units.ts';
import type { TimelineEdits } from './edits.ts';
import { wordWidth } from './flags.ts';
import styles from './timeline.module.css';

interface PlacingProps {
  edits: TimelineEdits;
  placing: NonNullable<TimelineEdits['placing']>;
  nowUs: number;
  endUs: number;
  width: number;
  side: number;
  height: number;
}

/** A stretch shorter than this is meant as a click. */
const SLACK_PX = 4;

/** Over the timeline while a fault waits for its place: a click puts it there, a pull says how long it lasts. */
export function Placing({ edits, placing, nowUs, endUs, width, side, height }: PlacingProps) {
  const [fromUs, setFromUs] = useState<number | null>(null);
  const [toUs, setToUs] = useState(nowUs);
  const at = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return (
      Math.round((Math.min(1, Math.max(0, (event.clientX - left - side) / width)) * endUs) / 10_000) * 10_000
    );
  };
  const x = (us: number) => (us / endUs) * width;
  const startUs = Math.min(fromUs ?? toUs, toUs);
  const pulled = fromUs !== null && placing.hasLength && Math.abs(x(toUs) - x(fromUs)) >= SLACK_PX;
  const lengthUs = pulled ? Math.abs(toUs - (fromUs ?? toUs)) : 0;
  const text = `${placing.label} · ${seconds(startUs)}${pulled ? `, for ${seconds(lengthUs)}` : ''}`;
  const wide = Math.min(width, wordWidth(text));
  return (
    <div
      className={styles.placing}
      style={{ height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault(); // the focus stays on the time, where Esc and Enter are heard
        event.currentTarget.setPointerCapture(event.pointerId);
        setFromUs(at(event));
        setToUs(at(event));
      }}
      onPointerMove={(event) => setToUs(at(event))}
      onPointerUp={() => {
        if (fromUs !== null) edits.onPlace({ atUs: startUs, forUs: pulled ? lengthUs : null });
        setFromUs(null);
      }}
    >
      <span className={styles.stretch} style={{ left: side + x(startUs), width: Math.max(2, x(lengthUs)) }} />
      <span className={styles.ghost} style={{ left: side + Math.min(x(startUs), width - wide), width: wide }}>
        {text}
      </span>
    </div>
  );
}
