import type { ViewProps } from '../view.ts';

export type CostsTableProps = ViewProps;

/** What delivery cost so far, by group. */
export function CostsTable(_props: CostsTableProps) {
  return <section aria-label="Costs so far" />;
}
