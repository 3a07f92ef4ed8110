import type { Step } from './story.ts';

/** Rules without which another is half of the story: they are told below it. */
const ALONGSIDE: Record<string, readonly string[]> = {
  'congestion window': ['slow start', 'BBR'],
  'DNS retry': ['UDP'],
  'half-open connection': ['heartbeat', 'keep-alive'],
};

/** The explanations that a story stands on: what its steps name, what else it is about, and what goes with those. */
export function termsOf(steps: readonly Step[], ...more: readonly string[]): string[] {
  const named = [...more, ...steps.map(({ term = '' }) => term)].filter((term) => term !== '');
  return [...new Set(named.flatMap((term) => [term, ...(ALONGSIDE[term] ?? [])]))];
}
