import { useState } from 'react';
import { count } from '../readout/units.ts';
import styles from './few.module.css';

/** Groups that are drawn without being asked for. */
export const FEW = 12;

/**
 * Which of `length` things of a list are drawn: the first few, and one that has to be among them.
 * @param kept index of that one, or -1
 * @returns indexes, ascending
 */
export function fewOf(length: number, kept: number): number[] {
  // A button in the place of a single one would save nothing.
  const most = length <= FEW + 1 ? length : FEW;
  const first = Array.from({ length: most }, (_, index) => index);
  return kept >= most && kept < length ? [...first, kept] : first;
}

interface Few {
  /** Indexes of what is drawn. */
  shown: readonly number[];
  /** Things that are not drawn as long as nobody opens the list. */
  more: number;
  open: boolean;
  toggle(): void;
}

/** A list of which the first few are drawn until all of it is asked for. */
export function useFew(length: number, kept = -1): Few {
  const [open, setOpen] = useState(false);
  const few = fewOf(length, kept);
  const shown = open ? Array.from({ length }, (_, index) => index) : few;
  return { shown, more: length - few.length, open, toggle: () => setOpen(!open) };
}

/** Opens and closes the rest of a list of groups; nothing where there is no rest. @param of what the list shows */
export function MoreGroups({ few: { more, open, toggle }, of }: { few: Few; of: string }) {
  if (more === 0) return null;
  const words = open ? 'Show fewer' : `${count(more)} more ${more === 1 ? 'group' : 'groups'}`;
  return (
    <button
      type="button"
      className={styles.more}
      aria-expanded={open}
      aria-label={`${words}: ${of}`}
      onClick={toggle}
    >
      {words}
    </button>
  );
}
