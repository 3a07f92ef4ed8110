import { useEffect, useState } from 'react';

/** What a canvas needs to know of the theme: the values of the variables in `tokens.css`. */
export interface Colors {
  /** How much larger than usual type is, as before an audience. */
  textScale: number;
  fontSans: string;
  fontMono: string;
  paper: string;
  paperStage: string;
  ink: string;
  inkMuted: string;
  outline: string;
  control: string;
  loss: string;
  lossText: string;
  onLoss: string;
  slate: string;
  bar: string;
  barAhead: string;
  transport(kind: string): string;
  /** Ink or paper, whichever reads better on a colour. */
  on(color: string): string;
}

const TRANSPORTS = new Set(['polling', 'long-polling', 'sse', 'websocket', 'webrtc']);

/** The CSS variable of a transport's colour. */
export const transportVariable = (kind: string): string =>
  `--${TRANSPORTS.has(kind) ? kind : 'other-transport'}`;

/** The same for use in a style. */
export const transportColor = (kind: string): string => `var(${transportVariable(kind)})`;

/** Relative luminance of `#rrggbb` (WCAG 2.2); anything else counts as dark. */
export function luminance(color: string): number {
  const hex = /^#([0-9a-f]{6})$/i.exec(color.trim())?.[1];
  if (hex === undefined) return 0;
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4);
}

/** White or near-black, whichever has the higher contrast to a colour. */
export const inkOn = (color: string): string => {
  const light = luminance(color);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.0585 ? '#ffffff' : '#16191d';
};

/** Reads the variables that are in force now. */
export function readColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const transports = new Map<string, string>();
  return {
    textScale: (Number.parseFloat(style.fontSize) || 16) / 16,
    fontSans: read('--font-sans'),
    fontMono: read('--font-mono'),
    paper: read('--paper'),
    paperStage: read('--paper-stage'),
    ink: read('--ink'),
    inkMuted: read('--ink-muted'),
    outline: read('--outline'),
    control: read('--control'),
    loss: read('--loss'),
    lossText: read('--loss-text'),
    onLoss: read('--on-loss'),
    slate: read('--slate'),
    bar: read('--bar'),
    barAhead: read('--bar-ahead'),
    transport(kind) {
      let color = transports.get(kind);
      if (color === undefined) transports.set(kind, (color = read(transportVariable(kind))));
      return color;
    },
    on: inkOn,
  };
}

/** The colours in force, read again when the choice of theme or the size of type changes. */
export function useColors(): Colors {
  const [colors, setColors] = useState(readColors);
  useEffect(() => {
    const read = () => setColors(readColors());
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
      matchMedia(query),
    );
    for (const query of queries) query.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-presenting'],
    });
    read();
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
      observer.disconnect();
    };
  }, []);
  return colors;
}
