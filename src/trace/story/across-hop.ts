import { RowsOf } from '../rows.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { hopTroubles, overtakenBy } from './hop-trouble.ts';
import { hopWords, placeName } from './hop-words.ts';
import type { Lookup } from './lookup.ts';
import { ownerSteps } from './owner-steps.ts';
import { peersOf } from './peers.ts';
import type { Reason, Step } from './story.ts';
import { dropReason, plural, unitRowWords } from './words.ts';

const UNIT = COLUMN['unit.sent'];
const HANDED = COLUMN['message.handed'];
const DROPPED = COLUMN['message.dropped'];

/** Whether there is a network between source and servers. */
export const isLinked = (trace: Trace): boolean =>
  trace.header?.links.some(({ kind }) => kind === 'backplane') === true;

/** When a server's application had a message for the first time, µs; -1: it has not had it. */
export function handedUs(lookup: Lookup, message: number, server: number): number {
  const table = lookup.trace.table('message.handed');
  const row = lookup.handedRows(message).find((one) => table.get(one, HANDED.server) === server);
  return row === undefined ? -1 : table.atUs(row);
}

/** A message's way to a server, step by step: from place to place, handed over, or dropped. */
export function hopSteps(lookup: Lookup, message: number, server: number, untilUs: number): Step[] {
  const { trace } = lookup;
  if (!isLinked(trace)) return ends(lookup, message, server, untilUs);
  const units = trace.table('unit.sent');
  const steps: Step[] = [];
  for (const row of lookup.peerCarriers(message)) {
    const peers = peersOf(trace, units.get(row, UNIT.connection)) as [number, number];
    const down = units.get(row, UNIT.down);
    const [from, to] = down === 1 ? [peers[1], peers[0]] : peers;
    const others = [from, to].some(
      (place) => place !== server && trace.header?.places[place]?.kind === 'server',
    );
    if (units.atUs(row) > untilUs || others) continue;
    const received = lookup.receivedRow(units.get(row, UNIT.unit));
    const arrivedUs = received < 0 ? -1 : trace.table('unit.received').atUs(received);
    steps.push({
      atUs: units.atUs(row),
      seq: units.get(row, 0),
      text: `${placeName(trace, from)} → ${placeName(trace, to)}: ${unitRowWords(trace, row)}`,
      tone: 'normal',
    });
    steps.push(
      ...hopTroubles(
        lookup,
        row,
        placeName(trace, to),
        Math.min(untilUs, arrivedUs < 0 ? untilUs : arrivedUs),
      ),
    );
    if (arrivedUs >= 0 && arrivedUs <= untilUs)
      steps.push({
        atUs: arrivedUs,
        seq: trace.table('unit.received').get(received, 0),
        text: `${placeName(trace, to)} receives it`,
        tone: 'normal',
      });
  }
  const published = lookup.publishedRow(message);
  const fromUs = published < 0 ? 0 : trace.table('message.published').atUs(published);
  return [
    ...steps,
    ...ownerSteps(trace, entriesOf(trace).of(message), fromUs, untilUs),
    ...entrySteps(lookup, message, untilUs),
    ...ends(lookup, message, server, untilUs),
  ];
}

const MOST_ENTRIES = 8;

/** Where it was written: to the logs of the backplane's nodes. */
function entrySteps({ trace }: Lookup, message: number, untilUs: number): Step[] {
  const table = trace.table('entry.appended');
  return entriesOf(trace)
    .of(message)
    .filter((row) => table.atUs(row) <= untilUs)
    .slice(0, MOST_ENTRIES)
    .map((row) => {
      const words = hopWords(trace, trace.record('entry.appended', row));
      const text = `${words?.who} ${words?.words.replace(/message .* to /, 'it to ')}`;
      return { atUs: table.atUs(row), seq: table.get(row, 0), text, tone: 'normal' };
    });
}

const entries = new WeakMap<Trace, RowsOf>();

/** Rows of `entry.appended` by message. */
export function entriesOf(trace: Trace): RowsOf {
  let rows = entries.get(trace);
  if (rows === undefined) {
    const table = trace.table('entry.appended');
    rows = new RowsOf(table, (row, put) => put(table.get(row, COLUMN['entry.appended'].message)));
    entries.set(trace, rows);
  }
  return rows;
}

function ends(lookup: Lookup, message: number, server: number, untilUs: number): Step[] {
  const { trace } = lookup;
  const handed = trace.table('message.handed');
  const dropped = trace.table('message.dropped');
  const has = lookup
    .handedRows(message)
    .filter((row) => handed.get(row, HANDED.server) === server)
    // What it is handed again comes after the delivery, and belongs to the story all the same.
    .filter((row, index) => index > 0 || handed.atUs(row) <= untilUs)
    .map((row, index): Step => {
      // A process that was started anew does not know that the one before had it.
      const again = index > 0 || handed.get(row, HANDED.again) === 1;
      const newer = again ? 0 : overtakenBy(lookup, row);
      const text = `${placeName(trace, server)}’s application has it${again ? ' again' : ''}`;
      const behind =
        newer === 0 ? {} : { detail: `out of order: behind ${plural(newer, 'message')} that came later` };
      const tone = again || newer > 0 ? 'wait' : 'normal';
      return { atUs: handed.atUs(row), seq: handed.get(row, 0), text, ...behind, tone };
    });
  const gone = dropsFor(lookup, message, server)
    .filter((row) => dropped.atUs(row) <= untilUs)
    .map(
      (row): Step => ({
        atUs: dropped.atUs(row),
        seq: dropped.get(row, 0),
        text: dropWords(trace, row),
        tone: 'loss',
      }),
    );
  return [...has, ...gone];
}

/** The end of a message on its way to a server, or to all of them; null: it has not ended, or nothing says so. */
export function endedFor(lookup: Lookup, message: number, server: number): Reason | null {
  const { trace } = lookup;
  if (server >= 0 && handedUs(lookup, message, server) >= 0) return null;
  const row = dropsFor(lookup, message, server).at(-1);
  if (row === undefined) return null;
  const table = trace.table('message.dropped');
  return {
    state: 'lost',
    text: `lost: ${dropWords(trace, row)}`,
    term: '',
    atUs: table.atUs(row),
    seq: table.get(row, 0),
  };
}

/** Rows of `message.dropped` by which a server does not get a message. */
function dropsFor(lookup: Lookup, message: number, server: number): number[] {
  const table = lookup.trace.table('message.dropped');
  return lookup.droppedRows(message).filter((row) => {
    const towards = table.get(row, DROPPED.server);
    return towards < 0 || towards === server;
  });
}

function dropWords(trace: Trace, row: number): string {
  const table = trace.table('message.dropped');
  const place = table.get(row, DROPPED.place);
  const reason = dropReason(trace, table.get(row, DROPPED.reason));
  return place < 0 ? `it reached no server (${reason})` : `it ended at ${placeName(trace, place)}: ${reason}`;
}
