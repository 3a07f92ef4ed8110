import type { Ink } from './ink.ts';
import type { PlacedSpan } from './place-spans.ts';

type Context = CanvasRenderingContext2D;

/** What lasts at a lifeline: a bar for what is held, a bracket for what is waited for, a band for a state. */
export function paintSpan(context: Context, span: PlacedSpan, ink: Ink, bold: boolean): void {
  switch (span.kind) {
    case 'held':
      bar(context, span, ink.lossWash, ink.loss, bold);
      break;
    case 'connect':
    case 'dns':
      bar(context, span, ink.sunken, ink.control, true);
      break;
    case 'state':
      state(context, span, ink, bold);
      break;
    default:
      bracket(
        context,
        span,
        span.kind === 'resend' ? ink.loss : span.kind === 'timer' ? ink.slateSoft : ink.wait,
        bold,
      );
  }
}

function bar(
  context: Context,
  { x, y0, width, y1, open }: PlacedSpan,
  fill: string,
  edge: string,
  outlined: boolean,
): void {
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(x, y0, width, y1 - y0, 2);
  context.fill();
  context.fillStyle = edge;
  context.fillRect(x, y0, width, 1.5);
  if (!open) context.fillRect(x, y1 - 1.5, width, 1.5);
  if (!outlined) return;
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y0 + 0.5, width - 1, Math.max(1, y1 - y0 - 1));
}

/** A square bracket; without a lower end while it goes on. Sent again: dashed, as what it leads to. */
function bracket(
  context: Context,
  { x, y0, width, y1, at, open, kind }: PlacedSpan,
  color: string,
  bold: boolean,
): void {
  const near = at === 'client' ? x : x + width;
  const far = at === 'client' ? x + width - 1 : x + 1;
  context.strokeStyle = color;
  context.lineWidth = bold ? 2.5 : 1.5;
  context.setLineDash(kind === 'resend' ? [5, 3] : kind === 'timer' ? [1.5, 2.5] : []);
  context.beginPath();
  context.moveTo(far, y0 + 1);
  context.lineTo(far, y1 - 1);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  for (const y of open ? [y0 + 1] : [y0 + 1, y1 - 1]) {
    context.moveTo(near, y);
    context.lineTo(far, y);
  }
  context.stroke();
}

function state(context: Context, { x, y0, width, y1 }: PlacedSpan, ink: Ink, bold: boolean): void {
  context.fillStyle = ink.paper;
  context.strokeStyle = ink.slateSoft;
  context.lineWidth = bold ? 2 : 1;
  context.beginPath();
  context.roundRect(x + 0.5, y0 + 0.5, width - 1, Math.max(1, y1 - y0 - 1), 3);
  context.fill();
  context.stroke();
}

/** A cut link or a host that is down: hatched, so that it is seen without colour as well. */
export function paintFault(
  context: Context,
  { x, y0, width, y1, kind, at, title }: PlacedSpan,
  ink: Ink,
): void {
  if (kind !== 'fault') return;
  context.save();
  context.beginPath();
  context.rect(x, y0, width, y1 - y0);
  context.fillStyle = ink.lossWash;
  context.globalAlpha = at === 'link' ? 0.5 : 1;
  context.fill();
  context.clip();
  context.globalAlpha = at === 'link' ? 0.28 : 1;
  context.strokeStyle = ink.loss;
  context.lineWidth = 1;
  // The hatching stays where it is in time while the picture scrolls.
  const step = at === 'link' ? 12 : 5;
  const height = y1 - y0;
  if (at !== 'link' || / down|cut/.test(title)) {
    context.beginPath();
    for (let offset = -height; offset < width; offset += step) {
      context.moveTo(x + offset, y1);
      context.lineTo(x + offset + height, y0);
    }
    context.stroke();
  }
  context.restore();
  context.fillStyle = ink.loss;
  context.fillRect(x, y0, width, 1.5);
}
