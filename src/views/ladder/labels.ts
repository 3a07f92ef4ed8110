import type { Arrow, Frame } from './layout.ts';
import type { PlacedSpan } from './place-spans.ts';
import { Taken } from './taken.ts';

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

export interface Labelling {
  labels: Label[];
  /** Arrows and brackets that found no room for a word. */
  wordless: number;
}

/** Width of a text in the canvas's font. */
export type Measure = (text: string, strong: boolean) => number;

const LINE_PX = 15;
/** Steeper arrows have their word beside them, not along them. */
const STEEPEST = 0.62;
/** With more arrows than this only those that tell something have words. */
const ALL_WORDED = 240;
const BESIDE = [0.5, 0.36, 0.64, 0.22, 0.78];

/**
 * Finds a place for words where they cover neither each other nor a ✕: what was chosen first, then losses and what they
 * cause, then messages, requests, answers and control traffic. What finds none is counted.
 */
export function placeLabels(
  frame: Frame,
  measure: Measure,
  chosen: (thing: { arrow?: Arrow; span?: PlacedSpan }) => boolean,
): Labelling {
  const taken = new Taken();
  for (const { y0, y1 } of frame.map.folds) taken.block(0, (y0 + y1) / 2 - 8, frame.view.width, 16);
  for (const { fate, x1, y1 } of frame.arrows) if (fate === 'lost') taken.block(x1 - 6, y1 - 6, 12, 12);
  const labels: Label[] = [];
  let wordless = 0;
  for (const candidate of inOrder(frame, chosen)) {
    const found =
      'arrow' in candidate
        ? labelArrow(frame, candidate.arrow, candidate.chosen, measure, taken)
        : labelSpan(frame, candidate.span, candidate.chosen, measure, taken);
    if (found === null) wordless++;
    else labels.push(...found);
  }
  return { labels, wordless };
}

type Candidate = { chosen: boolean; rank: number } & ({ arrow: Arrow } | { span: PlacedSpan });

const SPAN_RANK: Record<PlacedSpan['kind'], number> = {
  fault: 1,
  held: 1,
  resend: 3,
  kept: 4,
  connect: 4,
  wait: 5,
  dns: 6,
  state: 9,
  timer: 8,
};
const ARROW_RANK = { message: 4, request: 6, response: 6, control: 7 } as const;

function inOrder(
  { arrows, spans, view }: Frame,
  chosen: (thing: { arrow?: Arrow; span?: PlacedSpan }) => boolean,
): Candidate[] {
  const few = arrows.length <= ALL_WORDED;
  const candidates: Candidate[] = [];
  for (const arrow of arrows) {
    const { lost, face } = arrow.facts;
    const rank = lost !== '' && arrow.fate === 'lost' ? 2 : face.again ? 2.5 : ARROW_RANK[face.kind];
    const wanted = chosen({ arrow });
    const inside = arrow.y1 > 0 && arrow.y0 < view.height;
    if (wanted || (inside && (few || rank < 4)))
      candidates.push({ arrow, rank: wanted ? 0 : rank, chosen: wanted });
  }
  for (const span of spans) {
    const wanted = chosen({ span });
    candidates.push({ span, rank: wanted ? 0 : SPAN_RANK[span.kind], chosen: wanted });
  }
  return candidates.sort((a, b) => a.rank - b.rank);
}

function labelArrow(
  frame: Frame,
  arrow: Arrow,
  chosen: boolean,
  measure: Measure,
  taken: Taken,
): Label[] | null {
  const { facts, x0, y0, x1, y1, fate } = arrow;
  const lost = fate === 'lost';
  const texts = textsOf(arrow, frame.view.depth, chosen);
  const slope = Math.atan2(y1 - y0, x1 - x0);
  const angle = slope > Math.PI / 2 ? slope - Math.PI : slope;
  const along = Math.abs(angle) <= STEEPEST;
  const length = Math.hypot(x1 - x0, y1 - y0) - (lost ? 14 : 10);
  const look = {
    tone: lost ? ('loss' as const) : facts.face.kind === 'control' ? ('muted' as const) : ('ink' as const),
    strong: lost,
    arrow,
    span: null,
  };
  for (const text of texts) {
    const width = measure(text, lost) + 4;
    if (along && width > length && !(lost && text === texts.at(-1))) continue;
    for (const share of BESIDE) {
      const reach = Math.max(0, length - width) / Math.max(1, length);
      // Slides along the arrow only as far as the word stays beside it.
      const t = 0.5 + (share - 0.5) * Math.min(1, reach * 1.4);
      const x = x0 + (x1 - x0) * t;
      const y = y0 + (y1 - y0) * t;
      if (y < 8 || y > frame.view.height - 8) continue;
      if (!along) {
        if (!taken.take(x + 6, y, width, 0, 'left')) continue;
        return [{ text, x: x + 6, y, angle: 0, align: 'left', ...look }];
      }
      for (const above of [true, false]) {
        const [ax, ay] = [Math.sin(angle) * 9, -Math.cos(angle) * 9];
        const [lx, ly] = above ? [x + ax, y + ay] : [x - ax, y - ay];
        if (taken.take(lx, ly, width, angle, 'center')) {
          return [{ text, x: lx, y: ly, angle, align: 'center', ...look }];
        }
      }
    }
  }
  return null;
}

function textsOf({ facts, fate }: Arrow, depth: number, chosen: boolean): string[] {
  const normal =
    fate === 'lost' || facts.lost === ''
      ? facts.labels
      : facts.labels.map((text) => text.split(' – ')[0] as string);
  const [full] = normal;
  if (depth < 4 || full === undefined) return chosen ? normal.slice(0, 2) : normal;
  const control = facts.face.kind === 'control' && facts.fields.startsWith(full);
  return [control ? facts.fields : `${full} · ${facts.fields}`, ...normal];
}

function labelSpan(
  frame: Frame,
  span: PlacedSpan,
  chosen: boolean,
  measure: Measure,
  taken: Taken,
): Label[] | null {
  const pair = frame.pairs[span.pair];
  if (pair === undefined) return null;
  const { height } = frame.view;
  const top = Math.max(span.y0, 0);
  const bottom = Math.min(span.y1, height);
  if (bottom <= 0 || top >= height) return [];
  const outside = span.at === 'client';
  const x = outside ? span.x + span.width + 5 : pair.serverX + 9;
  const room = outside
    ? pair.right - x - 4
    : span.at === 'link'
      ? span.width - 18
      : (pair.clientX - pair.serverX) * 0.72;
  const tone =
    span.kind === 'held' || span.kind === 'fault' ? 'loss' : span.kind === 'resend' ? 'loss' : 'ink';
  const titles = wrap(span.title, room, (text) => measure(text, true));
  const details =
    span.detail === '' || (!chosen && span.kind === 'timer')
      ? []
      : wrap(span.detail, room, (text) => measure(text, false));
  if (titles === null) return null;
  for (const lines of details === null ? [titles] : [[...titles, ...details], titles]) {
    const tall = lines.length * LINE_PX;
    const widest = Math.max(...lines.map((line, i) => measure(line, i < titles.length)));
    for (const y of heights(span, top, bottom, tall, height)) {
      if (!taken.room(x, y, widest + 2, tall)) continue;
      taken.block(x, y, widest + 2, tall);
      return lines.map((text, i) => ({
        text,
        x,
        y: y + (i + 0.5) * LINE_PX,
        angle: 0,
        align: 'left' as const,
        tone: i < titles.length ? (tone as Label['tone']) : ('muted' as const),
        strong: i < titles.length && span.kind !== 'state' && span.kind !== 'timer',
        arrow: null,
        span,
      }));
    }
  }
  return null;
}

/** Where the words of a bracket may begin: in its middle, or anywhere along what can be seen of it. */
function heights({ kind }: PlacedSpan, top: number, bottom: number, tall: number, height: number): number[] {
  const middle = (top + bottom - tall) / 2;
  const steps = [0, -1, 1, -2, 2, -3, 3].map((step) => middle + step * 8);
  const inside = steps.filter((y) => y >= top - 6 && y + tall <= bottom + 6);
  const all = kind === 'state' ? [top, top + 8] : inside.length > 0 ? inside : [middle];
  return all.map((y) => Math.min(height - tall - 2, Math.max(2, y)));
}

/** Breaks a text at its spaces into lines of at most this width; null if a single word is wider. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] | null {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (measure(word) > width) return null;
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
