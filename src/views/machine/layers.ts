/** Nodes and edges to put into layers; sizes along the layers' direction and across it, px. */
export interface LayerInput {
  nodes: { along: number; across: number }[];
  /** Indexes of nodes, with the size of the label. */
  edges: { from: number; to: number; along: number; across: number }[];
}

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

export interface Layers {
  items: Item[];
  /** Of each edge: the items that it goes through, from the node it leaves to the one it reaches. */
  chains: Item[][];
  /** Of each edge: whether it goes against the layers' direction. */
  backwards: boolean[];
  along: number;
  across: number;
}

const GAP_ALONG = 17;
const GAP_ACROSS = 14;
/** How much more an edge resists being bent than a node being moved. */
const STRAIGHT = 3;
/** Times that all layers are gone through; in the second half edges are made straight. */
const ROUNDS = 32;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Layers after Sugiyama: nodes in even layers by their longest way from the first, labels as items of their own in the
 * odd layers between, so that nothing covers anything. Deterministic; made for some dozen nodes.
 */
export function layer(input: LayerInput): Layers {
  const backwards = backEdges(input);
  const ranks = longestPaths(input, backwards);
  const items: Item[] = input.nodes.map(({ along, across }, node) => ({
    node,
    edge: -1,
    label: false,
    layer: (ranks[node] as number) * 2,
    along,
    across,
    v: 0,
    u: 0,
  }));
  const chains = input.edges.map(({ from, to, along, across }, edge) => {
    const back = backwards[edge] as boolean;
    const [low, high] = (back ? [to, from] : [from, to]).map((node) => (ranks[node] as number) * 2) as [
      number,
      number,
    ];
    const labelled = back ? high - 1 : low + 1;
    const chain = [items[back ? to : from] as Item];
    for (let at = low + 1; at < high; at++) {
      const label = at === labelled;
      const item = {
        node: -1,
        edge,
        label,
        layer: at,
        along: label ? along : 0,
        across: label ? across : 0,
        v: 0,
        u: 0,
      };
      items.push(item);
      chain.push(item);
    }
    chain.push(items[back ? from : to] as Item);
    return back ? chain.reverse() : chain;
  });
  const layers = sorted(items, chains);
  const across = placeAcross(layers, chains);
  return { items, chains, backwards, along: placeAlong(layers), across };
}

/** Edges that close a circle when the nodes are walked through from the first on. */
function backEdges({ nodes, edges }: LayerInput): boolean[] {
  const back = edges.map(() => false);
  const state = nodes.map(() => 0);
  const visit = (node: number) => {
    state[node] = 1;
    edges.forEach(({ from, to }, edge) => {
      if (from !== node) return;
      if (state[to] === 1) back[edge] = true;
      else if (state[to] === 0) visit(to);
    });
    state[node] = 2;
  };
  nodes.forEach((_, node) => {
    if (state[node] === 0) visit(node);
  });
  return back;
}

function longestPaths({ nodes, edges }: LayerInput, backwards: boolean[]): number[] {
  const ranks = nodes.map(() => 0);
  for (let changed = true; changed; ) {
    changed = false;
    edges.forEach(({ from, to }, edge) => {
      const [a, b] = backwards[edge] ? [to, from] : [from, to];
      if ((ranks[b] as number) > (ranks[a] as number)) return;
      ranks[b] = (ranks[a] as number) + 1;
      changed = true;
    });
  }
  return ranks;
}

/** Items by layer, in an order with few crossings. */
function sorted(items: Item[], chains: Item[][]): Item[][] {
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

type Links = [Item, Item][];

const linksOf = (chains: Item[][]): Links =>
  chains.flatMap((chain) =>
    chain.slice(1).map((item, index): [Item, Item] => {
      const before = chain[index] as Item;
      return before.layer < item.layer ? [before, item] : [item, before];
    }),
  );

/** Mean place of what an item is linked to in the layer before (-1) or after (1) it. */
function mean(links: Links, item: Item, side: -1 | 1, place: Map<Item, number>): number | null {
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

/** Moves the items of each layer towards what they are linked to, without changing their order. */
function placeAcross(layers: Item[][], chains: Item[][]): number {
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
        if (chain && chain.length > 1 && round >= ROUNDS / 2)
          return straight(chain, endsOf.get(chain) ?? item.v);
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

/** Where a whole edge would be straight: as far from between its ends as something in its way has pushed it. */
function straight(chain: readonly Item[], between: number): number {
  const places = chain.map(({ v }) => v);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return between <= low ? high : between >= high ? low : sum(places) / places.length;
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

/** Gives every layer its stretch along; items stand in the middle of it. */
function placeAlong(layers: Item[][]): number {
  let u = 0;
  layers.forEach((row, index) => {
    const room = Math.max(0, ...row.map(({ along }) => along));
    for (const item of row) {
      // What only passes through takes the whole stretch, so that it bends beside the nodes and not behind them.
      if (item.node < 0 && !item.label) item.along = room;
      item.u = u + (room - item.along) / 2;
    }
    u += room + (index + 1 < layers.length ? GAP_ALONG : 0);
  });
  return u;
}
