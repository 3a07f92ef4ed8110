import type { TraceHeader } from '../../trace/trace.ts';
import { placesOf } from '../reading/places.ts';
import { count } from '../readout/units.ts';
import type { CastRow } from './cast.ts';
import { Curve } from './curve.ts';
import type { Fleet } from './fleet.ts';
import type { Box, ColumnLabel, PlacedHost, StageLayout } from './stage-layout.ts';
import { wayBetween } from './ways.ts';

/** What a kind of layout says of itself; the rest follows. */
export interface Given
  extends Pick<StageLayout, 'upright' | 'dense' | 'roomy' | 'source' | 'sources' | 'labels'> {
  servers: Fleet;
  /** null: there is no network between source and servers. */
  nodes: Fleet | null;
  balancer: Box | null;
  proxy: Box | null;
}

/** Adds the ways between the boxes, and who stands where. */
export function finish(header: TraceHeader, cast: CastRow[], boxes: Box[], given: Given): StageLayout {
  const { source, servers, balancer, upright } = given;
  // What only passes packets on has no end of any way.
  const proxy = header.proxy?.reads ? given.proxy : null;
  const first = balancer ?? proxy;
  const front = proxy ?? balancer;
  const rows = cast.map((row, i) => ({ row, box: boxes[i] as Box }));
  const rowOfClient = header.clients.map(() => -1);
  cast.forEach((row, i) => {
    for (const client of row.kind === 'client' ? [row.client] : row.clients) rowOfClient[client] = i;
  });
  const serverBox = (server: number) => servers.ends[Math.min(server, servers.ends.length - 1)] as Box;
  const nodes = placesOf(header, 'node').flatMap((place, i) => {
    const box = given.nodes?.boxes[Math.min(i, given.nodes.boxes.length - 1)];
    return box === undefined ? [] : [{ place, box }];
  });
  const hop1 = (server: number, row: number) => {
    const from = front ?? serverBox(server);
    const to = boxes[row] as Box;
    const y = to.y + to.height / 2;
    const spread = Math.min(8, (from.height - 16) / rows.length);
    const level =
      front !== null || upright
        ? clamp(y, from.y + Math.min(6, from.height / 2), from.y + Math.max(from.height - 6, from.height / 2))
        : from.y + from.height / 2 + (row - (rows.length - 1) / 2) * Math.max(0, spread);
    return new Curve({ x: from.x + from.width, y: level }, { x: to.x, y });
  };
  return {
    ...given,
    rows,
    rowOfClient,
    shown: cast.filter((row) => row.kind === 'client').length,
    servers: servers.boxes.map((box, server) => ({ server, box })),
    serverForm: servers.form,
    nodes,
    nodeForm: given.nodes?.form ?? 'card',
    hop2: given.nodes === null ? hop2Direct(given, source) : [],
    hop1: kept(4096, front === null ? hop1 : (_server, row) => hop1(0, row), front !== null),
    inner: (server) => innerWay(serverBox(server), first),
    across: first === front || first === null ? null : innerWay(first, front),
    between: kept(4096, wayBetween(placeBoxes(header, given, nodes), upright), false),
  };
}

/** Curves, each made once. @param same the first number makes no difference */
function kept<C extends Curve | null>(most: number, make: (a: number, b: number) => C, same: boolean) {
  const curves = new Map<number, C>();
  return (a: number, b: number): C => {
    const key = (same ? 0 : a) * most + b;
    let curve = curves.get(key);
    if (curve === undefined) curves.set(key, (curve = make(a, b)));
    return curve;
  };
}

/** The box of every place: servers and nodes that stand for others, too. */
function placeBoxes(header: TraceHeader, given: Given, nodes: readonly PlacedHost[]): (Box | undefined)[] {
  const first = placesOf(header, 'source')[0];
  return header.places.map((place, number) => {
    if (place.kind === 'server') return given.servers.ends[place.index];
    if (place.kind === 'node') return nodes.find((node) => node.place === number)?.box;
    if (number === first) return given.source;
    return given.sources.find((source) => source.place === number)?.box ?? given.sources.at(-1)?.box;
  });
}

function innerWay(from: Box, balancer: Box | null): Curve | null {
  if (balancer === null) return null;
  const y = from.y + from.height / 2;
  const level = clamp(y, balancer.y + 8, balancer.y + balancer.height - 8);
  return new Curve({ x: from.x + from.width, y }, { x: balancer.x, y: level });
}

function hop2Direct({ upright, servers }: Given, source: Box): Curve[] {
  const beside = { x: source.x + source.width, y: source.y + source.height / 2 };
  const below = { x: source.x + source.width / 2, y: source.y + source.height };
  return servers.boxes.map((box) =>
    upright
      ? new Curve(below, { x: below.x, y: box.y })
      : new Curve(beside, { x: box.x, y: box.y + box.height / 2 }),
  );
}

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export const label = (text: string, x: number, detail = ''): ColumnLabel => ({
  text,
  x,
  y: 26,
  detail,
  anchor: 'middle',
});

/** Says so where not every client has a row of its own. */
export function clientsLabel(
  header: TraceHeader,
  cast: CastRow[],
  only: readonly number[] | null,
  x: number,
  width: number,
  y: number,
): ColumnLabel {
  const shown = cast.filter((row) => row.kind === 'client').length;
  const all = header.clients.length;
  if (shown === all) return { text: 'Clients', x: x + width / 2, y, anchor: 'middle' };
  const fits = width < 230 ? '' : ', as many as fit';
  const here = shown === only?.length ? '' : `${count(shown)} of ${count(only?.length ?? 0)} `;
  const detail = only === null ? `${count(shown)} of ${count(all)}${fits}` : `${here}at this server`;
  return { text: 'Clients', detail, x: x + width, y, anchor: 'end' };
}
