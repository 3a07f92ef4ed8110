import { peersOf } from '../../trace/story/peers.ts';
import type { Trace } from '../../trace/trace.ts';
import { openEnds } from './open-ends.ts';

/** Connections of hop 2 by the link that they run over. */
export interface PeerLinks {
  /** How many are open at the end that opened them, at a time. */
  openAt(link: number, nowUs: number): number;
  /** How many a place has open, at its own end of each, at a time: the other end may not know yet that one is over. */
  openOf(place: number, nowUs: number): number;
  /** The link between two places, in either order; -1: there is none. */
  between(a: number, b: number): number;
}

const known = new WeakMap<Trace, PeerLinks>();

/** The connections of hop 2 of a trace: one reading for all views. */
export function peerLinksOf(trace: Trace): PeerLinks {
  let found = known.get(trace);
  if (found === undefined) known.set(trace, (found = read(trace)));
  return found;
}

function read(trace: Trace): PeerLinks {
  const places = trace.header?.places.length ?? 0;
  const links = new Map<number, number>();
  const key = (a: number, b: number) => Math.min(a, b) * places + Math.max(a, b);
  trace.header?.links.forEach(({ kind, from, to }, link) => {
    if (kind === 'backplane') links.set(key(from, to), link);
  });
  const between = (a: number, b: number) => links.get(key(a, b)) ?? -1;
  const linkOf = (connection: number) => {
    const peers = peersOf(trace, connection);
    return peers === null ? -1 : between(...peers);
  };
  const own = ([0, 1] as const).map((down) =>
    openEnds(trace, down, (connection) => peersOf(trace, connection)?.[down] ?? -1),
  );
  return {
    openAt: openEnds(trace, 0, linkOf),
    openOf: (place, nowUs) => own.reduce((sum, openAt) => sum + openAt(place, nowUs), 0),
    between,
  };
}
