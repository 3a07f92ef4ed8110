import { useSyncExternalStore } from 'react';
import type { Playhead } from '../../views/index.ts';

/**
 * A value that follows the playhead. The component is rendered anew only when the value is another, so what seldom
 * changes costs little while the playhead runs.
 */
export function useMoment<T extends string | number | boolean>(
  playhead: Playhead,
  read: (nowUs: number) => T,
): T {
  return useSyncExternalStore(
    (changed) => playhead.subscribe(changed),
    () => read(playhead.nowUs),
  );
}
