import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { arrowsOf } from './arrows.ts';
import { factsOf } from './facts.ts';
import { type Arrow, type Frame, placeArrow } from './layout.ts';

/** With more of them than this an earlier run would hide the one it stands beside: none is drawn. */
const MOST_GHOSTS = 500;

/** Lower ones lie within a stretch that is folded here. */
const LEAST_PX = 4;

/** Arrows of an earlier run where it went otherwise than this one, on this one's axis and lifelines. */
export function ghostArrows(ghost: Trace, header: TraceHeader, frame: Frame): Arrow[] {
  const { view, map, pairs } = frame;
  if (ghost.header === null || frame.density.length > 0) return [];
  const names = ghost.header.clients.map(({ name }) => name);
  // The same client may have another number there: a group more or less is a change as any other.
  const pairOf = new Map(
    pairs.map(({ client }, pair) => [names.indexOf(header.clients[client]?.name ?? ''), pair]),
  );
  pairOf.delete(-1);
  const index = arrowsOf(ghost, [...pairOf.keys()], view.depth);
  const toUs = Math.min(view.nowUs, map.us(view.height));
  const places = index.between(map.us(0), toUs);
  if (places.length > MOST_GHOSTS) return [];
  const here = new Set(frame.arrows.map(keyOf));
  return places.flatMap((place) => {
    const facts = factsOf(ghost, index.rows[place] as number);
    const pair = pairOf.get(facts.client);
    if (pair === undefined) return [];
    const arrow = placeArrow(facts, pair, pairs, map, view.nowUs);
    const inSight = arrow.y1 >= 0 && arrow.y0 <= view.height && arrow.y1 - arrow.y0 >= LEAST_PX;
    return !inSight || here.has(keyOf(arrow)) ? [] : [arrow];
  });
}

/** What is the same for arrows that lie on each other. */
const keyOf = ({ pair, facts }: Arrow): string =>
  `${pair} ${facts.face.down} ${facts.atUs} ${facts.endUs} ${facts.lost}`;
