import type { Colors } from '../theme/colors.ts';
import type { PlacedPacket } from './in-flight.ts';
import { type Pixels, stampCross } from './pixel-cross.ts';

type Context = CanvasRenderingContext2D;

/** Sides of a packet's square, px. */
const MESSAGE = 6;
const OTHER = 4;

/** The pixels of canvases, kept from frame to frame. */
const kept = new WeakMap<HTMLCanvasElement, Pixels>();

/**
 * Too many for letters: a square each, written into the pixels themselves. Without a graphics card that is several times
 * faster than filling as many rectangles. Whatever was on the canvas is gone; losses lie on top.
 */
export function paintCrowd(context: Context, packets: readonly PlacedPacket[], colors: Colors): void {
  const pixels = pixelsOf(context);
  const { image, words } = pixels;
  const ratio = context.getTransform().a;
  words.fill(0);
  const colorOf = wordsOfColors(context);
  const control = colorOf(colors.control);
  // What carries something lies on top.
  for (const { lost, face, place } of packets) {
    if (lost === '' && face.kind === 'control') fillSquare(image.width, words, place, OTHER, ratio, control);
  }
  // Of losses in one place the newest is seen.
  const lost = new Map<number, PlacedPacket>();
  for (const packet of packets) {
    const { face, place } = packet;
    if (packet.lost !== '') lost.set(Math.round(place.x / 2) * 0x10000 + Math.round(place.y / 2), packet);
    else if (face.kind !== 'control') {
      const side = face.kind === 'message' ? MESSAGE : OTHER;
      fillSquare(image.width, words, place, side, ratio, colorOf(colors.transport(packet.transport)));
    }
  }
  for (const { place, fade } of lost.values()) stampCross(pixels, place, fade, ratio, colors);
  context.putImageData(image, 0, 0);
}

function pixelsOf(context: Context): Pixels {
  const { canvas } = context;
  const { width, height } = canvas;
  let pixels = kept.get(canvas);
  if (pixels?.image.width !== width || pixels.image.height !== height) {
    const image = context.createImageData(width, height);
    pixels = { image, words: new Uint32Array(image.data.buffer) };
    kept.set(canvas, pixels);
  }
  return pixels;
}

function fillSquare(
  width: number,
  words: Uint32Array,
  { x, y }: { x: number; y: number },
  side: number,
  ratio: number,
  word: number,
): void {
  const size = Math.round(side * ratio);
  const left = Math.max(0, Math.round(x * ratio - size / 2));
  const right = Math.min(width, Math.round(x * ratio - size / 2) + size);
  const top = Math.max(0, Math.round(y * ratio - size / 2));
  const bottom = Math.min(words.length / width, Math.round(y * ratio - size / 2) + size);
  if (right <= left) return;
  for (let row = top; row < bottom; row++) {
    const end = row * width + right;
    for (let at = row * width + left; at < end; at++) words[at] = word;
  }
}

/** Whether the first byte of a word is its lowest: pixels are bytes in the order red, green, blue, opacity. */
const LOWEST_FIRST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Turns opaque CSS colours into the words of pixels; the canvas itself reads them, names of the system included. */
function wordsOfColors(context: Context): (color: string) => number {
  const words = new Map<string, number>();
  return (color) => {
    let word = words.get(color);
    if (word === undefined) {
      context.fillStyle = color;
      const rgb = Number.parseInt(String(context.fillStyle).slice(1, 7), 16) || 0;
      const swapped = ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
      word = LOWEST_FIRST ? (0xff000000 | swapped) >>> 0 : ((rgb << 8) | 0xff) >>> 0;
      words.set(color, word);
    }
    return word;
  };
}
