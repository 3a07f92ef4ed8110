import type { Trace } from '../../trace/trace.ts';
import { groupName } from '../reading/words.ts';
import { type Divergence, firstDivergence } from './divergence.ts';
import { type Outcome, Outcomes } from './outcomes.ts';
import { type Pair, type Pairs, pairUp, timeOf } from './updates.ts';

/** One update on its way to one client, in both runs. */
export interface Row {
  pair: Pair;
  /** Its place in {@link Comparison.clients}. */
  client: number;
  a: Outcome;
  b: Outcome;
  /** How much later in B, µs; null: it did not arrive in both. */
  byUs: number | null;
}

export interface ComparedClient {
  name: string;
  title: string;
  transport: string;
  /** Its number in each run; -1: it is not there. */
  a: number;
  b: number;
}

export interface Comparison {
  divergence: Divergence | null;
  pairs: Pairs;
  clients: ComparedClient[];
  /** What differs, the most first: lost in one of them, then by the difference of latency. At most {@link MOST_ROWS}. */
  rows: Row[];
  /** How many differ, and how many took the same to the microsecond in both. */
  differing: number;
  same: number;
  /** Clients with any difference, by their place in {@link clients}. */
  touched: ReadonlySet<number>;
  /** Updates at the end of long runs that were not compared. */
  leftOut: number;
}

/** As many differences are listed. */
export const MOST_ROWS = 2000;
/** As many updates times clients are looked at: what a page can do without a pause that is felt. */
const MOST_LOOKS = 600_000;

/** Compares two finished runs. */
export function compareRuns(a: Trace, b: Trace): Comparison {
  const pairs = pairUp(a, b);
  const clients = clientsOf(a, b);
  const most = Math.floor(MOST_LOOKS / Math.max(1, clients.length));
  const [outA, outB] = [new Outcomes(a, most), new Outcomes(b, most)];
  const touched = new Set<number>();
  let rows: Row[] = [];
  let differing = 0;
  let same = 0;
  for (const pair of pairs.pairs.slice(0, most)) {
    clients.forEach((client, index) => {
      const row = rowOf(pair, index, outA.of(pair.a, client.a), outB.of(pair.b, client.b));
      if (row === null) return;
      if (row === 'same') same++;
      else {
        differing++;
        touched.add(index);
        rows.push(row);
      }
    });
    if (rows.length > 4 * MOST_ROWS) rows = theMost(rows);
  }
  return {
    divergence: firstDivergence(a, b),
    pairs,
    clients,
    rows: theMost(rows),
    differing,
    same,
    touched,
    leftOut: Math.max(0, pairs.pairs.length - most),
  };
}

/** Null: it concerns the client in neither run. */
function rowOf(pair: Pair, client: number, a: Outcome, b: Outcome): Row | 'same' | null {
  if (a.kind === 'none' && b.kind === 'none') return null;
  if (a.kind !== b.kind || a.kind !== 'delivered' || b.kind !== 'delivered') {
    return a.kind === b.kind ? 'same' : { pair, client, a, b, byUs: null };
  }
  if (a.latencyUs === b.latencyUs && a.duplicates === b.duplicates && a.outOfOrder === b.outOfOrder)
    return 'same';
  return { pair, client, a, b, byUs: b.latencyUs - a.latencyUs };
}

/** Lost in one comes before late in one; then what differs most; then what was published first. */
const theMost = (rows: Row[]): Row[] =>
  rows
    .sort((one, other) => weight(other) - weight(one) || timeOf(one.pair) - timeOf(other.pair))
    .slice(0, MOST_ROWS);

function weight({ a, b, byUs }: Row): number {
  if (byUs !== null) return Math.abs(byUs);
  const gone = (outcome: Outcome) => outcome.kind === 'lost' || outcome.kind === 'refused';
  if (gone(a) !== gone(b)) return a.kind === 'none' || b.kind === 'none' ? -1 : Number.MAX_SAFE_INTEGER;
  return -2;
}

/** The clients of both runs: the same are those of one name or, where no name is in both, those of one place. */
export function clientsOf(a: Trace, b: Trace): ComparedClient[] {
  const [ofA, ofB] = [a.header?.clients ?? [], b.header?.clients ?? []];
  if (!ofA.some(({ name }) => ofB.some((other) => other.name === name))) return byPlace(ofA, ofB);
  const names = [...new Set([...ofA, ...ofB].map(({ name }) => name))];
  const [inA, inB] = [ofA, ofB].map((list) => new Map(list.map(({ name }, index) => [name, index])));
  return names.map((name) => {
    const [numberA, numberB] = [inA?.get(name) ?? -1, inB?.get(name) ?? -1];
    const client = ofA[numberA] ?? ofB[numberB];
    const list = numberA < 0 ? ofB : ofA;
    const alone = list.filter(({ group }) => group === client?.group).length === 1;
    const title = client === undefined ? name : groupName(client);
    return {
      name,
      title: alone ? title : `${title} ${name.split('/')[1] ?? ''}`,
      transport: client?.transport ?? '',
      a: numberA,
      b: numberB,
    };
  });
}

type Clients = NonNullable<Trace['header']>['clients'];

function byPlace(ofA: Clients, ofB: Clients): ComparedClient[] {
  return Array.from({ length: Math.max(ofA.length, ofB.length) }, (_, place) => {
    const [one, other] = [ofA[place], ofB[place]];
    const titles = [one, other].flatMap((client) => (client === undefined ? [] : [groupName(client)]));
    return {
      name: one?.name ?? other?.name ?? '',
      title: [...new Set(titles)].join(' / '),
      transport: one?.transport ?? other?.transport ?? '',
      a: one === undefined ? -1 : place,
      b: other === undefined ? -1 : place,
    };
  });
}

const known = new WeakMap<Trace, WeakMap<Trace, Comparison>>();

/** The comparison of two finished runs; made once. */
export function comparisonOf(a: Trace, b: Trace): Comparison {
  let ofA = known.get(a);
  if (ofA === undefined) known.set(a, (ofA = new WeakMap()));
  let comparison = ofA.get(b);
  if (comparison === undefined) ofA.set(b, (comparison = compareRuns(a, b)));
  return comparison;
}
