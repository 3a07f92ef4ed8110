import type { Arrow } from './layout.ts';
import type { PlacedSpan } from './place-spans.ts';

/** A word at an arrow or a bracket. */
export interface Label {
  text: string;
  /** Its middle, or its left or right end if it stands upright beside something. */
  x: number;
  y: number;
  /** Radians; 0: level. */
  angle: number;
  align: 'left' | 'center' | 'right';
  tone: 'ink' | 'muted' | 'loss' | 'wait';
  strong: boolean;
  /** What it belongs to. */
  arrow: Arrow | null;
  span: PlacedSpan | null;
}

/** Width of a text in the canvas's font. */
export interface Measure {
  (text: string, strong: boolean): number;
  /** How much larger than usual the font is. */
  readonly scale: number;
}
