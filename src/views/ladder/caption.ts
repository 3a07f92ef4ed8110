import { COLUMN, type Trace } from '../../trace/trace.ts';
import { endsOf } from '../packets/ends.ts';
import { count, duration, plural, seconds } from '../readout/units.ts';
import { isArrow, type Thing } from './hit.ts';
import type { Arrow, Frame } from './layout.ts';
import { serverName } from './pairs.ts';

const LINK = COLUMN['packet.sent'].link;

/** Entries of the list of what can be seen: as many as anybody listens to. */
export const MOST_LISTED = 60;

/** The ladder in a sentence. */
export function ladderCaption(frame: Frame): string {
  const { map, view, arrows, spans, pairs, inWindow } = frame;
  const from = Math.max(0, map.us(0));
  const to = Math.min(view.nowUs, map.us(view.height));
  const lost = arrows.filter(({ fate }) => fate === 'lost').length;
  const held = spans.filter(({ kind }) => kind === 'held');
  const names = pairs.map(({ name }) => name).join(', ');
  const scale = view.scale === 'ordinal' ? ', not to scale' : '';
  const losses = lost === 0 ? '' : `, ${count(lost)} lost`;
  const longest = held.reduce((us, span) => Math.max(us, span.toUs - span.fromUs), 0);
  const holds =
    held.length > 2
      ? `, data held back ${count(held.length)} times, for ${duration(longest)} at most`
      : held.map(({ title }) => `, ${title}`).join('');
  return `Ladder from ${seconds(from)} to ${seconds(Math.max(from, to))}${scale}: ${plural(inWindow, 'arrow')} to and from ${names}${losses}${holds}`;
}

/** An arrow or what lasts, in a sentence. */
export function thingText(trace: Trace, frame: Frame, thing: Thing): string {
  const name = frame.pairs[thing.pair]?.name ?? '';
  if (!isArrow(thing)) {
    const host = thing.at === 'server' ? serverName(trace, thing.client, thing.fromUs) : name;
    return `${seconds(thing.fromUs)}: ${host}, ${thing.title}${thing.detail === '' ? '' : `, ${thing.detail}`}`;
  }
  return arrowText(trace, thing);
}

/** Its ends are those of its connection: at an intermediary, not at the server behind it. */
function arrowText(trace: Trace, { facts, fate }: Arrow): string {
  const link = trace.table('packet.sent').get(facts.row, LINK);
  const { connection } = facts;
  const ends =
    trace.header === null ? null : endsOf(trace, trace.header, { link, down: (link & 1) === 1, connection });
  const way = ends === null ? '' : `${ends.from} to ${ends.to}, `;
  const took = duration(facts.endUs - facts.atUs);
  const end =
    fate === 'flying' ? 'under way' : fate === 'lost' ? `lost after ${took}` : `arrives after ${took}`;
  const text = facts.face.text === '' ? '' : ` “${facts.face.text}”`;
  return `${seconds(facts.atUs)}: ${facts.face.label}${text}, ${way}${end}`;
}

/** What was left out, in words; '' if nothing was. */
export function leftOut({ arrows, inWindow }: Frame, wordless: number): string {
  if (inWindow > arrows.length)
    return `${count(arrows.length)} of ${count(inWindow)} arrows; zoom in for the rest`;
  return wordless === 0 ? '' : `+${count(wordless)} more without a label; zoom in`;
}
