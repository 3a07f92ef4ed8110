import type { TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';

/*
 * A pair of lifelines goes by the number of its link: a client's link has the client's own number, and links of hop 2
 * come behind all of them.
 */

/** The pair that a link belongs to; below 0: it has none (an intermediary's way to a server). */
export function pairOfLink(header: TraceHeader | null, link: number): number {
  const one = header?.links[link];
  return one?.kind === 'backplane' ? link : (one?.client ?? -1);
}

const RANK = { source: 0, node: 1, server: 2 } as const;

/** The places at the ends of a link of hop 2, as an update passes them; null: it is a client's. */
export function endsOf(header: TraceHeader, pair: number): { left: number; right: number } | null {
  const link = header.links[pair];
  if (link?.kind !== 'backplane') return null;
  const rank = (place: number) => RANK[header.places[place]?.kind ?? 'node'];
  return rank(link.from) <= rank(link.to)
    ? { left: link.from, right: link.to }
    : { left: link.to, right: link.from };
}

/** Whether what goes down a link goes from the left lifeline to the right one. */
export const isDownRight = (header: TraceHeader | null, link: number): boolean => {
  const one = header?.links[link];
  if (header === null || one?.kind !== 'backplane') return true;
  return endsOf(header, link)?.left === one.to;
};

/** "Editor → Redis". */
export function peersName(header: TraceHeader, pair: number): string {
  const ends = endsOf(header, pair);
  return ends === null ? '' : `${placeTitle(header, ends.left)} → ${placeTitle(header, ends.right)}`;
}

/** All links of hop 2, in the order in which an update passes them. */
export function peerPairs(header: TraceHeader): number[] {
  const order = (pair: number) => RANK[header.places[endsOf(header, pair)?.left ?? 0]?.kind ?? 'node'];
  return header.links
    .flatMap(({ kind }, link) => (kind === 'backplane' ? [link] : []))
    .sort((a, b) => order(a) - order(b) || a - b);
}
