import { useSyncExternalStore } from 'react';

/** What people notice as late: the line on the latency axis. */
export const TARGET_MS = 200;

const REDUCED = '(prefers-reduced-motion: reduce)';

/** Whether whoever looks wants no gliding. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(REDUCED);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(REDUCED).matches,
  );
}
