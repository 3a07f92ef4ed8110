import type { Trace } from '../../trace/trace.ts';
import { type ComparedClient, clientsOf } from '../compare/comparison.ts';
import { type Divergence, firstDivergence } from '../compare/divergence.ts';
import { type Outcome, Outcomes } from '../compare/outcomes.ts';
import { type Pair, pairUp } from '../compare/updates.ts';

/** One update on its way to one client, and what became of it in both runs. */
export interface Fate {
  pair: Pair;
  /** Its place in {@link Fates.clients}. */
  client: number;
  a: Outcome;
  b: Outcome;
  differs: boolean;
}

export interface Fates {
  /** In the order in which they were published. */
  all: Fate[];
  differing: Fate[];
  clients: ComparedClient[];
  /** Updates that sources published at the very same moment in both, of how many. */
  atOnce: number;
  updates: number;
  /** Updates at the end of long runs that are not listed. */
  leftOut: number;
  divergence: Divergence | null;
}

/** As many updates times clients are listed. */
const MOST_FATES = 100_000;

/** What became of every update on its way to every client, in two finished runs. */
function compare(a: Trace, b: Trace): Fates {
  const { pairs, atOnce } = pairUp(a, b);
  const clients = clientsOf(a, b);
  const most = Math.floor(MOST_FATES / Math.max(1, clients.length));
  const [outA, outB] = [new Outcomes(a, most), new Outcomes(b, most)];
  const all: Fate[] = [];
  for (const pair of pairs.slice(0, most)) {
    clients.forEach((client, index) => {
      const [one, other] = [outA.of(pair.a, client.a), outB.of(pair.b, client.b)];
      if (one.kind === 'none' && other.kind === 'none') return;
      all.push({ pair, client: index, a: one, b: other, differs: !same(one, other) });
    });
  }
  return {
    all,
    differing: all.filter(({ differs }) => differs),
    clients,
    atOnce,
    updates: pairs.length,
    leftOut: Math.max(0, pairs.length - most),
    divergence: firstDivergence(a, b),
  };
}

/** Latencies that are as long but for so much are the same: a share, and µs. */
const SAME_SHARE = 0.01;
const SAME_US = 100;

function same(a: Outcome, b: Outcome): boolean {
  if (a.kind !== 'delivered' || b.kind !== 'delivered') return a.kind === b.kind;
  const apart = Math.abs(a.latencyUs - b.latencyUs);
  const asLong = apart <= Math.max(SAME_US, SAME_SHARE * Math.min(a.latencyUs, b.latencyUs));
  return asLong && a.duplicates === b.duplicates && a.outOfOrder === b.outOfOrder;
}

/** How much later it came in B, µs; null: it did not come in both. */
export const laterUs = ({ a, b }: Fate): number | null =>
  a.kind === 'delivered' && b.kind === 'delivered' ? b.latencyUs - a.latencyUs : null;

const isGone = ({ kind }: Outcome) => kind === 'lost' || kind === 'refused';

/** The run in which it fared worse: whose story says more. */
export function worseOf(fate: Fate): 'a' | 'b' {
  if (isGone(fate.a) !== isGone(fate.b)) return isGone(fate.a) ? 'a' : 'b';
  if (fate.a.kind === 'none') return 'b';
  return (laterUs(fate) ?? -1) > 0 ? 'b' : 'a';
}

/**
 * The moment at which its fate in a run can be seen: it arrives there; or, where it never does, it arrives in the other.
 */
export function momentOf(fate: Fate, side: 'a' | 'b'): number {
  const other = side === 'a' ? 'b' : 'a';
  for (const one of [side, other] as const) {
    const outcome = fate[one];
    const update = fate.pair[one];
    if (outcome.kind === 'delivered' && update !== null) return update.atUs + outcome.latencyUs;
  }
  return fate.pair[side]?.atUs ?? fate.pair[other]?.atUs ?? 0;
}

const known = new WeakMap<Trace, WeakMap<Trace, Fates>>();

/** The fates in two finished runs; found once. */
export function fatesOf(a: Trace, b: Trace): Fates {
  let ofA = known.get(a);
  if (ofA === undefined) known.set(a, (ofA = new WeakMap()));
  let fates = ofA.get(b);
  if (fates === undefined) ofA.set(b, (fates = compare(a, b)));
  return fates;
}
