import { type PointerEvent, useEffect, useRef } from 'react';

interface Gestures {
  pan(byPx: number): void;
  zoom(factor: number, y: number): void;
  /** x below 0: nothing is pointed at. */
  hover(x: number, y: number): void;
  click(x: number, y: number, touch: boolean): void;
}

/** A pointer that has moved less than this has clicked. */
const STILL_PX = 4;

/**
 * Drag and wheel move through time, pinch and wheel with Ctrl (what a touchpad's pinch is) enlarge. Returns what to
 * spread on the element. Coordinates are those within the element.
 */
export function useGestures(gestures: Gestures) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(gestures);
  latest.current = gestures;
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const travelled = useRef(0);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    // React listens passively, and a passive listener cannot keep the page from scrolling.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        const { top } = element.getBoundingClientRect();
        latest.current.zoom(1.01 ** -(event.deltaY * lines), event.clientY - top);
      } else latest.current.pan(-event.deltaY * lines);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const place = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const release = (event: PointerEvent<HTMLDivElement>) => pointers.current.delete(event.pointerId);
  return {
    ref,
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (event.button !== 0) return;
      if (pointers.current.size === 0) travelled.current = 0;
      pointers.current.set(event.pointerId, place(event));
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      const now = place(event);
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType !== 'touch') latest.current.hover(now.x, now.y);
        return;
      }
      travelled.current += Math.hypot(now.x - before.x, now.y - before.y);
      const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
      pointers.current.set(event.pointerId, now);
      const other = others[0]?.[1];
      if (other !== undefined) {
        const [was, is] = [before, now].map(({ x, y }) => Math.max(20, Math.hypot(x - other.x, y - other.y)));
        latest.current.zoom((is as number) / (was as number), (now.y + other.y) / 2);
        return;
      }
      if (travelled.current < STILL_PX) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      latest.current.pan(now.y - before.y);
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>) {
      const alone = pointers.current.size === 1;
      if (release(event) && alone && travelled.current < STILL_PX) {
        const { x, y } = place(event);
        latest.current.click(x, y, event.pointerType === 'touch');
      }
    },
    onPointerCancel: release,
    onPointerLeave(event: PointerEvent<HTMLDivElement>) {
      if (!pointers.current.has(event.pointerId)) latest.current.hover(-1, -1);
    },
  };
}
