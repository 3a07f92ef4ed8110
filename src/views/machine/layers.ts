import { placeAcross } from './across.ts';
import { type Item, sorted } from './order.ts';

/** Nodes and edges to put into layers; sizes along the layers' direction and across it, px. */
export interface LayerInput {
  nodes: { along: number; across: number }[];
  /** Indexes of nodes, with the size of the label. */
  edges: { from: number; to: number; along: number; across: number }[];
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
