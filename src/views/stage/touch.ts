import type { Trace } from '../../trace/trace.ts';
import type { Curve, Point } from './curve.ts';
import { serverOfClient } from './server-of.ts';
import type { StageLayout } from './stage-layout.ts';

/** Something on the stage that a person put a finger on. */
export type Touched =
  | { kind: 'link'; client: number }
  | { kind: 'packet'; seq: number }
  | { kind: 'client'; client: number }
  | { kind: 'server'; server: number }
  /** A node of the backplane, or a source. */
  | { kind: 'place'; place: number }
  /** A link of hop 2, by its number. */
  | { kind: 'peer'; link: number }
  | { kind: 'balancer' }
  | { kind: 'proxy' };

/** What a client's link is like at a time. */
export interface StageLink {
  rttMs: number;
  /** Its delay and loss, in the link's middle: `100 ms · 2 %`. */
  text: string;
  /** Other than it is by itself, because of what somebody did. */
  changed: boolean;
  /** Which way nothing gets through. */
  cut: '' | 'up' | 'down' | 'both';
}

/** What can be done to what stands on the stage. Left out: it can be looked at. Words of effects come from outside. */
export interface StageTouch {
  linkAt(client: number, atUs: number): StageLink;
  /** Somebody wants to do something to this; a menu may stand beside `anchor`, in the window's pixels. */
  onOpen(what: Touched, anchor: DOMRect): void;
  /** A link's round trip is dragged to this, from `atUs` on. */
  onRtt(client: number, rttMs: number, atUs: number): void;
  rttEffect(client: number): string;
  /** A client's card was pulled away. */
  onPull(client: number): void;
  pullEffect(client: number): string;
  onType(text: string): void;
  /** The last character was taken back. */
  onUntype(): void;
  typeEffect: string;
}

/** The field of the source's card that somebody types into. */
export const TYPE_FIELD = 'stage-type';

/** The client whose link runs nearest to a point, or -1 beyond `reach` px. */
export function linkNear(
  trace: Trace,
  layout: StageLayout,
  nowUs: number,
  { x, y }: Point,
  reach: number,
): number {
  let best = -1;
  let nearest = reach;
  layout.rows.forEach(({ row }, index) => {
    if (row.kind !== 'client') return;
    const curve = layout.hop1(serverOfClient(trace, row.client, nowUs), index);
    const away = distance(curve, { x, y });
    if (away >= nearest) return;
    nearest = away;
    best = row.client;
  });
  return best;
}

/** The link of hop 2 that runs nearest to a point, or -1 beyond `reach` px. */
export function peerNear(trace: Trace, layout: StageLayout, at: Point, reach: number): number {
  let best = -1;
  let nearest = reach;
  trace.header?.links.forEach(({ kind, from, to }, link) => {
    const curve = kind === 'backplane' ? layout.between(from, to) : null;
    if (curve === null) return;
    const away = distance(curve, at);
    if (away >= nearest) return;
    nearest = away;
    best = link;
  });
  return best;
}

function distance(curve: Curve, { x, y }: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let share = 0; share <= 1; share += 1 / 48) {
    const place = curve.at(share);
    nearest = Math.min(nearest, Math.hypot(place.x - x, place.y - y));
  }
  return nearest;
}

/** How far the round trip goes for a pixel of drag, ms; a tenth of it with Shift. */
const MS_PER_PX = 2;
export const LONGEST_MS = 60_000;

/** A round trip after a drag over some pixels, in whole ms, and never below 0. */
export const draggedRtt = (rttMs: number, px: number, fine: boolean): number =>
  Math.min(LONGEST_MS, Math.max(0, rttMs + px * (fine ? MS_PER_PX / 10 : MS_PER_PX)));

/** What a key makes of a round trip; null: the key is for somebody else. */
export function keyedRtt(rttMs: number, key: string, fine: boolean): number | null {
  const step = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[
    key
  ];
  if (step === undefined) return key === 'Home' ? 0 : null;
  return Math.min(LONGEST_MS, Math.max(0, Math.round(rttMs + (fine ? step / 10 : step))));
}
