import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { panned, type Stretch, type View, zoomed } from './axis.ts';

/** What a gesture does with the stretch of time in sight. */
type Change = (stretch: Stretch, endUs: number) => View;

/** More than this is dragging, less a click, px. */
const CLICK = 4;

/**
 * The wheel with Ctrl zooms at the pointer; the wheel sideways and dragging with a mouse move along the time axis.
 * @param left @param width where in the element the axis is, px
 */
export function useZoom(
  left: number,
  width: number,
  change: (how: Change) => void,
): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const onWheel = useEffectEvent((event: WheelEvent) => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (event.ctrlKey || event.metaKey) {
      const box = ref.current?.getBoundingClientRect();
      const place = Math.min(1, Math.max(0, (event.clientX - (box?.left ?? 0) - left) / width));
      const factor = 1.0015 ** Math.max(-400, Math.min(400, event.deltaY));
      change((stretch, endUs) => zoomed(stretch, factor, place, endUs));
    } else if (sideways !== 0 || event.shiftKey) {
      change((stretch, endUs) => panned(stretch, (sideways || event.deltaY) / width, endUs));
    } else return;
    event.preventDefault();
  });
  const onDrag = useEffectEvent((px: number) =>
    change((stretch, endUs) => panned(stretch, px / width, endUs)),
  );
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let last: number | null = null;
    let moved = 0;
    const listeners: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
      wheel: onWheel,
      pointerdown: (event) => {
        moved = 0;
        last = event.button === 0 && event.pointerType === 'mouse' ? event.clientX : null;
      },
      pointermove: (event) => {
        if (last === null) return;
        const by = last - event.clientX;
        moved += Math.abs(by);
        last = event.clientX;
        if (moved > CLICK) onDrag(by);
      },
      pointerup: () => (last = null),
      pointerleave: () => (last = null),
      // Dragging ends over a row, which is not meant.
      click: (event) => {
        if (moved > CLICK) event.stopPropagation();
        moved = 0;
      },
    };
    const stop = new AbortController();
    for (const [type, listener] of Object.entries(listeners))
      element.addEventListener(type, listener as EventListener, {
        // React listens for wheels passively, which cannot keep the page from zooming.
        passive: false,
        capture: type === 'click',
        signal: stop.signal,
      });
    return () => stop.abort();
  }, []);
  return ref;
}
