import { useEffect, useState } from 'react';

/** Longer than between two steps of a drag: a hand that moves the playhead does not rest. */
const REST_MS = 100;

/**
 * A value as it was when it last stayed the same for a moment. For lists that are read out or walked through by keys:
 * while the playhead is dragged nobody does either, and making them anew at every step costs most of a frame.
 */
export function useAtRest<T>(value: T): T {
  const [kept, keep] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => keep(() => value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return kept;
}
