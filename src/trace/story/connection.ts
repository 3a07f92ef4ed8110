import { COLUMN, type Trace } from '../trace.ts';
import { faultSteps } from './delivery-steps.ts';
import { closeStep, dialSteps } from './dial-steps.ts';
import { atFault } from './faults.ts';
import { type Lookup, lookupOf, way } from './lookup.ts';
import { inOrder } from './order.ts';
import { refusalSteps } from './refusals.ts';
import { lossWords, termOfWhy, whyWords } from './resend-words.ts';
import type { Step, Story } from './story.ts';
import { termsOf } from './terms.ts';
import { dialOf } from './ways.ts';
import { clientName, closeWords, plural, serverName, time, unitRowWords, wordFor } from './words.ts';

const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];
/** Steps of one kind that are told one by one. */
const MOST = 30;

/** A connection from the wish for it to its end. Null: there is none of this number. */
export function storyOfConnection(trace: Trace, connection: number): Story | null {
  const lookup = lookupOf(trace);
  const dial = dialOf(lookup, connection);
  if (dial === null) return null;
  const client = lookup.clientOf(connection);
  const what = trace.strings[trace.table('connection.attempted').get(dial.row, 5)] ?? '';
  const endUs = dial.closedUs < 0 ? trace.knownUntilUs : dial.closedUs;
  const close = closeStep(dial);
  const refused = refusalSteps(lookup, dial);
  const resent = resentSteps(lookup, connection, client);
  const steps = inOrder([
    ...dialSteps(lookup, dial),
    ...(refused.length > 0 ? refused : requests(lookup, connection)),
    ...resent.slice(0, MOST),
    ...faultSteps(lookup, client, dial.atUs, endUs),
    ...serverEnd(lookup, connection),
    ...(close === null ? [] : [close]),
  ]);
  const opened = dial.establishedUs >= 0;
  const units = lookup.units.of(way(connection, 1)).length + lookup.units.of(way(connection, 0)).length;
  return {
    title: `Connection ${connection} of ${clientName(trace, client)}`,
    figure: opened ? time(endUs - dial.atUs) : 'not made',
    figureTone: opened ? 'normal' : 'loss',
    sentence: `Opened for its ${wordFor(trace, what)} to ${serverName(trace, lookup.serverOf(connection))}; ${plural(units, 'unit')} crossed it, ${plural(resent.length, 'segment was', 'segments were')} sent again. ${
      dial.closedUs < 0 ? 'It is open' : `It ended: ${closeWords(dial.closedReason)}`
    }.`,
    parts: opening(dial),
    steps,
    leads: [],
    seq: dial.seq,
    terms: termsOf(steps, ...(opened ? ['slow start', 'Nagle off', 'delayed ACK'] : [])),
  };
}

/** What opening it took, stage by stage. */
function opening(dial: NonNullable<ReturnType<typeof dialOf>>): Story['parts'] {
  const stages = [
    [dial.askedUs, dial.atUs, 'DNS lookup'],
    [dial.atUs, dial.establishedUs, 'TCP handshake'],
    [dial.establishedUs, dial.securedUs, 'TLS handshake'],
  ] as const;
  return stages.flatMap(([fromUs, toUs, label]) =>
    fromUs >= 0 && toUs > fromUs ? [{ kind: 'connecting' as const, label, fromUs, us: toUs - fromUs }] : [],
  );
}

function requests(lookup: Lookup, connection: number): Step[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const told: Step[] = [];
  for (const row of lookup.units.of(way(connection, 0))) {
    const key = trace.strings[units.get(row, UNIT.what)] ?? '';
    if (trace.header?.vocabulary[key]?.role !== 'request') continue;
    if (told.length >= MOST) break;
    told.push({
      atUs: units.atUs(row),
      seq: units.get(row, 0),
      text: `${unitRowWords(trace, row)} is sent`,
      tone: 'normal',
    });
  }
  return told;
}

function resentSteps(lookup: Lookup, connection: number, client: number): Step[] {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const steps: Step[] = [];
  for (const down of [0, 1] as const)
    for (const row of lookup.data.of(way(connection, down))) {
      const why = packets.get(row, SENT.why);
      if (why === 0) continue;
      const { lost, reason } = lookup.endOf(row);
      const loss = lost
        ? `; lost again: ${lossWords(reason, atFault(trace, client, packets.atUs(row)))}`
        : '';
      steps.push({
        atUs: packets.atUs(row),
        seq: packets.get(row, 0),
        text: `${down === 1 ? 'the server' : 'the client'} sends a segment again`,
        detail: `${whyWords(why, 0).replace(/ for 0\.00\u00a0ms/, '')}${loss}`,
        tone: lost ? 'loss' : 'wait',
        term: termOfWhy(why),
      });
    }
  return steps.sort((a, b) => a.atUs - b.atUs);
}

function serverEnd(lookup: Lookup, connection: number): Step[] {
  const row = lookup.closedRow(connection, 1);
  if (row < 0) return [];
  const table = lookup.trace.table('connection.closed');
  const reason = lookup.trace.strings[table.get(row, COLUMN['connection.closed'].reason)] ?? '';
  return [
    {
      atUs: table.atUs(row),
      seq: table.get(row, 0),
      text: 'the server’s end is over',
      detail: closeWords(reason),
      tone: reason === 'finished' ? 'normal' : 'loss',
    },
  ];
}
