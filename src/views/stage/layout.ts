import type { TraceHeader } from '../../trace/trace.ts';
import { count } from '../readout/units.ts';
import type { Size } from '../use-size.ts';
import { type CastRow, castOf } from './cast.ts';
import { Curve } from './curve.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ColumnLabel {
  text: string;
  /** A second part, after a dot, in the same muted ink. */
  detail?: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** Where everything stands. Boxes and curves are in CSS pixels from the top left of the stage. */
export interface StageLayout {
  /** Source on top and straight links to compact rows: for narrow screens. */
  upright: boolean;
  /** One line a card. */
  dense: boolean;
  /** Larger cards with larger type. */
  roomy: boolean;
  labels: ColumnLabel[];
  source: Box;
  /** The last one stands for all servers from its own on, where not all fit. */
  servers: { server: number; box: Box }[];
  /** From the source to each server card. */
  hop2: Curve[];
  rows: { row: CastRow; box: Box }[];
  /** Index into `rows` of each client. */
  rowOfClient: number[];
  /** Clients that have a row of their own. */
  shown: number;
  /** The way from a server to the row of a client. */
  hop1(server: number, row: number): Curve;
}

const MARGIN = 20;
/** Space for the labels of the columns. */
const TOP = 48;
const UPRIGHT_BELOW = 480;

/** Lays the stage out for a size. Pure: the same header and size give the same layout. */
export function layoutStage(header: TraceHeader, size: Size): StageLayout {
  return size.width < UPRIGHT_BELOW ? upright(header, size) : level(header, size);
}

/** Left to right, the columns in the order in which an update passes them. */
function level(header: TraceHeader, { width, height }: Size): StageLayout {
  const area = { x: 0, y: TOP, width, height: Math.max(60, height - TOP - MARGIN) };
  const cast = castOf(header, Math.floor((area.height + 8) / 40));
  const dense = area.height / cast.length < 60;
  const cardWidth = dense ? clamp(width * 0.34, 230, 330) : clamp(width * 0.25, 172, 264);
  const clientsX = width - MARGIN - cardWidth;
  const narrow = width < 700;
  const roomy = !narrow && area.height / cast.length >= 110;
  const source = { width: narrow ? 84 : 108, height: roomy ? 64 : 52 };
  const server = { width: narrow ? 84 : 108, height: roomy ? 64 : 52 };
  const serversX = MARGIN + source.width + clamp(width * 0.15, narrow ? 64 : 96, 190);
  const middle = area.y + area.height / 2;
  const sourceBox = { x: MARGIN, y: middle - source.height / 2, ...source };
  const serverBoxes = stack(
    serversToShow(header, area.height),
    area,
    serversX,
    server.width,
    server.height,
    150,
  );
  const boxes = stack(cast.length, area, clientsX, cardWidth, dense ? 32 : roomy ? 68 : 56, dense ? 44 : 150);
  const gap = serversX - MARGIN - source.width;
  return finish(header, cast, boxes, serverBoxes, {
    upright: false,
    dense,
    roomy,
    source: sourceBox,
    labels: [
      label('Source', MARGIN + source.width / 2),
      narrow
        ? label('Hop 2', MARGIN + source.width + gap / 2)
        : label('Hop 2', MARGIN + source.width + gap / 2, 'backplane'),
      label(header.servers.length === 1 ? 'Server' : 'Servers', serversX + server.width / 2),
      label('Hop 1', (serversX + server.width + clientsX) / 2, 'network'),
      clientsLabel(header, cast, clientsX, cardWidth, 26),
    ],
  });
}

/** For a phone: the source above the server, and from the server a straight lane to each compact row. */
function upright(header: TraceHeader, { width, height }: Size): StageLayout {
  const top = 108;
  const area = { x: 0, y: top, width, height: Math.max(60, height - top - 12) };
  const cast = castOf(header, Math.floor((area.height + 8) / 54));
  const cardWidth = clamp(width * 0.46, 150, 190);
  const clientsX = width - 12 - cardWidth;
  const serverWidth = 84;
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
  // One tall card a server, so that each lane can start level with its client.
  const shown = Math.min(header.servers.length, 2);
  const share = (bottom - first + 8) / shown;
  const servers = Array.from({ length: shown }, (_, i) => ({
    x: 12,
    y: first + i * share,
    width: serverWidth,
    height: share - 8,
  }));
  const lanes = (12 + serverWidth + clientsX) / 2;
  return finish(header, cast, boxes, servers, {
    upright: true,
    dense: false,
    roomy: false,
    source: { x: 12, y: 12, width: serverWidth, height: 48 },
    labels: [
      { ...label('Source', 12 + serverWidth + 12), y: 40, anchor: 'start' },
      { ...label('Hop 1', lanes), y: top - 2 },
      clientsLabel(header, cast, clientsX, cardWidth, top - 2),
    ],
  });
}

function finish(
  header: TraceHeader,
  cast: CastRow[],
  boxes: Box[],
  serverBoxes: Box[],
  given: Pick<StageLayout, 'upright' | 'dense' | 'roomy' | 'source' | 'labels'>,
): StageLayout {
  const { source } = given;
  const rows = cast.map((row, i) => ({ row, box: boxes[i] as Box }));
  const rowOfClient = header.clients.map(() => -1);
  cast.forEach((row, i) => {
    for (const client of row.kind === 'client' ? [row.client] : row.clients) rowOfClient[client] = i;
  });
  const curves = new Map<number, Curve>();
  const make = (server: number, row: number) => {
    const from = serverBoxes[Math.min(server, serverBoxes.length - 1)] as Box;
    const to = boxes[row] as Box;
    const y = to.y + to.height / 2;
    const spread = Math.min(8, (from.height - 16) / rows.length);
    const start = given.upright
      ? clamp(y, from.y + 6, from.y + from.height - 6)
      : from.y + from.height / 2 + (row - (rows.length - 1) / 2) * spread;
    return new Curve({ x: from.x + from.width, y: start }, { x: to.x, y });
  };
  return {
    ...given,
    rows,
    rowOfClient,
    shown: cast.filter((row) => row.kind === 'client').length,
    servers: serverBoxes.map((box, server) => ({ server, box })),
    hop2: serverBoxes.map((box) => {
      const beside = { x: source.x + source.width, y: source.y + source.height / 2 };
      const below = { x: source.x + source.width / 2, y: source.y + source.height };
      return given.upright
        ? new Curve(below, { x: below.x, y: box.y })
        : new Curve(beside, { x: box.x, y: box.y + box.height / 2 });
    }),
    hop1(server, row) {
      const key = Math.min(server, serverBoxes.length - 1) * 4096 + row;
      let curve = curves.get(key);
      if (curve === undefined) curves.set(key, (curve = make(server, row)));
      return curve;
    },
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

const label = (text: string, x: number, detail = ''): ColumnLabel => ({
  text,
  x,
  y: 26,
  detail,
  anchor: 'middle',
});

/** Says so where not every client has a row of its own. */
function clientsLabel(
  header: TraceHeader,
  cast: CastRow[],
  x: number,
  width: number,
  y: number,
): ColumnLabel {
  const shown = cast.filter((row) => row.kind === 'client').length;
  const all = header.clients.length;
  if (shown === all) return { text: 'Clients', x: x + width / 2, y, anchor: 'middle' };
  const detail = `${count(shown)} of ${count(all)}, as many as fit`;
  return { text: 'Clients', detail, x: x + width, y, anchor: 'end' };
}

const serversToShow = (header: TraceHeader, height: number) =>
  clamp(header.servers.length, 1, Math.max(1, Math.floor(height / 64)));

/** Boxes of one height, evenly spread and centred, no further apart than `pitch`. */
function stack(n: number, area: Box, x: number, width: number, height: number, pitch: number): Box[] {
  const step = Math.min(pitch, area.height / n);
  const first = area.y + (area.height - step * n) / 2 + (step - height) / 2;
  return Array.from({ length: n }, (_, i) => ({ x, y: first + i * step, width, height }));
}
