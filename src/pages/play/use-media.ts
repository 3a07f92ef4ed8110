import { useSyncExternalStore } from 'react';

/** Narrower than this, there is room for one view at a time. */
export const NARROW = '(max-width: 899px)';
/** Narrower than this, there is no room for the controls beside the rest. */
export const TIGHT = '(max-width: 1179px)';

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
