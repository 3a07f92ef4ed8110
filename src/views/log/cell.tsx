import type { ReactNode } from 'react';

export interface CellProps {
  className?: string | undefined;
  title?: string | undefined;
  /** It may be too long for its column, and is cut there. */
  long?: boolean;
  children?: ReactNode;
}

/** Width of a character of 13 px type, on the safe side; letters of some scripts are wider than any of these. */
const CHARACTER = 7.8;
const NARROW_LETTERS = /^[\u0020-\u024f–—…→←✕↻]*$/;

/**
 * Whether a text may be too long for a column. What is cut has a clip of its own in the browser's compositor, and a
 * table of two hundred of those costs more than all else of a frame: only what has to be cut is.
 * @param width of the column at least, px @param textScale how much larger than usual type is
 */
export const mayBeCut = (text: string, width: number, textScale: number): boolean =>
  text.length * CHARACTER * textScale > width || !NARROW_LETTERS.test(text);

/** A cell of a {@link VirtualGrid}'s row: the grid holds the focus, and rows are what it moves between. */
export function Cell({ children, long = false, ...rest }: CellProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: not a table's cell, which could not be laid out in two lines
    <span role="gridcell" data-long={long || undefined} {...rest}>
      {children}
    </span>
  );
}

/** The titles of a grid's columns. */
export function Titles({ titles }: { titles: readonly string[] }) {
  return titles.map((title) => (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: as for the cells
    <span key={title} role="columnheader">
      {title}
    </span>
  ));
}
