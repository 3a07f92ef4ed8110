import { useEffect, useState } from 'react';

/** More than there are between two steps of a drag: a hand that moves the playhead does not rest. */
const REST_FRAMES = 6;

/**
 * A value as it was when it last stayed the same for a moment. For lists that are read out or walked through by keys:
 * while the playhead is dragged nobody does either, and making them anew at every step costs most of a frame.
 */
export function useAtRest<T>(value: T): T {
  const [kept, keep] = useState(value);
  useEffect(() => {
    let frames = 0;
    let handle = requestAnimationFrame(function wait() {
      if (++frames < REST_FRAMES) handle = requestAnimationFrame(wait);
      else keep(() => value);
    });
    return () => cancelAnimationFrame(handle);
  }, [value]);
  return kept;
}
