import { type PointerEvent, useRef } from 'react';

/** So far a pointer may stray and it is still a click. */
const SLACK_PX = 4;
/** Faults are dragged in steps of this, and with Shift in steps of a tenth of it. */
const STEP_US = 10_000;

interface DragOptions {
  usPerPx: number;
  onMove(byUs: number): void;
  /** The pointer was let go; null: it was not moved, or the drag was called off. */
  onEnd(byUs: number | null): void;
}

/** Handlers for something that is dragged along the time axis. */
export function useDrag({ usPerPx, onMove, onEnd }: DragOptions) {
  const from = useRef<{ x: number; moved: boolean } | null>(null);
  const by = (event: PointerEvent, x: number) => {
    const step = event.shiftKey ? STEP_US / 10 : STEP_US;
    return Math.round(((event.clientX - x) * usPerPx) / step) * step;
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const start = from.current;
      if (start === null) return;
      start.moved ||= Math.abs(event.clientX - start.x) >= SLACK_PX;
      if (start.moved) onMove(by(event, start.x));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const start = from.current;
      from.current = null;
      if (start !== null) onEnd(start.moved ? by(event, start.x) : null);
    },
    onPointerCancel() {
      if (from.current !== null) onEnd(0);
      from.current = null;
    },
  };
}
