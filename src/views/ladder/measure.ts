import type { Ink } from './ink.ts';
import type { Measure } from './label.ts';
import { fontOf } from './paint.ts';

const MOST_KNOWN = 5000;

/** Measures words as the canvas will draw them; each word once. */
export function measureWith(ink: Ink): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  const measure = (text: string, strong: boolean) => {
    const key = `${strong ? 'b' : 'n'}${text}`;
    let width = known.get(key);
    if (width === undefined) {
      if (known.size > MOST_KNOWN) known.clear();
      if (context) context.font = fontOf(ink, strong);
      known.set(key, (width = context?.measureText(text).width ?? text.length * 6.6));
    }
    return width;
  };
  return Object.assign(measure, { scale: ink.textScale });
}
