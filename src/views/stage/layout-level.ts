import type { TraceHeader } from '../../trace/trace.ts';
import type { Size } from '../use-size.ts';
import { castOf } from './cast.ts';
import { stack, standIn } from './fleet.ts';
import { clamp, clientsLabel, finish, label } from './layout-parts.ts';
import type { StageLayout } from './stage-layout.ts';

export const MARGIN = 20;
/** Space for the labels of the columns. */
export const TOP = 48;

/** Left to right, with nothing between the source and the servers but a line. */
export function layoutLevel(
  header: TraceHeader,
  { width, height }: Size,
  only: readonly number[] | null,
): StageLayout {
  const area = { x: 0, y: TOP, width, height: Math.max(60, height - TOP - MARGIN) };
  const cast = castOf(header, Math.floor((area.height + 8) / 40), only);
  const dense = area.height / cast.length < 60;
  const cardWidth = dense ? clamp(width * 0.34, 230, 330) : clamp(width * 0.25, 172, 264);
  const clientsX = width - MARGIN - cardWidth;
  const narrow = width < 700;
  const roomy = !narrow && area.height / cast.length >= 110;
  const card = { width: narrow ? 84 : 108, height: roomy ? 64 : 52 };
  const serversX = MARGIN + card.width + clamp(width * 0.15, narrow ? 64 : 96, 190);
  const middle = area.y + area.height / 2;
  const column = { ...area, x: serversX, width: card.width };
  const servers = standIn(column, header.servers.length, { height: card.height, pitch: 150 });
  const boxes = stack(
    cast.length,
    { ...area, x: clientsX, width: cardWidth },
    dense ? 32 : roomy ? 68 : 56,
    dense ? 44 : 150,
  );
  const gap = serversX - MARGIN - card.width;
  return finish(header, cast, boxes, {
    upright: false,
    dense,
    roomy,
    source: { x: MARGIN, y: middle - card.height / 2, ...card },
    sources: [],
    servers,
    nodes: null,
    balancer: null,
    proxy: null,
    labels: [
      label('Source', MARGIN + card.width / 2),
      narrow
        ? label('Hop 2', MARGIN + card.width + gap / 2)
        : label('Hop 2', MARGIN + card.width + gap / 2, 'backplane'),
      label(header.servers.length === 1 ? 'Server' : 'Servers', serversX + card.width / 2),
      label('Hop 1', (serversX + card.width + clientsX) / 2, 'network'),
      clientsLabel(header, cast, only, clientsX, cardWidth, 26),
    ],
  });
}
