import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react';
import { useSize } from '../use-size.ts';
import styles from './virtual-grid.module.css';
import { activeAfter, indexIn, offsetOf, placeOf, scrollFor, visibleRows } from './window.ts';

export interface GridRow {
  /** Cells, each with role `gridcell`. */
  cells: ReactNode;
  chosen: boolean;
  /** Something that it is about is pointed at elsewhere. */
  pointed?: boolean;
  /** For the view's own style. */
  mark?: string | undefined;
}

export interface VirtualGridProps {
  /** The name of the table, for those who hear it. */
  label: string;
  count: number;
  rowHeight: number;
  /** `grid-template-columns` of head and rows. */
  columns: string;
  /** Cells of the head, each with role `columnheader`; null: only for those who hear it. */
  head: ReactNode;
  /** Height of the head, 0: it takes no room. */
  headHeight: number;
  row(index: number): GridRow;
  onChoose(index: number): void;
  /** The row in focus changed; null: none is. */
  onActive?(index: number | null): void;
  /** Where to stay: at the end as rows are added, or at a row; null: where the person has scrolled to. */
  follow: 'end' | number | null;
  onFollow(follows: boolean): void;
  /** The rows' class, which lays out the cells. */
  rowClass: string | undefined;
  /** Drawn over the rows, under the pointer's way: rules of a time axis. */
  overlay?: ReactNode;
}

/**
 * A table of any number of equally high rows, of which only those in sight exist; one that comes into sight takes the
 * place of one that went, as text is sooner changed than elements are made. Arrows move, Enter chooses.
 */
export function VirtualGrid(props: VirtualGridProps) {
  const { count, rowHeight, headHeight, follow } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const [, rerender] = useReducer((scrolls: number) => scrolls + 1, 0);
  const [active, setActive] = useState(-1);
  /** Where the scroll bar is: asking the element would cost a layout in the middle of a frame. */
  const scrolled = useRef(0);
  const id = useId();
  const view = Math.max(0, (size?.height ?? 0) - headHeight);
  const bounds = { count, rowHeight, view };
  const stay = follow === null || view === 0;
  const goal = stay
    ? scrolled.current
    : scrollFor(bounds, follow === 'end' ? count - 1 : follow, scrolled.current);
  const { first, last, spacer, top, places } = visibleRows(bounds, goal);

  useLayoutEffect(() => {
    if (ref.current === null || goal === scrolled.current) return;
    scrolled.current = goal;
    ref.current.scrollTop = goal;
  }, [ref, goal]);

  /** What was active may be gone: another run, another filter, an earlier moment. */
  const told = (index: number) => props.onActive?.(index >= 0 && index < count ? index : null);
  const activate = (index: number) => {
    setActive(index);
    told(index);
    if (index < 0 || ref.current === null) return;
    ref.current.scrollTop = scrollFor(bounds, index, ref.current.scrollTop);
  };
  const onScroll = (now: number) => {
    if (Math.abs(now - scrolled.current) < 1) return; // what was done here, rounded to the screen's pixels
    const atEnd = offsetOf(bounds, now) + view >= count * rowHeight - rowHeight / 2;
    // Rows that are added do not scroll; only a person scrolls upwards.
    if (atEnd) props.onFollow(true);
    else if (now < scrolled.current) props.onFollow(false);
    scrolled.current = now;
    rerender();
  };

  /** The place that the pointer is over, and the row that it was told of. */
  const under = useRef<{ place: number; index: number } | null>(null);
  // Rows change places under a pointer that stays where it is.
  useEffect(() => {
    if (under.current === null) return;
    const index = indexIn(under.current.place, { first, last, places });
    if (index === under.current.index) return;
    under.current.index = index;
    told(index);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = Math.min(active, count - 1);
    if ((event.key === 'Enter' || event.key === ' ') && at >= 0) props.onChoose(at);
    else {
      const next = activeAfter(event.key, at < 0 ? last - 1 : at, bounds);
      if (next === null) return;
      activate(next);
      props.onFollow(next === count - 1);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const rows: ReactNode[] = [];
  for (let index = first; index < last; index++) {
    const place = placeOf(index, places);
    const { cells, chosen, pointed = false, mark } = props.row(index);
    rows.push(
      // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: keys go to the grid, which says which row is active; its rows are laid out as no table can
      <div
        key={place}
        id={`${id}-${index}`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={chosen}
        className={`${styles.row} ${props.rowClass}`}
        style={{ height: rowHeight, gridTemplateColumns: props.columns }}
        data-active={index === active}
        data-pointed={pointed}
        data-mark={mark}
        onClick={() => {
          activate(index);
          props.onChoose(index);
        }}
        onPointerEnter={() => {
          under.current = { place, index };
          told(index);
        }}
        onPointerLeave={() => {
          under.current = null;
          told(active);
        }}
      >
        {cells}
      </div>,
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's parts cannot be laid out one below the other
    <div
      ref={ref}
      className={styles.grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-activedescendant={active >= first && active < last ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
      onBlur={() => props.onActive?.(null)}
      onFocus={() => told(active)}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: as for the grid */}
      <div
        role="row"
        aria-rowindex={1}
        className={headHeight === 0 ? styles.unseen : `${styles.head} ${props.rowClass}`}
        style={{ height: headHeight, gridTemplateColumns: props.columns }}
      >
        {props.head}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as for the grid */}
      <div role="rowgroup" className={styles.body} style={{ height: spacer }}>
        {props.overlay}
        <div role="presentation" className={styles.rows} style={{ transform: `translateY(${top}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
