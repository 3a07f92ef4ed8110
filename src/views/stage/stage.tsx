import type { ViewProps } from '../view.ts';

export type StageProps = ViewProps;

/** Who sends what to whom, now: source, hop 2, servers, hop 1, clients. */
export function Stage(_props: StageProps) {
  return <section aria-label="Stage" />;
}
