import { type PointerEvent, useRef, useState } from 'react';

/** A card that is let go further away than this is off the network. */
const OFF_PX = 44;
const SLACK_PX = 6;

export interface Pull {
  dx: number;
  dy: number;
  /** Far enough. */
  off: boolean;
}

/**
 * Handlers for a card that can be pulled away from its link and jumps back when it is let go.
 * @returns the pull as long as it lasts, and the handlers; `clicked` takes the place of `onClick`
 */
export function usePull(onPull: (() => void) | null, onClick: (element: HTMLElement) => void) {
  const [pull, setPull] = useState<Pull | null>(null);
  const from = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const at = (event: PointerEvent) => {
    const start = from.current;
    const [dx, dy] = start ? [event.clientX - start.x, event.clientY - start.y] : [0, 0];
    return { dx, dy, off: Math.hypot(dx, dy) >= OFF_PX };
  };
  return {
    pull,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button === 0 && onPull !== null)
          from.current = { x: event.clientX, y: event.clientY, moved: false };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const start = from.current;
        if (start === null || event.buttons === 0) return;
        const now = at(event);
        if (!start.moved && Math.hypot(now.dx, now.dy) < SLACK_PX) return;
        if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId);
        start.moved = true;
        setPull(now);
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (from.current?.moved && at(event).off) onPull?.();
        setPull(null);
      },
      onPointerCancel() {
        from.current = null;
        setPull(null);
      },
      onClick(event: { currentTarget: HTMLElement }) {
        const moved = from.current?.moved ?? false;
        from.current = null;
        if (!moved) onClick(event.currentTarget);
      },
    },
  };
}
