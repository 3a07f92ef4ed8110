import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import styles from './popover.module.css';

interface Props {
  /** What the button shows. */
  label: ReactNode;
  /** Its name, where the label is no words. */
  name?: string;
  title: string;
  buttonClass?: string | undefined;
  /** On which side of the button it opens, and along which of its edges. */
  side?: 'down' | 'up';
  align?: 'start' | 'middle' | 'end';
  width?: number;
  onWanted?(): void;
  children(close: () => void): ReactNode;
}

/** A button that opens a small box of things to choose from. Escape and leaving close it; ↑ and ↓ go through it. */
export function Popover(props: Props) {
  const {
    label,
    name,
    title,
    buttonClass,
    side = 'down',
    align = 'start',
    width,
    onWanted,
    children,
  } = props;
  const sized = { '--width': width === undefined ? 'auto' : `${width}px` } as CSSProperties;
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what bubbles up from the buttons within it
    <div
      className={styles.popover}
      data-align={align}
      onBlur={leave}
      onKeyDown={(event) => {
        if (!open) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          close();
        } else moveFocus(event);
      }}
    >
      <button
        ref={button}
        type="button"
        className={buttonClass}
        aria-label={name}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={title}
        onPointerEnter={onWanted}
        onClick={(event) => {
          onWanted?.();
          event.currentTarget.focus(); // Safari does not, and then leaving is not noticed
          setOpen(!open);
        }}
      >
        {label}
      </button>
      {open && (
        <div id={id} className={styles.box} data-side={side} data-align={align} style={sized}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

const STOPS = 'button:not(:disabled), label, input:not([type=file]), select, a';

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (event.target instanceof HTMLSelectElement) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)];
  const at = stops.indexOf(event.target as HTMLElement);
  stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}
