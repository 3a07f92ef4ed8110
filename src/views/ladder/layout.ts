import { PACKET } from '../../trace/kinds.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { type ArrowIndex, arrowsOf } from './arrows.ts';
import type { Depth, Scale } from './depth.ts';
import { type ArrowFacts, factsOf } from './facts.ts';
import { layoutPairs, type Pair } from './pairs.ts';
import { pairOfLink } from './peers.ts';
import { type PlacedSpan, placeSpans } from './place-spans.ts';
import { spansOf } from './spans.ts';
import { type Anchor, ordinalMap, ROW_PX, scaleMap, type TimeMap } from './time-map.ts';

const SENT = COLUMN['packet.sent'];

/** What a picture of the ladder is a function of, besides the trace. */
export interface View {
  clients: readonly number[];
  depth: Depth;
  scale: Scale;
  width: number;
  height: number;
  anchor: Anchor;
  pxPerUs: number;
  nowUs: number;
}

/** An arrow with its place. */
export interface Arrow {
  facts: ArrowFacts;
  pair: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** Whether it has arrived, is under way at now, or was lost. */
  fate: 'arrived' | 'flying' | 'lost';
}

/** Everything there is to draw, hit and read out. */
export interface Frame {
  view: View;
  map: TimeMap;
  pairs: Pair[];
  arrows: Arrow[];
  spans: PlacedSpan[];
  nowY: number;
  /** Arrows in the window; as many as are not drawn one by one are a density instead. */
  inWindow: number;
  /** Arrows that begin in each {@link BIN_PX} of height, by pair; empty while all are drawn. */
  density: Uint16Array[];
}

/** Arrows that are drawn one by one at most; and per pixel of each pair's height, beyond which all is one colour. */
export const MOST_ARROWS = 4000;
const MOST_PER_PX = 0.9;
export const BIN_PX = 4;
/** Arrows begin this far above the window and still show in it. */
const MARGIN_PX = 24;
/** A ✕ keeps clear of a lifeline, so that "lost on the way" can be seen. */
const CLEAR_PX = 18;

/** Lays out what a ladder shows. Pure: the same trace and view make the same frame. */
export function frameOf(trace: Trace, header: TraceHeader, view: View): Frame {
  const { depth, width, height, nowUs } = view;
  const pairs = layoutPairs(header, view.clients, width);
  const clients = pairs.map(({ client }) => client);
  const index = arrowsOf(trace, clients, depth);
  const map = mapOf(index, view);
  const fromUs = map.us(-MARGIN_PX);
  const toUs = Math.min(nowUs, map.us(height + MARGIN_PX));
  const places = toUs < fromUs ? [] : index.between(fromUs, toUs);
  const pairOf = new Map(clients.map((client, pair) => [client, pair]));
  const rows = places.map((place) => index.rows[place] as number);
  const most = Math.min(MOST_ARROWS, Math.ceil(pairs.length * height * MOST_PER_PX));
  const facts = (rows.length > most ? thin(trace, rows, most) : rows).map((row) => factsOf(trace, row));
  const arrows = facts.map((fact) => placeArrow(fact, pairOf.get(fact.client) as number, pairs, map, nowUs));
  const spans = spansOf(trace, header, index, clients, depth, { fromUs, toUs, nowUs });
  return {
    view,
    map,
    pairs,
    arrows,
    spans: placeSpans(spans, pairs, map, height),
    nowY: map.y(nowUs),
    inWindow: rows.length,
    density: rows.length > most ? densityOf(trace, rows, pairOf, map, height) : [],
  };
}

/** The time axis of a view. */
export function mapOf(index: ArrowIndex, { scale, anchor, height, pxPerUs, nowUs }: View): TimeMap {
  if (scale === 'ordinal') return ordinalMap(timesAround(index, anchor.us, height), anchor, pxPerUs, nowUs);
  const last = index.latestEndUs;
  return scaleMap(index.gaps, anchor, height, pxPerUs, nowUs, last);
}

/** Times at which arrows begin or end, as many as can be needed around a time, from the run's beginning if it is near. */
function timesAround(index: ArrowIndex, us: number, height: number): number[] {
  const reach = Math.ceil(height / ROW_PX) * 4 + 8;
  const middle = index.firstFrom(us);
  const first = Math.max(0, middle - reach);
  const last = Math.min(index.starts.length, middle + reach);
  const fromUs = first === 0 ? 0 : (index.starts[first] as number);
  const toUs = index.starts[last] ?? Number.POSITIVE_INFINITY;
  const times = first === 0 ? [0] : [];
  for (const place of index.between(fromUs, Math.min(toUs, index.starts[last - 1] ?? 0))) {
    for (const time of [index.starts[place] as number, index.ends[place] as number]) {
      if (time >= fromUs && time <= toUs) times.push(time);
    }
  }
  return times;
}

/** An arrow with its place among the lifelines, as far as it has come at `nowUs`. */
export function placeArrow(
  facts: ArrowFacts,
  pair: number,
  pairs: readonly Pair[],
  map: TimeMap,
  nowUs: number,
): Arrow {
  const { serverX, clientX } = pairs[pair] as Pair;
  const { down } = facts.face;
  const span = clientX - serverX;
  const over = facts.endUs <= nowUs;
  const lost = facts.lost !== '' && over;
  const share = over ? 1 : (nowUs - facts.atUs) / Math.max(1, facts.endUs - facts.atUs);
  const clear = lost
    ? Math.min(1 - CLEAR_PX / span, Math.max(CLEAR_PX / span, facts.reach))
    : facts.reach * share;
  // What a name server sends begins where its questions end, not at the server's lifeline.
  const startsAt = down && facts.reach < 1 && facts.lost === '' ? 1 - facts.reach : 0;
  const from = down ? serverX + startsAt * span : clientX;
  return {
    facts,
    pair,
    x0: from,
    y0: map.y(facts.atUs),
    x1: down ? from + clear * span : from - clear * span,
    y1: map.y(Math.min(facts.endUs, nowUs)),
    fate: lost ? 'lost' : over ? 'arrived' : 'flying',
  };
}

/** As many rows as may be drawn: every loss and every retransmission first, then every nth of the others. */
function thin(trace: Trace, rows: readonly number[], most: number): number[] {
  const telling = new Set(rows.filter((row) => tells(trace, row)).slice(-most));
  const rest = rows.filter((row) => !telling.has(row));
  const step = rest.length / Math.max(1, most - telling.size);
  const kept = new Set<number>(telling);
  if (telling.size < most)
    for (let i = 0; i < rest.length && kept.size < most; i += step) kept.add(rest[Math.floor(i)] as number);
  return rows.filter((row) => kept.has(row));
}

function tells(trace: Trace, row: number): boolean {
  const table = trace.table('packet.sent');
  return (
    table.get(row, SENT.dropsAtUs) >= 0 ||
    table.get(row, SENT.why) > 0 ||
    (table.get(row, SENT.what) & PACKET.DUPLICATE) !== 0
  );
}

function densityOf(
  trace: Trace,
  rows: readonly number[],
  pairOf: ReadonlyMap<number, number>,
  map: TimeMap,
  height: number,
): Uint16Array[] {
  const bins = [...pairOf.keys()].map(() => new Uint16Array(Math.ceil(height / BIN_PX)));
  const table = trace.table('packet.sent');
  for (const row of rows) {
    const client = pairOfLink(trace.header, table.get(row, SENT.link) >> 1);
    const column = bins[pairOf.get(client) ?? -1];
    const bin = Math.floor(map.y(table.atUs(row)) / BIN_PX);
    if (column !== undefined && bin >= 0 && bin < column.length) column[bin] = (column[bin] as number) + 1;
  }
  return bins;
}
