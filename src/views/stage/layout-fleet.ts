import type { TraceHeader } from '../../trace/trace.ts';
import { placesOf } from '../reading/places.ts';
import type { Size } from '../use-size.ts';
import { castOf } from './cast.ts';
import { alike, type Fleet, ROW_PITCH, shareWidth, stack, standIn } from './fleet.ts';
import { MARGIN, TOP } from './layout-level.ts';
import { clamp, clientsLabel, finish, label } from './layout-parts.ts';
import type { Box, PlacedHost, StageLayout } from './stage-layout.ts';

/** Publishers that stand by themselves. */
const MOST_SOURCES = 3;

/** Left to right, the columns in the order in which an update passes them: with the backplane's nodes, a balancer, a proxy. */
export function layoutFleet(
  header: TraceHeader,
  { width, height }: Size,
  only: readonly number[] | null,
): StageLayout {
  const area = { x: 0, y: TOP, width, height: Math.max(60, height - TOP - MARGIN) };
  const cast = castOf(header, Math.floor((area.height + 8) / 40), only);
  const nodes = placesOf(header, 'node');
  const serverStep = area.height / header.servers.length;
  const tight = area.height / cast.length < 60;
  const columns = columnsOf(header, width, nodes.length > 0, serverStep < ROW_PITCH, tight);
  const { sourceX, nodeX, serverX, balancerX, proxyX, clientX } = columns;
  const wall = ({ at, width }: Column): Box | null =>
    width === 0 ? null : { x: at, y: area.y + 8, width, height: area.height - 16 };
  const dense = tight;
  const roomy = width >= 1000 && area.height / cast.length >= 110;
  const cardHeight = roomy ? 64 : 52;
  const servers = standIn({ ...area, x: serverX.at, width: serverX.width }, header.servers.length, {
    height: cardHeight,
    pitch: 150,
  });
  const boxes = stack(
    cast.length,
    { ...area, x: clientX.at, width: clientX.width },
    dense ? 32 : roomy ? 68 : 56,
    dense ? 44 : 150,
  );
  const [source, ...sources] = sourceCards(
    header,
    { ...area, x: sourceX.at, width: sourceX.width },
    cardHeight,
  );
  return finish(header, cast, boxes, {
    upright: false,
    dense,
    roomy,
    source: source?.box as Box,
    sources,
    servers,
    nodes:
      nodes.length === 0 && !hasPeers(header)
        ? null
        : nodeCards(header, nodes.length, { ...area, x: nodeX.at, width: nodeX.width }),
    balancer: wall(balancerX),
    proxy: wall(proxyX),
    labels: [
      label('Source', sourceX.at + sourceX.width / 2),
      nodes.length > 0
        ? label('Hop 2', nodeX.at + nodeX.width / 2, width < 760 ? '' : header.backplane.title)
        : label('Hop 2', (sourceX.at + sourceX.width + serverX.at) / 2),
      label(header.servers.length === 1 ? 'Server' : 'Servers', serverX.at + serverX.width / 2),
      ...(balancerX.width === 0 ? [] : [label('Balancer', balancerX.at + balancerX.width / 2)]),
      ...(proxyX.width === 0 ? [] : [label('Proxy', proxyX.at + proxyX.width / 2)]),
      label('Hop 1', (proxyX.end + clientX.at) / 2, width < (proxyX.width > 0 ? 980 : 820) ? '' : 'network'),
      clientsLabel(header, cast, only, clientX.at, clientX.width, 26),
    ],
  });
}

const isNode = (header: TraceHeader, place: number) => header.places[place]?.kind === 'node';

const hasPeers = (header: TraceHeader) => header.links.some(({ kind }) => kind === 'backplane');

interface Column {
  at: number;
  width: number;
  end: number;
}

/** Where the columns stand. What is over is given to the gaps, to that of hop 1 most of all. */
function columnsOf(header: TraceHeader, width: number, nodes: boolean, grid: boolean, tight: boolean) {
  const none = { low: 0, high: 0 };
  const balancer = header.loadBalancer !== null;
  const proxy = header.proxy !== null;
  // Ways from node to node bow out to the left of them.
  const bows = header.links.some(({ from, to }) => from >= 0 && isNode(header, from) && isNode(header, to));
  const spans = [
    { low: 12, high: MARGIN },
    { low: 72, high: 104 }, // source
    nodes ? { low: bows ? 56 : 30, high: bows ? 92 : 58 } : { low: 70, high: 150 },
    nodes ? { low: 84, high: 150 } : none,
    nodes ? { low: 32, high: 74 } : none,
    grid ? { low: 112, high: 190 } : { low: 76, high: 112 },
    balancer ? { low: 28, high: 60 } : none,
    balancer ? { low: 62, high: 84 } : none,
    proxy ? { low: 18, high: 60 } : none,
    proxy ? { low: 62, high: 84 } : none,
    { low: 68, high: 150 },
    { low: tight ? 186 : 150, high: tight ? 260 : 230 }, // clients
    { low: 12, high: MARGIN },
  ];
  const widths = shareWidth(spans, width);
  const over = width - widths.reduce((sum, one) => sum + one, 0);
  const gaps = [2, ...(nodes ? [4] : []), ...(balancer ? [6] : []), ...(proxy ? [8] : []), 10, 10];
  for (const gap of gaps) widths[gap] = (widths[gap] as number) + over / gaps.length;
  const ends: number[] = [];
  for (const one of widths) ends.push((ends.at(-1) ?? 0) + one);
  const column = (index: number): Column => ({
    at: (ends[index] as number) - (widths[index] as number),
    width: widths[index] as number,
    end: ends[index] as number,
  });
  return {
    sourceX: column(1),
    nodeX: column(3),
    serverX: column(5),
    balancerX: column(7),
    proxyX: column(9),
    clientX: column(11),
  };
}

/** The first publisher's card, and the others'; all of those that do not fit share the last one. */
function sourceCards(header: TraceHeader, area: Box, height: number): PlacedHost[] {
  const places = placesOf(header, 'source');
  const n = clamp(places.length, 1, MOST_SOURCES);
  return stack(n, area, height, height + 34).map((box, i) => ({ place: places[i] ?? -1, box }));
}

/** The only node has room for its inside; many stand as lines. */
function nodeCards(header: TraceHeader, n: number, area: Box): Fleet {
  if (n === 0) return alike('card', []);
  const step = area.height / n;
  const most = header.backplane.logs.length > 0 ? 104 : 66;
  const height = n === 1 ? Math.min(most * 1.4, area.height) : clamp(step - 14, 34, most);
  return standIn(area, n, { height, pitch: n === 1 ? area.height : 140, most: 5 });
}
