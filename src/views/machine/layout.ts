import type { MachineChart } from '../../trace/header.ts';
import { graphOf, isWithin, type StateEdge, type StateNode } from './graph.ts';
import { type Layers, layer } from './layers.ts';
import type { Item } from './order.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedState {
  node: StateNode;
  box: Box;
}

export interface PlacedEdge {
  edge: StateEdge;
  /** An SVG path from state to state. */
  path: string;
  /** Where its words stand. */
  label: Box;
}

export interface ChartLayout {
  width: number;
  height: number;
  states: PlacedState[];
  edges: PlacedEdge[];
}

const PAD = 14;
const MARGIN = 10;

interface Size {
  width: number;
  height: number;
}

/**
 * Lays a chart out, downwards or to the right, whichever fits better into the room there is; compound states are
 * boxes around their own, which run the other way. Deterministic, and kept for each chart and room.
 */
export function layoutChart(chart: MachineChart, room: Size): ChartLayout {
  const [right, down] = layoutsOf(chart);
  const over = ({ width, height }: Size) =>
    Math.max(0, width - room.width) + Math.max(0, height - room.height);
  return over(right) <= over(down) ? right : down;
}

const known = new WeakMap<MachineChart, [right: ChartLayout, down: ChartLayout]>();

function layoutsOf(chart: MachineChart): [ChartLayout, ChartLayout] {
  let layouts = known.get(chart);
  if (layouts === undefined) {
    const graph = graphOf(chart);
    const both = [true, false].map((right) => {
      const level = place(graph, '', right);
      shift(level, MARGIN, MARGIN);
      return { ...level, width: level.width + MARGIN * 2, height: level.height + MARGIN * 2 };
    });
    known.set(chart, (layouts = both as [ChartLayout, ChartLayout]));
  }
  return layouts;
}

/** Lays out the states right within `parent`, with all that lies in them. */
function place(
  graph: { nodes: StateNode[]; edges: StateEdge[] },
  parent: string,
  right: boolean,
): ChartLayout {
  const nodes = graph.nodes.filter((node) => node.parent === parent);
  const inner = nodes.map((node) => (node.kind === 'compound' ? place(graph, node.path, !right) : null));
  const sizes: Size[] = nodes.map((node, index) => {
    const within = inner[index];
    if (!within) return node;
    return {
      width: Math.max(node.width, within.width + PAD * 2),
      height: node.height + within.height + PAD - (node.stays.length > 0 ? 0 : 4),
    };
  });
  const indexOf = (path: string) => nodes.findIndex((node) => isWithin(path, node.path));
  // An edge belongs to the level at which its ends lie in different states.
  const edges = graph.edges.filter(({ from, to }) => {
    const [a, b] = [indexOf(from), indexOf(to)];
    return a >= 0 && b >= 0 && a !== b;
  });
  const layers = layer({
    nodes: sizes.map(({ width, height }) => turned(width, height, right)),
    edges: edges.map((edge) => ({
      from: indexOf(edge.from),
      to: indexOf(edge.to),
      ...turned(edge.width, edge.height, right),
    })),
  });
  const states: PlacedState[] = [];
  const placed: PlacedEdge[] = [];
  nodes.forEach((node, index) => {
    const item = layers.items[index] as Item;
    const box = boxOf(item, right);
    states.push({ node, box });
    const within = inner[index];
    if (!within) return;
    shift(
      within,
      box.x + (box.width - within.width) / 2,
      box.y + node.height - (node.stays.length > 0 ? 0 : 4),
    );
    states.push(...within.states);
    placed.push(...within.edges);
  });
  const { along, across } = layers;
  return {
    width: right ? along : across,
    height: right ? across : along,
    states,
    edges: [...placed, ...routes(edges, layers, nodes, states, right)],
  };
}

const turned = (width: number, height: number, right: boolean) =>
  right ? { along: width, across: height } : { along: height, across: width };

const boxOf = ({ u, v, along, across }: Item, right: boolean): Box =>
  right
    ? { x: u, y: v - across / 2, width: along, height: across }
    : { x: v - across / 2, y: u, width: across, height: along };

function shift(layout: ChartLayout, x: number, y: number): void {
  for (const { box } of layout.states) move(box, x, y);
  for (const edge of layout.edges) {
    move(edge.label, x, y);
    edge.path = moved(edge.path, x, y);
  }
}

function move(box: Box, x: number, y: number): void {
  box.x += x;
  box.y += y;
}

/** Moves a path of absolute coordinates. */
const moved = (path: string, x: number, y: number): string =>
  path.replace(
    /(-?[\d.]+) (-?[\d.]+)/g,
    (_, a: string, b: string) => `${(Number(a) + x).toFixed(1)} ${(Number(b) + y).toFixed(1)}`,
  );

/** Draws the edges of one level: along the layers' direction out of a state, bending between the layers. */
function routes(
  edges: StateEdge[],
  layers: Layers,
  nodes: StateNode[],
  states: PlacedState[],
  right: boolean,
): PlacedEdge[] {
  const ports = portsOf(layers);
  return edges.map((edge, index) => {
    const chain = layers.chains[index] as Item[];
    const back = layers.backwards[index] as boolean;
    const label = chain.find((item) => item.label) as Item;
    const first = chain[0] as Item;
    const last = chain.at(-1) as Item;
    // Ends within a compound state begin at the state itself and go through the compound's frame.
    const start = faceOf(states, edge.from, right);
    const end = faceOf(states, edge.to, right);
    const inside = (path: string, item: Item) => nodes[item.node]?.path !== path;
    const startV = inside(edge.from, first) ? start.v : (ports.get(`${index} from`) ?? first.v);
    const endV = inside(edge.to, last) ? end.v : (ports.get(`${index} to`) ?? last.v);
    const points: [u: number, v: number][] = [[back ? start.low : start.high, startV]];
    if (inside(edge.from, first)) points.push([back ? first.u : first.u + first.along, startV]);
    for (const { u, along, v } of chain.slice(1, -1)) {
      points.push([back ? u + along : u, v], [back ? u : u + along, v]);
    }
    if (inside(edge.to, last)) points.push([back ? last.u + last.along : last.u, endV]);
    points.push([back ? end.high : end.low, endV]);
    return { edge, path: curve(points, right), label: boxOf(label, right) };
  });
}

/** The faces of a state along the direction, and its middle across. */
function faceOf(
  states: PlacedState[],
  path: string,
  right: boolean,
): { low: number; high: number; v: number } {
  const box = (states.find(({ node }) => node.path === path) as PlacedState).box;
  return right
    ? { low: box.x, high: box.x + box.width, v: box.y + box.height / 2 }
    : { low: box.y, high: box.y + box.height, v: box.x + box.width / 2 };
}

/** Where edges leave and reach a node's face: beside each other, in the order in which they come. */
function portsOf({ chains, backwards }: Layers): Map<string, number> {
  const faces = new Map<string, { key: string; towards: number; item: Item }[]>();
  chains.forEach((chain, edge) => {
    const back = backwards[edge] as boolean;
    for (const end of ['from', 'to'] as const) {
      const item = (end === 'from' ? chain[0] : chain.at(-1)) as Item;
      const next = (end === 'from' ? chain[1] : chain.at(-2)) as Item;
      const high = (end === 'from') !== back;
      const face = `${item.node} ${high}`;
      const list = faces.get(face) ?? [];
      list.push({ key: `${edge} ${end}`, towards: next.v, item });
      faces.set(face, list);
    }
  });
  const ports = new Map<string, number>();
  for (const list of faces.values()) {
    list.sort((a, b) => a.towards - b.towards);
    list.forEach(({ key, item }, index) => {
      const step = Math.min(16, (item.across - 12) / list.length);
      ports.set(key, item.v + (index - (list.length - 1) / 2) * step);
    });
  }
  return ports;
}

/** A smooth line through points; it runs along the layers' direction in every one of them. */
function curve(points: readonly [u: number, v: number][], right: boolean): string {
  const at = (u: number, v: number) =>
    right ? `${u.toFixed(1)} ${v.toFixed(1)}` : `${v.toFixed(1)} ${u.toFixed(1)}`;
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let [u, v] = first;
  let path = `M${at(u, v)}`;
  for (const [nextU, nextV] of rest) {
    const middle = (u + nextU) / 2;
    path +=
      Math.abs(nextV - v) < 0.5
        ? `L${at(nextU, nextV)}`
        : `C${at(middle, v)} ${at(middle, nextV)} ${at(nextU, nextV)}`;
    [u, v] = [nextU, nextV];
  }
  return path;
}
