import { useEffect, useReducer } from 'react';
import type { Playhead } from './view.ts';

/** Renders the calling component again whenever the playhead or the trace has moved, once a frame at most. */
export function useFrame(playhead: Playhead): void {
  const [, rerender] = useReducer((frames: number) => frames + 1, 0);
  useEffect(() => playhead.subscribe(rerender), [playhead]);
}
