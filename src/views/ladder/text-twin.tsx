import { type KeyboardEvent, memo } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { plural } from '../readout/units.ts';
import { staysWhileDragged } from '../use-frame.ts';
import type { Selection } from '../view.ts';
import { MOST_LISTED, thingText } from './caption.ts';
import { keyOf, selectionOf, type Thing } from './hit.ts';
import styles from './ladder.module.css';
import type { Arrow, Frame } from './layout.ts';

interface Props {
  trace: Trace;
  frame: Frame;
  /** Key of the arrow that the keyboard is at, or ''. */
  focused: string;
  /** Whether all that can be seen is listed: only while time stands still. */
  listed: boolean;
  dragged: boolean;
  onFocus(key: string): void;
  onPan(byPx: number): void;
  onZoom(factor: number): void;
  onSelect(selection: Selection | null): void;
}

/** The ladder for those who do not see it or do not point: a list of the arrows, and keys that go from one to the next. */
export function TextTwin({
  trace,
  frame,
  focused,
  listed,
  dragged,
  onFocus,
  onPan,
  onZoom,
  onSelect,
}: Props) {
  const { height } = frame.view;
  const arrow = frame.arrows.find((one) => keyOf(one) === focused);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbour(frame, arrow, event.key);
    if (next !== undefined) {
      onFocus(keyOf(next));
      // What is near an edge has its neighbours beyond it.
      const middle = (next.y0 + next.y1) / 2;
      if (middle < 24) onPan(height / 3);
      else if (middle > height - 12) onPan(-height / 3);
    } else if (event.key === 'Enter' && arrow) onSelect(selectionOf(arrow));
    else if (event.key === 'Escape' && focused !== '') onFocus('');
    else if (event.key === '+' || event.key === '-') onZoom(event.key === '+' ? 1.5 : 1 / 1.5);
    else if (event.key === 'PageUp' || event.key === 'PageDown')
      onPan(height * (event.key === 'PageUp' ? 0.8 : -0.8));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        type="button"
        className={styles.keys}
        aria-label="Arrows of the ladder. Arrow keys go from one to the next, Enter selects."
        onKeyDown={onKeyDown}
        onBlur={() => onFocus('')}
      />
      <span className={styles.hidden} aria-live="polite">
        {arrow ? thingText(trace, frame, arrow) : ''}
      </span>
      {arrow && (
        <svg className={styles.focus} aria-hidden="true" width={frame.view.width} height={height}>
          <line x1={arrow.x0} y1={arrow.y0} x2={arrow.x1} y2={arrow.y1} />
        </svg>
      )}
      {listed && <List trace={trace} frame={frame} dragged={dragged} />}
    </>
  );
}

/** All that can be seen, in the order of time; as it was while the playhead is moved by hand. */
const List = memo(function List({ trace, frame }: Pick<Props, 'trace' | 'frame' | 'dragged'>) {
  const things: Thing[] = [...frame.arrows, ...frame.spans].sort((a, b) => startOf(a) - startOf(b));
  const rest = things.length - MOST_LISTED;
  return (
    <ul className={styles.hidden} aria-label="What the ladder shows">
      {things.slice(0, MOST_LISTED).map((thing) => (
        <li key={keyOf(thing)}>{thingText(trace, frame, thing)}</li>
      ))}
      {rest > 0 && <li>{`and ${plural(rest, 'more entry', 'more entries')}; zoom in for them`}</li>}
    </ul>
  );
}, staysWhileDragged);

const startOf = (thing: Thing): number => ('facts' in thing ? thing.facts.atUs : thing.fromUs);

/** The arrow that a key leads to: up and down in time, left and right to the next pair. */
function neighbour({ arrows, view }: Frame, from: Arrow | undefined, key: string): Arrow | undefined {
  const visible = arrows.filter(({ y0, y1 }) => y1 >= 0 && y0 <= view.height);
  if (from === undefined) {
    if (key === 'ArrowUp' || key === 'End') return visible.at(-1);
    return key.startsWith('Arrow') || key === 'Home' ? visible[0] : undefined;
  }
  const at = arrows.indexOf(from);
  if (key === 'ArrowDown') return arrows[at + 1] ?? from;
  if (key === 'ArrowUp') return arrows[at - 1] ?? from;
  if (key === 'Home') return visible[0];
  if (key === 'End') return visible.at(-1);
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const way = key === 'ArrowRight' ? 1 : -1;
  const aside = visible.filter(({ pair }) => (pair - from.pair) * way > 0);
  const pair =
    way > 0 ? Math.min(...aside.map((one) => one.pair)) : Math.max(...aside.map((one) => one.pair));
  const own = aside.filter((one) => one.pair === pair);
  const away = ({ y0 }: Arrow) => Math.abs(y0 - from.y0);
  return own.reduce<Arrow>((best, one) => (best === from || away(one) < away(best) ? one : best), from);
}
