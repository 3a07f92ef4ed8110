import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { SPLIT } from '../shown.ts';
import styles from './panel.module.css';

const STEP = 0.05;

interface Props {
  /** The panel's share. */
  split: number;
  onSplit(split: number): void;
}

/** The edge between the stage and the panel: drag it, or use the arrow keys; a double click puts it back. */
export function Splitter({ split, onSplit }: Props) {
  const [dragged, setDragged] = useState(false);
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (dragged && box !== undefined) onSplit((box.bottom - event.clientY) / box.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowUp: split + STEP,
      ArrowDown: split - STEP,
      PageUp: split + 4 * STEP,
      PageDown: split - 4 * STEP,
      Home: SPLIT.least,
      End: SPLIT.most,
      Enter: SPLIT.usual,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onSplit(to);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      role="separator"
      tabIndex={0}
      className={styles.splitter}
      data-dragged={dragged}
      aria-orientation="horizontal"
      aria-label="Height of the views below the stage"
      aria-valuemin={SPLIT.least * 100}
      aria-valuemax={SPLIT.most * 100}
      aria-valuenow={Math.round(split * 100)}
      aria-valuetext={`${Math.round(split * 100)} %`}
      title="Drag, or ↑ ↓; double click: as it was"
      onKeyDown={onKeyDown}
      onDoubleClick={() => onSplit(SPLIT.usual)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(true);
      }}
      onPointerMove={drag}
      onLostPointerCapture={() => setDragged(false)}
    />
  );
}
