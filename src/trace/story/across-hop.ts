import { COLUMN, type Trace } from '../trace.ts';
import { placeName } from './hop-words.ts';
import type { Lookup } from './lookup.ts';
import { peersOf } from './peers.ts';
import type { Reason, Step } from './story.ts';
import { unitRowWords } from './words.ts';

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
  if (!isLinked(trace)) return [];
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
    if (arrivedUs >= 0 && arrivedUs <= untilUs)
      steps.push({
        atUs: arrivedUs,
        seq: trace.table('unit.received').get(received, 0),
        text: `${placeName(trace, to)} receives it`,
        tone: 'normal',
      });
  }
  return [...steps, ...ends(lookup, message, server, untilUs)];
}

function ends(lookup: Lookup, message: number, server: number, untilUs: number): Step[] {
  const { trace } = lookup;
  const handed = trace.table('message.handed');
  const dropped = trace.table('message.dropped');
  const has = lookup
    .handedRows(message)
    .filter((row) => handed.get(row, HANDED.server) === server && handed.atUs(row) <= untilUs)
    .map((row): Step => {
      const again = handed.get(row, HANDED.again) === 1;
      const text = `${placeName(trace, server)}’s application has it${again ? ' again' : ''}`;
      return { atUs: handed.atUs(row), seq: handed.get(row, 0), text, tone: again ? 'wait' : 'normal' };
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

/** Why a server has not been handed a message; null: it has, or there is no network between. */
export function missingIn(lookup: Lookup, message: number, server: number): Reason | null {
  const { trace } = lookup;
  if (!isLinked(trace) || server < 0 || handedUs(lookup, message, server) >= 0) return null;
  const row = dropsFor(lookup, message, server).at(-1);
  if (row === undefined)
    return {
      state: 'waiting',
      text: `it is on its way to ${placeName(trace, server)}, which has not had it yet`,
      term: '',
    };
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
  const reason = trace.strings[table.get(row, DROPPED.reason)] ?? '';
  return place < 0
    ? `it never left its client (${reason})`
    : `it ended at ${placeName(trace, place)}: ${reason}`;
}
