import { useMemo } from 'react';
import { type Colors, useColors } from '../theme/colors.ts';

/** The colours of the theme, and those that only the ladder's canvas needs. */
export interface Ink extends Colors {
  hairline: string;
  sunken: string;
  lossWash: string;
  wait: string;
  slateSoft: string;
}

/** The colours in force. */
export function useInk(): Ink {
  const colors = useColors();
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string) => style.getPropertyValue(name).trim();
    return {
      ...colors,
      hairline: read('--hairline'),
      sunken: read('--paper-sunken'),
      lossWash: read('--loss-wash'),
      wait: read('--wait'),
      slateSoft: read('--slate-soft'),
    };
  }, [colors]);
}
