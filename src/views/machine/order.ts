/** A thing in a layer: a node, a label, or an edge that only passes through. */
export interface Item {
  node: number;
  edge: number;
  label: boolean;
  layer: number;
  along: number;
  across: number;
  /** Middle across, and after placing the near end along. */
  v: number;
  u: number;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Items by layer, in an order with few crossings. */
export function sorted(items: Item[], chains: Item[][]): Item[][] {
  let layers: Item[][] = [];
  for (const item of items) {
    while (layers.length <= item.layer) layers.push([]);
    layers[item.layer]?.push(item);
  }
  const links = linksOf(chains);
  let best = layers.map((row) => [...row]);
  let least = crossings(best, links);
  for (let round = 0; round < 16 && least > 0; round++) {
    const down = round % 2 === 0;
    const place = new Map<Item, number>();
    for (const row of layers) row.forEach((item, index) => place.set(item, index));
    const order = down ? layers.keys() : [...layers.keys()].reverse();
    for (const at of order) {
      const row = layers[at] as Item[];
      const weight = new Map(
        row.map((item, index) => [item, mean(links, item, down ? -1 : 1, place) ?? index]),
      );
      row.sort((a, b) => (weight.get(a) as number) - (weight.get(b) as number));
      row.forEach((item, index) => place.set(item, index));
    }
    swap(layers, links);
    const found = crossings(layers, links);
    if (found < least) {
      least = found;
      best = layers.map((row) => [...row]);
    }
  }
  layers = best;
  return layers;
}

export type Links = [Item, Item][];

export const linksOf = (chains: Item[][]): Links =>
  chains.flatMap((chain) =>
    chain.slice(1).map((item, index): [Item, Item] => {
      const before = chain[index] as Item;
      return before.layer < item.layer ? [before, item] : [item, before];
    }),
  );

/** Mean place of what an item is linked to in the layer before (-1) or after (1) it. */
export function mean(links: Links, item: Item, side: -1 | 1, place: Map<Item, number>): number | null {
  const places: number[] = [];
  for (const [low, high] of links) {
    const other = side < 0 ? (high === item ? low : null) : low === item ? high : null;
    if (other !== null) places.push(place.get(other) ?? 0);
  }
  return places.length === 0 ? null : sum(places) / places.length;
}

function crossings(layers: Item[][], links: Links): number {
  const place = new Map<Item, number>();
  for (const row of layers) row.forEach((item, index) => place.set(item, index));
  let count = 0;
  links.forEach(([a, b], i) => {
    for (const [c, d] of links.slice(i + 1)) {
      if (a.layer !== c.layer) continue;
      const before = (place.get(a) as number) - (place.get(c) as number);
      const after = (place.get(b) as number) - (place.get(d) as number);
      if (before * after < 0) count++;
    }
  });
  return count;
}

/** Exchanges neighbours as long as that takes crossings away. */
function swap(layers: Item[][], links: Links): void {
  let least = crossings(layers, links);
  for (const row of layers) {
    for (let i = 0; i + 1 < row.length; i++) {
      [row[i], row[i + 1]] = [row[i + 1] as Item, row[i] as Item];
      const found = crossings(layers, links);
      if (found < least) least = found;
      else [row[i], row[i + 1]] = [row[i + 1] as Item, row[i] as Item];
    }
  }
}
