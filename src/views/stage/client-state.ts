import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { actorsOfClient } from '../reading/actors.ts';
import { activeFaults, concernsClient, type Fault } from '../reading/faults.ts';
import { textOf } from '../reading/messages.ts';
import { readingOf } from '../reading/reading.ts';
import { wordFor } from '../reading/words.ts';
import { duration, waitSeconds } from '../readout/units.ts';
import { leftOf } from './host-state.ts';
import { type OpenRequest, openRequest } from './request.ts';
import { serverOfClient } from './server-of.ts';
import { type RunningTimer, runningTimers } from './timers.ts';

const MOVED = COLUMN['machine.moved'];
const DELIVERED = COLUMN['message.delivered'];
const HELD = COLUMN['stream.held'];
const SENT = COLUMN['packet.sent'];
const UNIT = COLUMN['unit.sent'];
const ATTEMPT = COLUMN['connection.attempted'];

/** The one thing that a card says about its client now. */
export interface Fact {
  /** `loss`: because of a loss; `wait`: something is due, and `left` says how much of the wait is left, 1 to 0. */
  kind: 'plain' | 'wait' | 'loss' | 'off';
  text: string;
  left: number;
}

export interface ClientState {
  /** The last characters it shows. */
  text: string;
  /** Whether there is more text before them. */
  more: boolean;
  fact: Fact;
  /** Segments that wait in its kernel for one before them. */
  held: number;
  /** Whether it has a connection. */
  open: boolean;
  /** The server it is, or was last, connected to. */
  server: number;
  /** When it last got a message, µs; -1: never. */
  deliveredUs: number;
}

/** Characters of its text that a card shows where it has room for them. */
export const TEXT_LENGTH = 8;

/** What a client's card shows at a time. @param characters of its text, at most */
export function clientState(
  trace: Trace,
  header: TraceHeader,
  client: number,
  nowUs: number,
  characters = TEXT_LENGTH,
): ClientState {
  const reading = readingOf(trace);
  const deliveredRow = reading.delivered.lastAt(client, nowUs);
  return {
    ...shownText(trace, client, nowUs, characters),
    held: heldSegments(trace, client, nowUs),
    fact: factOf(trace, header, client, nowUs),
    open: reading.openAt('client', client, nowUs) > 0,
    server: serverOfClient(trace, client, nowUs),
    deliveredUs: deliveredRow < 0 ? -1 : trace.table('message.delivered').atUs(deliveredRow),
  };
}

/** The end of what a client's application got, in the order in which it got it. */
export function shownText(trace: Trace, client: number, nowUs: number, most = TEXT_LENGTH) {
  const { delivered } = readingOf(trace);
  const table = trace.table('message.delivered');
  const rows = delivered.of(client);
  let text = '';
  let i = delivered.countAt(client, nowUs) - 1;
  for (; i >= 0 && text.length <= most; i--) {
    text = textOf(trace, table.get(rows[i] as number, DELIVERED.message)) + text;
  }
  return { text: text.slice(-most), more: text.length > most || i >= 0 };
}

/** Segments that a client's kernel holds because one before them is missing. */
export function heldSegments(trace: Trace, client: number, nowUs: number): number {
  const reading = readingOf(trace);
  const attempted = trace.table('connection.attempted');
  const held = trace.table('stream.held');
  const attempts = reading.attempts.of(client);
  const count = reading.attempts.countAt(client, nowUs);
  let segments = 0;
  // Its newest connections: a browser has six to an origin, and a WebSocket beside them.
  for (let i = count - 1; i >= Math.max(0, count - 7); i--) {
    const connection = attempted.get(attempts[i] as number, ATTEMPT.connection);
    const row = reading.heldDown.lastAt(connection, nowUs);
    if (row >= 0) segments = Math.max(segments, held.get(row, HELD.segments));
  }
  return segments;
}

/** Faults that say more of a client than anything else. */
const OUT_OF_ACTION: Record<string, string> = {
  'client-disconnect': 'off the network',
  'client-sleep': 'tab asleep',
};

function factOf(trace: Trace, header: TraceHeader, client: number, nowUs: number): Fact {
  for (const index of activeFaults(trace, nowUs)) {
    const fault = header.faults[index];
    const word = fault && OUT_OF_ACTION[fault.kind];
    if (word === undefined || !concernsClient(trace, fault as Fault, client)) continue;
    return { kind: 'off', text: `${word}${leftOf(fault as Fault, header, nowUs)}`, left: 0 };
  }
  const held = heldSegments(trace, client, nowUs);
  if (held > 0) return { kind: 'loss', text: `${held} held behind a loss`, left: 0 };
  const actors = actorsOfClient(header, client);
  const state = lastMove(trace, actors, nowUs);
  if (state === null) return { kind: 'off', text: 'not started', left: 0 };
  const timer = actors.flatMap((actor) => runningTimers(trace, actor, nowUs))[0];
  return stateFact(trace, header, client, nowUs, state, timer);
}

/** The state that one of these machines went into last, and when. */
function lastMove(trace: Trace, actors: readonly number[], nowUs: number) {
  const { moved } = readingOf(trace);
  const table = trace.table('machine.moved');
  const row = Math.max(-1, ...actors.map((actor) => moved.lastAt(actor, nowUs)));
  if (row < 0) return null;
  const text = (column: number) => trace.strings[table.get(row, column)] ?? '';
  return { key: text(MOVED.to), event: text(MOVED.event), sinceUs: table.atUs(row) };
}

/** In these states nothing is waited for; how the last update fared says more than how long they have lasted. */
const RESTING = /^(open|streaming|stream|established|connected|ready|active|subscribed)$/;
/** In this state a server keeps a request until it has something to answer it with. */
const HELD_STATE = /(^|\.)held$/;
/** Here it is over, and how long it has been says nothing. */
const OVER = /^(off|stopped|closed|done)$/;
/** Longer waits than this are a background duty (a keep-alive ping), not what the client is waiting for. */
const LONGEST_WAIT_US = 60_000_000;
/** A packet that is on its way for longer than this is in trouble, and its age is worth saying. */
const LONG_TRIP_US = 400_000;

function stateFact(
  trace: Trace,
  header: TraceHeader,
  client: number,
  nowUs: number,
  state: { key: string; event: string; sinceUs: number },
  timer: RunningTimer | undefined,
): Fact {
  const word = stateWord(header, state.key);
  if (RESTING.test(word)) return { kind: 'plain', text: restingText(trace, client, nowUs, word), left: 0 };
  if (OVER.test(word)) return { kind: 'off', text: word === 'off' ? 'not started' : word, left: 0 };
  const opening = lookupText(trace, client, nowUs) || openingText(trace, client, nowUs);
  if (opening !== '') return { kind: 'plain', text: opening, left: 0 };
  const request = openRequest(trace, header, client, nowUs);
  if (request) return { kind: 'plain', text: requestText(trace, client, request, nowUs), left: 0 };
  if (timer && timer.dueUs - timer.startedUs <= LONGEST_WAIT_US) {
    const { text, ...wait } = waitFact(header, word, timer, nowUs);
    const answer = state.event === 'refused' ? `${statusOf(trace, header, client, nowUs)}, ` : '';
    return { ...wait, text: answer === '' ? text : answer + text.replace('trying ', '') };
  }
  return { kind: 'plain', text: `${word} ${waitSeconds(nowUs - state.sinceUs)}`, left: 0 };
}

/** "426", what a client was answered last, or "refused" where that has no number. */
function statusOf(trace: Trace, header: TraceHeader, client: number, nowUs: number): string {
  const { units } = readingOf(trace);
  const row = units.lastAt(client, nowUs);
  const word = wordFor(header, trace.strings[trace.table('unit.sent').get(row, UNIT.what)] ?? '');
  return /^\d{3}/.exec(word)?.[0] ?? 'refused';
}

/** A state by its vocabulary, else by the last part of its path that says something: `open.idle` is "open". */
function stateWord(header: TraceHeader, key: string): string {
  const known = header.vocabulary[key]?.label;
  if (known !== undefined) return known;
  const path = key.split('.').filter((part) => part !== 'idle');
  return wordFor(header, path.at(-1) ?? key);
}

function restingText(trace: Trace, client: number, nowUs: number, word: string): string {
  const latest = readingOf(trace).delivered.lastAt(client, nowUs);
  if (latest < 0) return word;
  return `${word} · last ${duration(trace.table('message.delivered').get(latest, DELIVERED.latencyUs))}`;
}

/** For how long a name has been asked for in vain; '' where none is, or only for as long as it usually takes. */
function lookupText(trace: Trace, client: number, nowUs: number): string {
  const { queries, names } = readingOf(trace);
  const packets = trace.table('packet.sent');
  const rows = queries.of(client);
  let at = queries.countAt(client, nowUs) - 1;
  while (at > 0 && packets.get(rows[at] as number, SENT.why) > 0) at--;
  if (at < 0) return '';
  const askedUs = packets.atUs(rows[at] as number);
  const answered = names.lastAt(client, nowUs);
  if (
    nowUs - askedUs <= LONG_TRIP_US ||
    (answered >= 0 && trace.table('name.resolved').atUs(answered) >= askedUs)
  )
    return '';
  return `DNS lookup ${waitSeconds(nowUs - askedUs)}`;
}

/** How far the newest connection has got on its way to a first request; '' once that is sent, or all is over. */
function openingText(trace: Trace, client: number, nowUs: number): string {
  const reading = readingOf(trace);
  const attempted = trace.table('connection.attempted');
  const row = reading.attempts.lastAt(client, nowUs);
  if (row < 0) return '';
  const connection = attempted.get(row, ATTEMPT.connection);
  if (reading.closedAtClient.countAt(connection, nowUs) > 0) return '';
  const established = reading.establishedAtClient.lastAt(connection, nowUs);
  if (established < 0) return `connecting ${waitSeconds(nowUs - attempted.atUs(row))}`;
  if (reading.secured.countAt(connection, nowUs) > 0 || !usesTls(trace)) return '';
  return `TLS handshake ${waitSeconds(nowUs - trace.table('connection.established').atUs(established))}`;
}

/** Whether anything in this run was ever secured. */
const usesTls = (trace: Trace): boolean => trace.table('connection.secured').length > 0;

function requestText(
  trace: Trace,
  client: number,
  { where, what, sinceUs, state }: OpenRequest,
  nowUs: number,
): string {
  const header = trace.header as TraceHeader;
  const ageUs = nowUs - sinceUs;
  if (where === 'server') {
    const row = readingOf(trace).threadOf.lastAt(client, nowUs);
    const waits = row >= 0 && trace.record('thread.changed', row).state === 'waits';
    return `${waits ? 'no thread' : atServer(header, state)} ${waitSeconds(ageUs)}`;
  }
  const age = ageUs > LONG_TRIP_US ? ` ${waitSeconds(ageUs)}` : '';
  if (where === 'up') return `${wordFor(header, what)} sent${age}`;
  return `${header.vocabulary[what]?.role === 'response' ? 'answer' : wordFor(header, what)} coming${age}`;
}

/** What a server does with a request whose answer has not come: it may have been begun, and be held up on its way. */
function atServer(header: TraceHeader, state: string): string {
  if (HELD_STATE.test(state)) return 'request held';
  const word = state === '' ? '' : stateWord(header, state);
  return RESTING.test(word) ? `${word}, unheard` : 'no answer yet';
}

function waitFact(header: TraceHeader, word: string, timer: RunningTimer, nowUs: number): Fact {
  // A pause is named by what comes after it: "pause before next poll" leaves "next poll in 0.8 s".
  const name = wordFor(header, timer.key).replace(/^(pause|wait|delay) (before|until) /, '');
  const next = word === 'waiting' && !name.startsWith('next ') ? 'trying again' : name;
  const left = (timer.dueUs - nowUs) / (timer.dueUs - timer.startedUs);
  return { kind: 'wait', text: `${next} in ${waitSeconds(timer.dueUs - nowUs)}`, left };
}
