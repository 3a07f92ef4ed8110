import type { TraceHeader } from '../../trace/trace.ts';
import { isLinked, placesOf } from '../reading/places.ts';
import type { Size } from '../use-size.ts';
import { castOf } from './cast.ts';
import { alike, type Fleet, standIn } from './fleet.ts';
import { clamp, clientsLabel, finish, label } from './layout-parts.ts';
import type { Box, ColumnLabel, StageLayout } from './stage-layout.ts';

const EDGE = 12;
const HOST_WIDTH = 84;
const WALL_WIDTH = 24;
/** Nodes of the backplane beside each other; as many again stand below where there are more. */
const NODES_ABREAST = 3;
const NODE_ROWS = 2;
const NODE_PITCH = 52;

/**
 * For a phone: the source on top, the backplane's nodes beside it, the servers below, and from them a straight lane to
 * each compact row.
 */
export function layoutUpright(
  header: TraceHeader,
  { width, height }: Size,
  only: readonly number[] | null,
): StageLayout {
  const linked = isLinked(header);
  const nodes = linked ? nodeCards(placesOf(header, 'node').length, width) : null;
  const below = (nodes?.boxes.length ?? 0) > NODES_ABREAST ? NODE_PITCH : 0;
  const top = linked ? 132 + below : 118;
  const area = { x: 0, y: top, width, height: Math.max(60, height - top - EDGE) };
  const cast = castOf(header, Math.floor((area.height + 8) / 54), only);
  const walls = [header.loadBalancer, header.proxy].filter((one) => one !== null).length;
  const cardWidth = walls > 0 || linked ? clamp(width * 0.43, 140, 180) : clamp(width * 0.46, 150, 190);
  const clientsX = width - EDGE - cardWidth;
  const pitch = Math.min(area.height / cast.length, 104);
  const rowHeight = Math.min(52, pitch - 6);
  const boxes = cast.map((_, i) => ({
    x: clientsX,
    y: top + i * pitch + (pitch - rowHeight) / 2,
    width: cardWidth,
    height: rowHeight,
  }));
  const bottom = (boxes.at(-1)?.y ?? top) + rowHeight;
  const first = boxes[0]?.y ?? top;
  const n = header.servers.length;
  const servers = serverCards(n, {
    x: EDGE,
    y: first,
    width: HOST_WIDTH,
    height: Math.max(bottom - first, n > 3 ? area.height : 0),
  });
  const gap = clientsX - EDGE - HOST_WIDTH;
  const wall = (share: number): Box => ({
    x: EDGE + HOST_WIDTH + gap * share - WALL_WIDTH / 2,
    y: first,
    width: WALL_WIDTH,
    height: bottom - first,
  });
  const balancer = header.loadBalancer && wall(walls === 1 ? 0.45 : 0.2);
  const proxy = header.proxy && wall(walls === 1 ? 0.45 : 0.5);
  const last = proxy ?? balancer;
  const lanes = ((last === null ? EDGE + HOST_WIDTH : last.x + WALL_WIDTH) + clientsX) / 2;
  const source = { x: EDGE, y: linked ? 30 : EDGE, width: HOST_WIDTH, height: linked ? 50 : 48 };
  return finish(header, cast, boxes, {
    upright: true,
    dense: false,
    roomy: false,
    source,
    sources: [],
    servers,
    nodes,
    balancer,
    proxy,
    labels: [
      ...topLabels(header, linked, nodes, top),
      { ...label('Hop 1', lanes), y: top - 2 },
      clientsLabel(header, cast, only, clientsX, cardWidth, top - 2),
    ],
  });
}

function topLabels(header: TraceHeader, linked: boolean, nodes: Fleet | null, top: number): ColumnLabel[] {
  const source = label('Source', EDGE + HOST_WIDTH + 12);
  if (!linked) return [{ ...source, y: 40, anchor: 'start' }];
  const servers = header.servers.length === 1 ? 'Server' : 'Servers';
  return [
    { ...source, x: EDGE + HOST_WIDTH / 2, y: 20 },
    ...(nodes?.boxes[0] === undefined
      ? []
      : [{ ...label('Hop 2', nodes.boxes[0].x, hopDetail(header, nodes)), y: 20, anchor: 'start' as const }]),
    { ...label(servers, EDGE + HOST_WIDTH / 2), y: top - 2 },
  ];
}

/** The backplane's name, and how many of its nodes are shown where that is not all. */
function hopDetail(header: TraceHeader, { boxes }: Fleet): string {
  const all = placesOf(header, 'node').length;
  return boxes.length === all
    ? header.backplane.title
    : `${header.backplane.title}, ${boxes.length} of ${all} nodes`;
}

/** One tall card a server, so that each lane can start level with its client; many as a grid. */
function serverCards(n: number, area: Box): Fleet {
  if (n > 3) return standIn(area, n, { height: 0, pitch: 0, most: 0 });
  const share = (area.height + 8) / n;
  const boxes = Array.from({ length: n }, (_, i) => ({ ...area, y: area.y + i * share, height: share - 8 }));
  return alike('card', boxes);
}

/** Side by side, in two rows where they are many, each with room for a word. */
function nodeCards(n: number, width: number): Fleet {
  const x = EDGE + HOST_WIDTH + 30;
  const shown = Math.min(n, NODES_ABREAST * NODE_ROWS);
  const abreast = shown <= NODES_ABREAST ? shown : Math.ceil(shown / NODE_ROWS);
  const share = (width - EDGE - x + 4) / Math.max(1, abreast);
  const boxes = Array.from({ length: shown }, (_, i) => ({
    x: x + (i % abreast) * share,
    y: 30 + Math.floor(i / abreast) * NODE_PITCH,
    width: share - 6,
    height: shown <= NODES_ABREAST ? 48 : NODE_PITCH - 8,
  }));
  return alike('card', boxes);
}
