import type { ReactNode } from 'react';

export interface CellProps {
  className?: string | undefined;
  title?: string | undefined;
  children?: ReactNode;
}

/** A cell of a {@link VirtualGrid}'s row: the grid holds the focus, and rows are what it moves between. */
export function Cell({ children, ...rest }: CellProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: not a table's cell, which could not be laid out in two lines
    <span role="gridcell" {...rest}>
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
