import { type Item, linksOf, mean, sum } from './order.ts';

const GAP_ACROSS = 14;
/** How much more an edge resists being bent than a node being moved. */
const STRAIGHT = 3;
/** Times that all layers are gone through: loosely first, in the end so that edges are straight. */
const ROUNDS = 64;
const LOOSE = 16;
const FIRM = 2;
const PULL = 0.6;

/** Moves the items of each layer towards what they are linked to, without changing their order. */
export function placeAcross(layers: Item[][], chains: Item[][]): number {
  const links = linksOf(chains);
  const inner = chains.map((chain) => chain.slice(1, -1));
  const chainOf = new Map(inner.flatMap((chain) => chain.map((item): [Item, Item[]] => [item, chain])));
  for (const row of layers)
    settle(
      row,
      row.map((_, index) => index * 40),
    );
  for (let round = 0; round < ROUNDS; round++) {
    const place = new Map<Item, number>();
    for (const row of layers) for (const item of row) place.set(item, item.v);
    const endsOf = new Map(
      inner.map((chain, edge) => {
        const [first, last] = [chains[edge]?.[0] as Item, chains[edge]?.at(-1) as Item];
        return [chain, (first.v + last.v) / 2] as const;
      }),
    );
    const order = round % 2 === 0 ? [...layers] : [...layers].reverse();
    for (const row of order) {
      const wish = row.map((item) => {
        const chain = chainOf.get(item);
        // An edge through several layers is rather straight than near to its ends.
        if (chain && chain.length > 1 && round >= LOOSE)
          return straight(chain, endsOf.get(chain) ?? item.v, round < ROUNDS - FIRM ? PULL : 0);
        const before = mean(links, item, -1, place);
        const after = mean(links, item, 1, place);
        return before === null ? (after ?? item.v) : after === null ? before : (before + after) / 2;
      });
      settle(row, wish);
      for (const item of row) place.set(item, item.v);
    }
  }
  const all = layers.flat();
  const least = Math.min(...all.map((item) => item.v - item.across / 2));
  for (const item of all) item.v -= least;
  return Math.max(...all.map((item) => item.v + item.across / 2));
}

/**
 * Where a whole edge is straight: as far from between its ends as something in its way has pushed it.
 * @param pull share of the way back towards its ends that it tries all the same
 */
function straight(chain: readonly Item[], between: number, pull: number): number {
  const places = chain.map(({ v }) => v);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const pushed = between <= low ? high : between >= high ? low : sum(places) / places.length;
  return pushed + (between - pushed) * pull;
}

/**
 * Places in order, as near to the wishes as the room between them allows (least squares: what is too close is pooled,
 * as in isotonic regression).
 */
function settle(row: Item[], wishes: number[]): void {
  let offset = 0;
  const offsets = row.map((item, index) => {
    const before = row[index - 1];
    if (before) offset += (before.across + item.across) / 2 + GAP_ACROSS;
    return offset;
  });
  const pools: { sum: number; weight: number; count: number }[] = [];
  wishes.forEach((wish, index) => {
    const weight = (row[index] as Item).node < 0 ? STRAIGHT : 1;
    pools.push({ sum: (wish - (offsets[index] as number)) * weight, weight, count: 1 });
    for (;;) {
      const last = pools.at(-1);
      const before = pools.at(-2);
      if (!last || !before || before.sum / before.weight <= last.sum / last.weight) break;
      before.sum += last.sum;
      before.weight += last.weight;
      before.count += last.count;
      pools.pop();
    }
  });
  let at = 0;
  for (const { sum, weight, count } of pools)
    for (let i = 0; i < count; i++, at++) (row[at] as Item).v = sum / weight + (offsets[at] as number);
}
