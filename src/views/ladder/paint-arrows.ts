import type { Ink } from './ink.ts';
import { type Arrow, BIN_PX, type Frame } from './layout.ts';

type Context = CanvasRenderingContext2D;

/** How many arrows begin at each height, as a wash between the lifelines. */
export function paintDensity(context: Context, { density, pairs }: Frame, ink: Ink): void {
  density.forEach((bins, pair) => {
    const { serverX, clientX, transport } = pairs[pair] as Frame['pairs'][number];
    const most = bins.reduce((max, n) => Math.max(max, n), 1);
    context.fillStyle = ink.transport(transport);
    bins.forEach((n, bin) => {
      if (n === 0) return;
      context.globalAlpha = 0.06 + (0.3 * n) / most;
      context.fillRect(serverX, bin * BIN_PX, clientX - serverX, BIN_PX);
    });
  });
  context.globalAlpha = 1;
}

/**
 * Arrows of one pair that look alike, with what became of them at their ends. Drawn in one go: a path of many lines
 * takes a quarter of the time of as many paths.
 */
export function paintArrows(
  context: Context,
  arrows: readonly Arrow[],
  ink: Ink,
  transport: string,
  bold: boolean,
): void {
  const [first] = arrows;
  if (first === undefined) return;
  const { kind, again } = first.facts.face;
  const control = kind === 'control';
  const color = control ? ink.control : ink.transport(transport);
  context.strokeStyle = color;
  context.lineWidth = (control ? 1.25 : 2) + (bold ? 1.25 : 0);
  context.setLineDash(again ? [6, 4] : []);
  context.beginPath();
  for (const { x0, y0, x1, y1 } of arrows) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
  context.setLineDash([]);
  const dotted = ({ fate }: Arrow) => !control && (fate === 'arrived' || bold);
  const there = arrows.filter(({ fate }) => fate !== 'lost');
  paintHeads(
    context,
    there.filter((arrow) => !dotted(arrow)),
  );
  paintDots(context, there.filter(dotted), color, kind === 'response', ink);
  for (const { x1, y1, fate } of arrows) if (fate === 'lost') paintCross(context, x1, y1, ink);
  context.strokeStyle = color;
  for (const { x1, y1, facts } of there) {
    if (!facts.face.duplicate) continue;
    context.beginPath();
    context.arc(x1, y1, 7, 0, 2 * Math.PI);
    context.lineWidth = 1.5;
    context.stroke();
  }
}

/** An arrow of an earlier run: dotted and faint, hollow where it arrived, a thin ✕ where it was lost. */
export function paintGhost(context: Context, arrow: Arrow, ink: Ink, transport: string): void {
  const { x0, y0, x1, y1, fate, facts } = arrow;
  context.globalAlpha = facts.face.kind === 'control' ? 0.3 : 0.55;
  context.strokeStyle = facts.face.kind === 'control' ? ink.control : ink.transport(transport);
  context.lineWidth = 1.25;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.setLineDash([]);
  if (fate === 'lost') {
    context.strokeStyle = ink.loss;
    context.beginPath();
    for (const way of [-1, 1]) {
      context.moveTo(x1 - 4, y1 - 4 * way);
      context.lineTo(x1 + 4, y1 + 4 * way);
    }
    context.stroke();
  } else if (fate === 'arrived') paintDots(context, [arrow], context.strokeStyle, true, ink);
  context.globalAlpha = 1;
}

/** Where data arrived: filled for an update or a request, hollow for an answer without one. */
function paintDots(
  context: Context,
  arrows: readonly Arrow[],
  color: string,
  hollow: boolean,
  ink: Ink,
): void {
  context.beginPath();
  for (const { x1, y1 } of arrows) {
    const radius = hollow ? 3.25 : 4;
    context.moveTo(x1 + radius, y1);
    context.arc(x1, y1, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = hollow ? ink.paper : color;
  context.fill();
  if (hollow) {
    context.lineWidth = 1.75;
    context.stroke();
  }
}

function paintHeads(context: Context, arrows: readonly Arrow[]): void {
  context.beginPath();
  for (const { x0, y0, x1, y1 } of arrows) {
    const angle = Math.atan2(y1 - y0, x1 - x0);
    for (const turn of [-0.42, 0.42]) {
      context.moveTo(x1 - 8 * Math.cos(angle + turn), y1 - 8 * Math.sin(angle + turn));
      context.lineTo(x1, y1);
    }
  }
  context.stroke();
}

function paintCross(context: Context, x: number, y: number, ink: Ink, half = 5): void {
  for (const [color, width] of [
    [ink.paper, half < 5 ? 4 : 7],
    [ink.loss, half < 5 ? 2 : 2.75],
  ] as const) {
    context.beginPath();
    for (const way of [-1, 1]) {
      context.moveTo(x - half, y - half * way);
      context.lineTo(x + half, y + half * way);
    }
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.stroke();
    context.lineCap = 'butt';
  }
}

/** Too many for heads and rings: one path for all arrows that look alike, and a dot where they end. */
export function paintCrowd(
  context: Context,
  frame: Frame,
  arrows: readonly Arrow[],
  ink: Ink,
  alpha: number,
): void {
  const looks = new Map<string, { color: string; width: number; dashed: boolean; arrows: Arrow[] }>();
  for (const arrow of arrows) {
    const { kind, again } = arrow.facts.face;
    const control = kind === 'control';
    const key = `${control ? '' : arrow.pair} ${again}`;
    const look = looks.get(key);
    if (look) look.arrows.push(arrow);
    else {
      const color = control ? ink.control : ink.transport(frame.pairs[arrow.pair]?.transport ?? '');
      looks.set(key, { color, width: control ? 0.75 : 1.25, dashed: again, arrows: [arrow] });
    }
  }
  context.globalAlpha = alpha * (frame.density.length > 0 ? 0.45 : 0.8);
  for (const { color, width, dashed, arrows: alike } of looks.values()) {
    context.strokeStyle = color;
    context.fillStyle = color;
    context.lineWidth = width;
    context.setLineDash(dashed ? [6, 4] : []);
    context.beginPath();
    for (const { x0, y0, x1, y1 } of alike) {
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
    }
    context.stroke();
    for (const { x1, y1, fate } of alike) if (fate === 'arrived') context.fillRect(x1 - 1.5, y1 - 1.5, 3, 3);
  }
  context.setLineDash([]);
  context.globalAlpha = alpha;
  const small = arrows.length > MANY ? 3 : 5;
  for (const { x1, y1, fate } of arrows) if (fate === 'lost') paintCross(context, x1, y1, ink, small);
  context.globalAlpha = 1;
}

/** With more arrows than this a ✕ is small. */
const MANY = 800;
