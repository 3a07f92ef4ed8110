import type { Colors } from '../theme/colors.ts';
import type { Point } from './curve.ts';
import { paintCross } from './paint.ts';

/** Half the ✕ of a loss in a crowd, and half of the square that holds it with its rim, px. */
const SIZE = 4;
const HALF = 8;

/** An image as bytes and as words, a pixel each. */
export interface Pixels {
  image: ImageData;
  words: Uint32Array;
}

interface Cross extends Pixels {
  /** Row and column of each of its pixels that is not empty. */
  filled: Uint8Array;
}

let kept: { ratio: number; colors: Colors; cross: Cross } | null = null;

/**
 * Puts the ✕ of a loss over the pixels of a crowd. Hundreds of strokes take longer than all else of a frame; stamps of
 * one that was stroked once do not.
 * @param fade 1: all of it, 0: nothing
 */
export function stampCross(
  under: Pixels,
  { x, y }: Point,
  fade: number,
  ratio: number,
  colors: Colors,
): void {
  const cross = crossOf(ratio, colors);
  if (cross === null) return;
  const { width, height } = under.image;
  const side = cross.image.width;
  const bytes = cross.image.data;
  const left = Math.round((x - HALF) * ratio);
  const top = Math.round((y - HALF) * ratio);
  const share = Math.round(fade * 256);
  for (let i = 0; i < cross.filled.length; i += 2) {
    const row = cross.filled[i] as number;
    const column = cross.filled[i + 1] as number;
    if (top + row < 0 || top + row >= height || left + column < 0 || left + column >= width) continue;
    const from = row * side + column;
    const to = (top + row) * width + left + column;
    const opacity = ((bytes[from * 4 + 3] as number) * share) >> 8;
    if (opacity === 255) under.words[to] = cross.words[from] as number;
    else blend(under.image.data, to * 4, bytes, from * 4, opacity);
  }
}

/** Lays a pixel over another; neither has been multiplied with its opacity. @param opacity 0 to 255 */
function blend(
  under: Uint8ClampedArray,
  to: number,
  over: Uint8ClampedArray,
  from: number,
  opacity: number,
): void {
  const below = under[to + 3] as number;
  const all = opacity + divided255(below * (255 - opacity));
  // Nearly always there is nothing below, or something opaque.
  const share = below === 0 ? 255 : below === 255 ? opacity : Math.round((opacity * 255) / all);
  const rest = 255 - share;
  for (let part = 0; part < 3; part++) {
    under[to + part] = divided255(
      (over[from + part] as number) * share + (under[to + part] as number) * rest,
    );
  }
  under[to + 3] = all;
}

/** A product of two bytes as a byte. */
const divided255 = (product: number): number => ((product + 128) * 257) >> 16;

/** One ✕, stroked anew only for another theme or screen; null: there is no canvas to be had. */
function crossOf(ratio: number, colors: Colors): Cross | null {
  if (kept?.ratio === ratio && kept.colors === colors) return kept.cross;
  const canvas = document.createElement('canvas');
  const side = Math.ceil(2 * HALF * ratio);
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.scale(ratio, ratio);
  paintCross(context, { x: HALF, y: HALF }, SIZE, colors);
  const image = context.getImageData(0, 0, side, side);
  const filled: number[] = [];
  for (let at = 0; at < side * side; at++) {
    if ((image.data[at * 4 + 3] as number) > 0) filled.push(Math.floor(at / side), at % side);
  }
  const cross = { image, words: new Uint32Array(image.data.buffer), filled: Uint8Array.from(filled) };
  kept = { ratio, colors, cross };
  return cross;
}
