import { passedOver } from '../routes.ts';
import { firstIndex } from '../search.ts';
import { COLUMN } from '../trace.ts';
import { type Lookup, way } from './lookup.ts';
import type { Moment } from './moments.ts';
import type { Said, Step } from './story.ts';
import type { Dial } from './ways.ts';
import { plural, sentence, serverName, textAt, theClient, unitRowWords } from './words.ts';

const UNIT = COLUMN['unit.sent'];
const MOVED = COLUMN['machine.moved'];
const TERM = 'hop-by-hop fields';
/** The request as it is passed on without Upgrade, and the answer of a proxy that lets nobody have that. */
const PLAIN = ['load-balancer.get', 'proxy.get'];
const FORBIDDEN = 'proxy.403';

/** A WebSocket's Upgrade that was answered, but not with 101; rows of `unit.sent`. */
interface Refusal {
  asked: number;
  /** What was made of it on the way, and the server's answer to that; -1: nothing else was passed on. */
  plain: number;
  answered: number;
  /** Who would not have it; '': nobody. */
  by: string;
  /** The answer on the client's own connection, and its row of `unit.received`. */
  answer: number;
  received: number;
}

/** How a client's attempt at a WebSocket was answered by a time; null: it is no such attempt, or not answered yet. */
function answerOn(lookup: Lookup, connection: number, nowUs: number): Refusal | 'opened' | null {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const keyOf = (row: number) => trace.strings[units.get(row, UNIT.what)] ?? '';
  const isResponse = (row: number) => trace.header?.vocabulary[keyOf(row)]?.role === 'response';
  const asked = lookup.units.of(way(connection, 0)).find((row) => keyOf(row) === 'websocket.upgrade');
  const answer = lookup.units.of(way(connection, 1)).find(isResponse);
  if (asked === undefined || answer === undefined) return null;
  const received = lookup.receivedRow(units.get(answer, UNIT.unit));
  if (received < 0 || trace.table('unit.received').atUs(received) > nowUs) return null;
  if (keyOf(answer) === 'websocket.101') return 'opened';
  const over = passedOver(trace, connection, units.atUs(answer));
  // The connections of those on the way serve one request after the other, and may have served many.
  const between = (down: 0 | 1) => {
    const rows = lookup.units.of(way(over, down));
    const from = firstIndex(rows, (row) => row > asked);
    return rows.slice(
      from,
      firstIndex(rows, (row) => row >= answer),
    );
  };
  // What others answer in the server's place is not for want of the Upgrade.
  const isServers = !keyOf(answer).endsWith('.error');
  const plain = isServers ? between(0).findLast((row) => PLAIN.includes(keyOf(row))) : undefined;
  const answered = between(1).findLast(isResponse);
  const culprit = plain === undefined ? keyOf(answer) : keyOf(plain);
  const isNamed = plain !== undefined || culprit === FORBIDDEN;
  return {
    asked,
    plain: plain ?? -1,
    answered: plain === undefined ? -1 : (answered ?? -1),
    by: isNamed ? (culprit.startsWith('proxy') ? 'the proxy' : 'the load balancer') : '',
    answer,
    received,
  };
}

/** The way of an Upgrade that did not make a WebSocket, step by step. */
export function refusalSteps(lookup: Lookup, dial: Dial): Step[] {
  const { trace } = lookup;
  const refusal = answerOn(lookup, dial.connection, trace.knownUntilUs);
  if (refusal === null || refusal === 'opened') return [];
  const { asked, plain, answered, by, answer, received } = refusal;
  const units = trace.table('unit.sent');
  const at = (row: number) => ({ atUs: units.atUs(row), seq: units.get(row, 0) });
  const steps: Step[] = [{ ...at(asked), text: `${unitRowWords(trace, asked)} is sent`, tone: 'normal' }];
  if (plain >= 0)
    steps.push({
      ...at(plain),
      text: `${by} passes it on without Upgrade`,
      detail: 'that field is for one connection alone',
      tone: 'loss',
      term: TERM,
    });
  if (answered >= 0)
    steps.push({
      ...at(answered),
      text: `${serverName(trace, lookup.servedBy(dial.connection, units.atUs(answered)))} answers ${unitRowWords(trace, answered)}`,
      detail: 'to it, this is a plain GET',
      tone: 'normal',
    });
  else if (by !== '')
    steps.push({
      ...at(answer),
      text: `${by} answers ${unitRowWords(trace, answer)} itself`,
      detail: 'the server hears nothing of it',
      tone: 'loss',
      term: TERM,
    });
  const there = trace.table('unit.received');
  steps.push({
    atUs: there.atUs(received),
    seq: there.get(received, 0),
    text: `${unitRowWords(trace, answer)} arrives: the WebSocket fails`,
    detail: 'only 101 opens one; the page is told code 1006, and not the status',
    tone: 'loss',
    ...(by === '' ? {} : { term: TERM }),
  });
  return steps;
}

/**
 * A client's refusals up to a time, newest first, as far back as to an attempt that has opened. `attempt`: the row of
 * `connection.attempted`.
 */
function* refusalsInARow(
  lookup: Lookup,
  client: number,
  nowUs: number,
): Generator<Refusal & { attempt: number }> {
  const { trace, attempts } = lookup;
  if (trace.header?.clients[client]?.transport !== 'websocket') return;
  const table = trace.table('connection.attempted');
  const rows = attempts.of(client);
  for (let i = attempts.countAt(client, nowUs) - 1; i >= 0; i--) {
    const attempt = rows[i] as number;
    const connection = table.get(attempt, COLUMN['connection.attempted'].connection);
    const answer = answerOn(lookup, connection, nowUs);
    if (answer === 'opened') return;
    if (answer !== null) yield { ...answer, attempt };
  }
}

/**
 * Why a WebSocket is not there, in a sentence; '': it is not for being refused. What leaves Upgrade out does so at every
 * attempt; another answer says nothing of the attempts after it.
 */
export function whyRefused(lookup: Lookup, client: number, nowUs = lookup.trace.knownUntilUs): string {
  const refusals = [...refusalsInARow(lookup, client, nowUs)];
  const [last] = refusals;
  if (last === undefined) return '';
  const { trace, attempts } = lookup;
  const newest = attempts.lastAt(client, nowUs);
  if (last.by === '' && last.attempt !== newest) return '';
  const [asked, answer] = [unitRowWords(trace, last.asked), unitRowWords(trace, last.answer)];
  const because =
    last.by === ''
      ? ''
      : `, because ${last.by} ${last.plain < 0 ? WILL_NOT : 'passes it on without Upgrade'}`;
  const same = refusals.findIndex((one) => unitRowWords(trace, one.answer) !== answer);
  const times =
    same < 0 ? plural(refusals.length, 'time') : same === 1 ? 'the last time' : `the last ${same} times`;
  // A status has a name of its own.
  const how = /^\d/.test(answer) ? answer : `with an ${answer}`;
  return `its ${asked} was answered ${how} (${times})${because}`;
}

/** The rule behind it. */
export const termOfRefusal = (why: string): string =>
  why.endsWith('without Upgrade') || why.endsWith(WILL_NOT) ? TERM : '';

const WILL_NOT = 'lets no Upgrade pass';

/** @param moment at which a client's machine was `refused` */
export function sayRefusal(lookup: Lookup, { row, atUs, seq }: Moment): Said {
  const { trace } = lookup;
  const moves = trace.table('machine.moved');
  const client = trace.header?.actors[moves.get(row, MOVED.actor)]?.client ?? -1;
  const [last] = refusalsInARow(lookup, client, atUs);
  const who = sentence(theClient(trace, client));
  const tone = 'loss' as const;
  if (last === undefined)
    return {
      headline: `${who} was refused.`,
      why: '',
      terms: [],
      tone,
      subject: { kind: 'record', seq },
    };
  const answer = unitRowWords(trace, last.answer);
  const next = textAt(trace, moves.get(row, MOVED.to)) === 'stopped' ? GIVES_UP : GOES_ON;
  return {
    headline:
      last.by === '' ? `${who} got no WebSocket, but an ${answer}.` : `${who} got no WebSocket: ${answer}.`,
    why: `${whose(last)}${next}`,
    terms: last.by === '' ? [] : [TERM],
    tone,
    subject: { kind: 'client', client },
  };
}

/** Whose doing it was, in a sentence of its own. */
function whose({ by, plain }: Refusal): string {
  if (by === '') return '';
  return plain < 0
    ? `${sentence(by)} lets nobody speak another protocol, and the server heard nothing of it. `
    : `${sentence(by)} left Upgrade out of the request, so to the server it was a plain GET. `;
}

const GOES_ON = 'Only 101 opens a WebSocket. It fails, and is tried again after a wait.';
const GIVES_UP = 'Only 101 opens a WebSocket. It fails, and is not tried again.';
