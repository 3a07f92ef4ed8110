import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
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
        <Box id={id} button={button} side={side} align={align} style={sized}>
          {children(close)}
        </Box>
      )}
    </div>
  );
}

interface BoxProps {
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  side: 'down' | 'up';
  align: 'start' | 'middle' | 'end';
  style: CSSProperties;
  children: ReactNode;
}

const GAP = 6;
const EDGE = 12;

/** Lies over everything, so that no panel that scrolls cuts it off, and stays within the window. */
function Box({ id, button, side, align, style, children }: BoxProps) {
  const ref = useRef<HTMLDivElement>(null);
  const place = () => {
    const [box, anchor] = [ref.current, button.current?.getBoundingClientRect()];
    if (box === null || anchor === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = box;
    const [below, above] = [anchor.bottom + GAP, anchor.top - GAP - height];
    const fitsBelow = below + height <= innerHeight - EDGE;
    const top = side === 'down' && (fitsBelow || above < EDGE) ? below : above;
    const left = {
      start: anchor.left,
      middle: (anchor.left + anchor.right - width) / 2,
      end: anchor.right - width,
    };
    box.style.top = `${Math.max(EDGE, Math.min(innerHeight - EDGE - height, top))}px`;
    box.style.left = `${Math.max(EDGE, Math.min(innerWidth - EDGE - width, left[align]))}px`;
  };
  const latest = useRef(place);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    box.showPopover();
    // What is in it may come later, or grow, and this is not drawn anew for it.
    const grown = new ResizeObserver(() => latest.current());
    grown.observe(box);
    return () => grown.disconnect();
  }, []);
  useLayoutEffect(() => {
    latest.current = place;
    place();
  });
  return (
    <div ref={ref} id={id} popover="manual" className={styles.box} style={style}>
      {children}
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
