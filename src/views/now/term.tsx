import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { explanationOf } from '../../trace/story/index.ts';
import styles from './term.module.css';

/** What a bubble may be wide, px, and how far it stays from the edge of the window. */
const WIDTH = 264;
const EDGE = 8;

const open = (bubble: HTMLElement | null) => bubble?.showPopover();

/** A word of the field that explains itself on hover, on focus and on a tap; Escape sends the explanation away. */
export function Term({ term, children }: { term: string; children?: string }) {
  const explanation = explanationOf(term);
  const id = useId();
  const ref = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number } | null>(null);
  if (explanation === undefined) return <>{children ?? term}</>;
  const show = () => {
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(EDGE, Math.min(box.left, window.innerWidth - WIDTH - EDGE));
    // On top of all, so that no scrolling panel cuts it off; above the word unless there is no room.
    setPlace(
      box.top > 180 ? { left, bottom: window.innerHeight - box.top + 4 } : { left, top: box.bottom + 4 },
    );
  };
  const hide = () => setPlace(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || place === null) return;
    event.stopPropagation();
    hide();
  };
  return (
    <span className={styles.wrap} onPointerEnter={show} onPointerLeave={hide}>
      <button
        ref={ref}
        type="button"
        className={styles.term}
        aria-describedby={place === null ? undefined : id}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={onKeyDown}
      >
        {children ?? term}
      </button>
      {place !== null && (
        <span
          ref={open}
          popover="manual"
          id={id}
          role="tooltip"
          className={styles.bubble}
          style={{ ...place, width: WIDTH }}
        >
          <strong>{explanation.term}</strong> {explanation.rule}
          <small>{explanation.source}</small>
        </span>
      )}
    </span>
  );
}
