import { passesPackets } from '../routes.ts';
import { COLUMN } from '../trace.ts';
import { balancerTroubles } from './balancer-leg.ts';
import { messagesIn } from './blocker.ts';
import { type Copy, passageOf } from './copies.ts';
import { dialSteps } from './dial-steps.ts';
import { atFault, spellsFor } from './faults.ts';
import { habitOf } from './habits.ts';
import type { Lookup } from './lookup.ts';
import { inSegments, lossWords, noticedBy, termOfWhy, touchWords, whyWords } from './resend-words.ts';
import type { Step } from './story.ts';
import { dialOf, requestOf } from './ways.ts';
import { clientName, list, messagesOf, serverName, time, unitRowWords } from './words.ts';

const UNIT = COLUMN['unit.sent'];
/** Losses and retransmissions of one unit that are told one by one; the rest is counted. */
const MOST = 24;

/** The faults that touched a client while a message was on its way, as steps. */
export function faultSteps(lookup: Lookup, client: number, fromUs: number, toUs: number): Step[] {
  const steps: Step[] = [];
  for (const spell of spellsFor(lookup.trace, client, fromUs, toUs)) {
    if (spell.kind === 'publish' || (spell.toUs <= fromUs && spell.fromUs < fromUs)) continue;
    if (spell.fromUs >= fromUs)
      steps.push({ atUs: spell.fromUs, seq: spell.seq, text: `fault: ${spell.label}`, tone: 'loss' });
    else
      steps.push({
        atUs: fromUs,
        seq: spell.seq,
        text: `in force: ${spell.label}`,
        detail: `since ${time(fromUs - spell.fromUs)}`,
        tone: 'wait',
      });
    if (spell.toUs > spell.fromUs && spell.toUs <= toUs)
      steps.push({ atUs: spell.toUs, seq: spell.endSeq, text: `over: ${spell.label}`, tone: 'normal' });
  }
  return steps;
}

/** The request that a unit answers, where the client asked after `sinceUs`: its connection, its sending, its arrival. */
export function requestSteps(lookup: Lookup, client: number, unitRow: number, sinceUs: number): Step[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const request = requestOf(lookup, unitRow);
  const dial = dialOf(lookup, units.get(unitRow, UNIT.connection));
  const steps: Step[] = [];
  if (dial !== null && dial.atUs > sinceUs) steps.push(...dialSteps(lookup, dial));
  if (request < 0) return steps;
  const received = lookup.receivedRow(units.get(request, UNIT.unit));
  const reachedUs = trace.table('unit.received').atUs(received);
  if (reachedUs <= sinceUs) return steps;
  const habit = habitOf(trace, client);
  if (units.atUs(request) > sinceUs)
    steps.push({
      atUs: units.atUs(request),
      seq: units.get(request, 0),
      text: `${clientName(trace, client)} sends its ${habit.request}`,
      tone: 'normal',
      term: habit.term,
    });
  steps.push(
    ...lossSteps(lookup, passageOf(lookup, request, reachedUs).copies, client).filter(
      ({ atUs }) => atUs > sinceUs,
    ),
    {
      atUs: reachedUs,
      seq: trace.table('unit.received').get(received, 0),
      text: `the ${habit.request} reaches ${serverName(trace, dial?.connection ? lookup.serverOf(dial.connection) : 0)}`,
      tone: 'normal',
    },
  );
  return steps;
}

/** One unit that carries the message: written, sent, lost, sent again. @param untilUs the end of its story */
export function unitSteps(lookup: Lookup, client: number, unitRow: number, untilUs: number): Step[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const connection = units.get(unitRow, UNIT.connection);
  const passage = passageOf(lookup, unitRow, untilUs);
  const steps: Step[] = [
    {
      atUs: units.atUs(unitRow),
      seq: units.get(unitRow, 0),
      text: `${serverName(trace, lookup.serverOf(connection))} writes ${unitRowWords(trace, unitRow)}`,
      detail: `connection ${connection}, ${units.get(unitRow, UNIT.bytes)} B${inSegments(passage.sendings.length)}`,
      tone: 'normal',
      // Streams and sockets are written to one by one, unless the server gathers.
      term: !habitOf(trace, client).asks && units.get(unitRow, UNIT.messages) > 1 ? 'batching' : undefined,
    },
  ];
  const first = passage.sendings[0];
  const inner = passesPackets(trace);
  if (inner) steps.push(...balancerTroubles(lookup, unitRow, untilUs));
  if (inner && first !== undefined)
    steps.push({
      atUs: first.sentUs,
      seq: first.seq,
      text: 'the load balancer passes it on',
      tone: 'normal',
      term: 'layer 4',
    });
  else if (first !== undefined && first.sentUs > units.atUs(unitRow))
    steps.push({
      atUs: first.sentUs,
      seq: first.seq,
      text: 'leaves the sender’s queue',
      detail: `waited ${time(first.sentUs - units.atUs(unitRow))} for the window`,
      tone: 'wait',
      term: 'congestion window',
    });
  return [...steps, ...lossSteps(lookup, passage.copies, client)];
}

/** What was lost of some copies, or touched by hand, and how each was sent again. */
export function lossSteps(lookup: Lookup, copies: readonly Copy[], client: number): Step[] {
  const { trace } = lookup;
  const steps: Step[] = [];
  for (const copy of copies) {
    if (copy.why !== 0) {
      const noticed = noticedBy(lookup, copy);
      if (noticed !== null && !steps.some(({ seq }) => seq === noticed.seq)) steps.push(noticed);
      const before = copies.findLast(
        (other) => other.row < copy.row && other.start < copy.end && other.end > copy.start,
      );
      const inForce = copy.lost ? lossWords(copy.reason, atFault(trace, client, copy.sentUs)) : '';
      steps.push({
        atUs: copy.sentUs,
        seq: copy.seq,
        text: copy.lost ? 'sent again, and lost again' : 'sent again',
        detail: [whyWords(copy.why, copy.sentUs - (before?.sentUs ?? copy.sentUs)), inForce]
          .filter((text) => text !== '')
          .join('; '),
        tone: copy.lost ? 'loss' : 'normal',
        term: termOfWhy(copy.why),
      });
    } else if (copy.lost)
      steps.push({
        atUs: copy.endUs,
        seq: copy.seq,
        text: `segment lost on ${clientName(trace, client)}’s link`,
        detail: lossWords(copy.reason, atFault(trace, client, copy.sentUs)),
        tone: 'loss',
      });
    const touched = touchWords(trace, copy.row);
    if (touched !== '')
      steps.push({
        atUs: copy.sentUs,
        seq: copy.seq,
        text: `${copy.why === 0 ? 'segment' : 'it'} is ${touched} on ${clientName(trace, client)}’s link`,
        tone: 'wait',
      });
  }
  if (steps.length <= MOST) return steps;
  const left = steps.length - MOST;
  const last = steps.at(-1) as Step;
  return [
    ...steps.slice(0, MOST - 1),
    { atUs: last.atUs, seq: last.seq, text: `and ${left + 1} more like these`, tone: last.tone },
  ];
}

/** How a unit came in: the copy that brought it, what it was held behind, what it was handed over with. */
export function arrivalSteps(lookup: Lookup, unitRow: number, receivedRow: number): Step[] {
  const { trace } = lookup;
  const received = trace.table('unit.received');
  const receivedUs = received.atUs(receivedRow);
  const { by } = passageOf(lookup, unitRow, receivedUs);
  const own = messagesOf(trace, unitRow);
  const together = handedOverWith(lookup, receivedRow);
  const handed =
    together.length > own.length ? `${list(together)} handed over together` : `arrives, next in order`;
  const seq = received.get(receivedRow, 0);
  if (by === null || by.endUs >= receivedUs) {
    const text = together.length > own.length ? `arrives: ${handed}` : handed;
    return [{ atUs: receivedUs, seq: by?.seq ?? seq, text, tone: 'normal' }];
  }
  const cause = received.get(receivedRow, 1);
  const blocker = cause < 0 ? -1 : trace.table('packet.sent').rowOfSeq(cause);
  const missing = blocker < 0 ? [] : messagesIn(lookup, blocker);
  return [
    {
      atUs: by.endUs,
      seq: by.seq,
      text: 'arrives, and is held',
      detail:
        missing.length > 0
          ? `${list(missing)} is missing; TCP hands bytes over in order only`
          : 'something before it is missing; TCP hands bytes over in order only',
      tone: 'wait',
      term: 'head-of-line blocking',
    },
    {
      atUs: receivedUs,
      seq: cause >= 0 ? cause : seq,
      text: `${missing.length > 0 ? `${list(missing)} arrives` : 'the hole is filled'}: ${handed}`,
      detail: `held for ${time(receivedUs - by.endUs)}`,
      tone: 'normal',
    },
  ];
}

/** All messages that one arriving packet let through. */
function handedOverWith(lookup: Lookup, receivedRow: number): number[] {
  const received = lookup.trace.table('unit.received');
  return arrivalsAt(lookup, received.atUs(receivedRow), received.get(receivedRow, 1));
}

/** The same by the time, and the seq of the packet. */
export function arrivalsAt(lookup: Lookup, atUs: number, cause: number): number[] {
  const { trace } = lookup;
  const received = trace.table('unit.received');
  const found: number[] = [];
  for (let row = received.firstAtOrAfter(atUs); row < received.length && received.atUs(row) === atUs; row++) {
    if (cause < 0 || received.get(row, 1) !== cause) continue;
    const unitRow = lookup.unitRow(received.get(row, 2));
    if (unitRow >= 0) found.push(...messagesOf(trace, unitRow));
  }
  return found;
}
