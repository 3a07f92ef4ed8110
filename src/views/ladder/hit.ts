import type { Selection } from '../view.ts';
import type { ArrowFacts } from './facts.ts';
import type { Label } from './label.ts';
import type { Arrow, Frame } from './layout.ts';
import type { PlacedSpan } from './place-spans.ts';

export type Thing = Arrow | PlacedSpan;

export const isArrow = (thing: Thing): thing is Arrow => 'facts' in thing;

/** What stays the same about a thing from frame to frame. */
export const keyOf = (thing: Thing): string =>
  isArrow(thing) ? `a${thing.facts.seq}` : `${thing.kind} ${thing.at} ${thing.client} ${thing.fromUs}`;

/** What a click on a thing selects. */
export const selectionOf = (thing: Thing): Selection | null =>
  isArrow(thing) ? { kind: 'packet', seq: thing.facts.seq } : thing.selection;

/** The thing at a point: an arrow under it, else what lasts there, else a word's owner, else an arrow near it. */
export function thingAt(
  frame: Frame,
  labels: readonly Label[],
  width: (label: Label) => number,
  x: number,
  y: number,
  reach: number,
): Thing | null {
  const near = nearestArrow(frame.arrows, x, y, reach);
  if (near !== null && near.away <= reach / 2) return near.arrow;
  const spans = frame.spans.filter(({ kind }) => kind !== 'fault');
  const span = spans.find(
    (one) => x >= one.x - 4 && x <= one.x + one.width + 4 && y >= one.y0 - 2 && y <= one.y1 + 2,
  );
  if (span !== undefined) return span;
  const label = labels.find((one) => covers(one, width(one), x, y));
  if (label !== undefined) return label.arrow ?? label.span;
  if (near !== null) return near.arrow;
  return (
    frame.spans.find((one) => x >= one.x && x <= one.x + one.width && y >= one.y0 && y <= one.y1) ?? null
  );
}

function nearestArrow(arrows: readonly Arrow[], x: number, y: number, reach: number) {
  let best: { arrow: Arrow; away: number } | null = null;
  for (const arrow of arrows) {
    const away = distance(arrow, x, y);
    if (away <= (best?.away ?? reach)) best = { arrow, away };
  }
  return best;
}

/** How far a point is from an arrow's line. */
export function distance({ x0, y0, x1, y1 }: Arrow, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}

function covers({ x, y, angle, align }: Label, width: number, px: number, py: number): boolean {
  const along = (px - x) * Math.cos(angle) + (py - y) * Math.sin(angle);
  const across = -(px - x) * Math.sin(angle) + (py - y) * Math.cos(angle);
  const middle = align === 'left' ? width / 2 : 0;
  return Math.abs(along - middle) <= width / 2 && Math.abs(across) <= 8;
}

/** Whether a thing belongs to what is selected anywhere. @param packet the selected one, if it is one */
export function litBy(selection: Selection | null, packet: ArrowFacts | null): (thing: Thing) => boolean {
  if (selection === null) return () => false;
  return (thing) => (isArrow(thing) ? arrowLit(thing, selection, packet) : spanLit(thing, selection));
}

/** A packet is lit with the other sendings of its bytes: they are one story. */
function arrowLit({ facts }: Arrow, selection: Selection, packet: ArrowFacts | null): boolean {
  const { client, seq, face, peer } = facts;
  if (selection.kind === 'packet') return seq === selection.seq || facts.bytesKey === packet?.bytesKey;
  if (selection.kind === 'client') return client === selection.client;
  if (selection.kind !== 'message') return false;
  // What crosses hop 2 is on its way to everybody.
  if (!peer && selection.client !== null && selection.client !== client) return false;
  return selection.message >= face.firstMessage && selection.message < face.firstMessage + face.messages;
}

function spanLit(span: PlacedSpan, selection: Selection): boolean {
  const own = span.selection;
  if (selection.kind === 'client') return span.client === selection.client;
  if (own === null || own.kind !== selection.kind) return false;
  if (own.kind === 'packet' && selection.kind === 'packet') {
    return own.seq === selection.seq;
  }
  if (own.kind === 'message' && selection.kind === 'message') {
    return (
      own.message === selection.message && (selection.client === null || own.client === selection.client)
    );
  }
  if (own.kind === 'server' && selection.kind === 'server') return own.server === selection.server;
  return own.kind === 'fault' && selection.kind === 'fault' && own.fault === selection.fault;
}
