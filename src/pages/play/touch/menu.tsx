import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './touch.module.css';

interface MenuProps {
  label: string;
  /** What it stands beside, in the window's pixels. */
  anchor: DOMRect;
  onClose(): void;
  children: ReactNode;
}

const GAP = 8;
const STOPS = 'button:not(:disabled), input, select, a';

/**
 * A small box beside something that was touched: the browser's own popover, so that it lies over everything, closes at
 * a click elsewhere and at Escape, and gives the focus back.
 */
export function Menu({ label, anchor, onClose, children }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useLayoutEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const toggled = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current();
    };
    box.addEventListener('toggle', toggled);
    box.showPopover();
    box.querySelector<HTMLElement>(STOPS)?.focus({ preventScroll: true });
    return () => {
      box.removeEventListener('toggle', toggled);
      if (box.matches(':popover-open')) box.hidePopover();
    };
  }, []);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const { offsetWidth: width, offsetHeight: height } = box;
    const stage = document.querySelector('main')?.getBoundingClientRect();
    const lowest = innerHeight - GAP - height;
    if (stage !== undefined && anchor.right <= stage.left) {
      // What the column before the stage says stays in sight while one chooses.
      box.style.top = `${Math.max(GAP, Math.min(anchor.top, lowest))}px`;
      box.style.left = `${stage.left + GAP}px`;
      return;
    }
    const below = anchor.bottom + GAP;
    const top = below <= lowest ? below : Math.max(GAP, anchor.top - GAP - height);
    const left = Math.min(
      rightEdge(anchor, stage) - width - GAP,
      Math.max(GAP, anchor.left + anchor.width / 2 - width / 2),
    );
    box.style.top = `${top}px`;
    box.style.left = `${left}px`;
  });
  return (
    <div
      ref={ref}
      popover="auto"
      role="dialog"
      aria-label={label}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key === 'Escape') ref.current?.hidePopover();
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event);
        // Keys of the page mean something else in here.
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}

/** A thing on the stage is told of in the panel beside it as well: that stays in sight, where the stage has the width. */
function rightEdge(anchor: DOMRect, stage: DOMRect | undefined): number {
  const within = stage !== undefined && anchor.left >= stage.left && anchor.right <= stage.right;
  return within ? stage.right : innerWidth;
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.target instanceof HTMLSelectElement) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)];
  const at = stops.indexOf(event.target as HTMLElement);
  stops[(at + (event.key === 'ArrowDown' ? 1 : -1) + stops.length) % stops.length]?.focus();
  event.preventDefault();
}

interface ChoiceProps {
  label: string;
  /** What happens if it is chosen. */
  effect: string;
  onChoose(): void;
}

/** Something that can be done, and what comes of it. */
export function Choice({ label, effect, onChoose }: ChoiceProps) {
  return (
    <button type="button" className={styles.choice} onClick={onChoose}>
      <b>{label}</b>
      <span>{effect}</span>
    </button>
  );
}
