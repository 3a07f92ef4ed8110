import type { Ink } from './ink.ts';
import type { Label } from './label.ts';
import type { Arrow, Frame } from './layout.ts';
import { paintArrows, paintCrowd, paintDensity, paintGhost } from './paint-arrows.ts';
import { paintFault, paintSpan } from './paint-spans.ts';

type Context = CanvasRenderingContext2D;

/** How a frame is to be drawn: what stands out, and in which colours. */
export interface Style {
  ink: Ink;
  /** Heights of the hairlines. */
  ticks: readonly number[];
  labels: readonly Label[];
  /** Arrows of an earlier run that went otherwise. */
  ghosts: readonly Arrow[];
  /** Whether something is selected at all: all but what is lit is dimmed. */
  dimming: boolean;
  lit(thing: Parameters<typeof isArrow>[0]): boolean;
  hovered(thing: Parameters<typeof isArrow>[0]): boolean;
}

const DIM = 0.25;
/** Heads, rings and single strokes are affordable up to here. */
const FULL_DETAIL = 300;

/** Tells an arrow from a span. */
export const isArrow = (thing: Arrow | Frame['spans'][number]): thing is Arrow => 'facts' in thing;

/** Draws a frame: hairlines, folds, lifelines, what lasts, arrows, words, in this order. */
export function paintFrame(context: Context, frame: Frame, style: Style): void {
  const { ink } = style;
  const { width, height } = frame.view;
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  context.strokeStyle = ink.hairline;
  context.beginPath();
  const left = (frame.pairs[0]?.left ?? 0) - 6;
  for (const y of style.ticks) {
    context.moveTo(left, Math.round(y) + 0.5);
    context.lineTo(width, Math.round(y) + 0.5);
  }
  context.stroke();
  for (const span of frame.spans) if (span.kind === 'fault') paintFault(context, span, ink);
  paintLifelines(context, frame, ink);
  paintFolds(context, frame, ink);
  const alpha = (thing: Parameters<typeof isArrow>[0]) => (style.dimming && !style.lit(thing) ? DIM : 1);
  for (const span of frame.spans) {
    if (span.kind === 'fault') continue;
    context.globalAlpha = alpha(span);
    paintSpan(context, span, ink, style.hovered(span) || (style.dimming && style.lit(span)));
  }
  paintDensity(context, frame, ink);
  for (const ghost of style.ghosts) paintGhost(context, ghost, ink, frame.pairs[ghost.pair]?.transport ?? '');
  // Acknowledgements below what they acknowledge, what was lost above all.
  const order = [...frame.arrows].sort((a, b) => rank(a) - rank(b) || a.pair - b.pair);
  const stands = (arrow: Arrow) => style.hovered(arrow) || (style.dimming && style.lit(arrow));
  /** Neighbours in the order are drawn together if all of this is the same. */
  const lookOf = (arrow: Arrow) =>
    `${arrow.pair} ${arrow.facts.face.kind} ${arrow.facts.face.again} ${stands(arrow)} ${alpha(arrow)}`;
  const crowd = order.length > FULL_DETAIL;
  if (crowd) paintCrowd(context, frame, order, ink, style.dimming ? DIM : 1);
  const single = crowd ? order.filter(stands) : order;
  for (let from = 0; from < single.length; ) {
    const look = lookOf(single[from] as Arrow);
    let to = from + 1;
    while (to < single.length && lookOf(single[to] as Arrow) === look) to++;
    const alike = single.slice(from, to);
    const [first] = alike as [Arrow];
    context.globalAlpha = alpha(first);
    paintArrows(context, alike, ink, frame.pairs[first.pair]?.transport ?? '', stands(first));
    from = to;
  }
  context.globalAlpha = 1;
  for (const label of style.labels) {
    const thing = label.arrow ?? label.span;
    context.globalAlpha = thing === null ? 1 : style.dimming && !style.lit(thing) ? 0.45 : 1;
    paintLabel(context, label, ink);
  }
  context.globalAlpha = 1;
}

const RANK = { control: 0, request: 1, response: 1.1, message: 1.2 } as const;

const rank = ({ fate, facts }: Arrow): number =>
  fate === 'lost' ? 3 : facts.face.again && facts.face.kind !== 'control' ? 2 : RANK[facts.face.kind];

/** Lifelines end at now: nobody has lived beyond it. */
function paintLifelines(context: Context, { pairs, map, nowY, view }: Frame, ink: Ink): void {
  const top = Math.max(0, map.y(0));
  const bottom = Math.min(view.height, nowY);
  for (const { serverX, clientX } of pairs) {
    for (const x of [serverX, clientX]) {
      context.fillStyle = ink.outline;
      context.fillRect(x - 0.75, top, 1.5, Math.max(0, bottom - top));
      context.globalAlpha = 0.35;
      context.fillRect(x - 0.75, bottom, 1.5, Math.max(0, view.height - bottom));
      context.globalAlpha = 1;
    }
  }
}

/** A fold: a strip of paper with torn edges, over everything that runs through it. */
function paintFolds(context: Context, { map, view, pairs }: Frame, ink: Ink): void {
  const left = (pairs[0]?.left ?? 0) - 6;
  for (const { y0, y1 } of map.folds) {
    const [top, bottom] = [(y0 + y1) / 2 - 11, (y0 + y1) / 2 + 11];
    context.fillStyle = ink.sunken;
    context.beginPath();
    torn(context, left, view.width, top, 1);
    torn(context, view.width, left, bottom, -1);
    context.closePath();
    context.fill();
    for (const y of [top, bottom]) {
      context.beginPath();
      torn(context, left, view.width, y, 1);
      context.strokeStyle = ink.outline;
      context.lineWidth = 1;
      context.stroke();
    }
  }
}

function torn(context: Context, from: number, to: number, y: number, direction: 1 | -1): void {
  const step = 8 * direction;
  for (let x = from, up = true; direction * (to - x) > -8; x += step, up = !up)
    context.lineTo(x, y + (up ? -2 : 2));
}

function paintLabel(context: Context, { text, x, y, angle, align, tone, strong }: Label, ink: Ink): void {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.font = fontOf(ink, strong);
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = ink.paper;
  context.strokeText(text, 0, 0);
  context.fillStyle = { ink: ink.ink, muted: ink.inkMuted, loss: ink.lossText, wait: ink.wait }[tone];
  context.fillText(text, 0, 0);
  context.restore();
}

/** The face of words at arrows (500) and at what stands out (600). */
export const fontOf = (ink: Ink, strong: boolean): string =>
  `${strong ? 600 : 500} ${12 * ink.textScale}px ${ink.fontSans}`;
