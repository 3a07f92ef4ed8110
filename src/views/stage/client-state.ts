import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { activeFaults, concernsClient } from '../reading/faults.ts';
import { textOf } from '../reading/messages.ts';
import { readingOf } from '../reading/reading.ts';
import { wordFor } from '../reading/words.ts';
import { duration, waitSeconds } from '../readout/units.ts';
import { actorsOfClient } from './actors.ts';
import { type RunningTimer, runningTimers } from './timers.ts';

const MOVED = COLUMN['machine.moved'];
const DELIVERED = COLUMN['message.delivered'];
const HELD = COLUMN['stream.held'];
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
  /** Whether it has a connection. */
  open: boolean;
  /** The server it is, or was last, connected to. */
  server: number;
  /** When it last got a message, µs; -1: never. */
  deliveredUs: number;
}

/** Characters of its text that a card shows. */
const TEXT_LENGTH = 8;

/** What a client's card shows at a time. */
export function clientState(trace: Trace, header: TraceHeader, client: number, nowUs: number): ClientState {
  const reading = readingOf(trace);
  const attempt = reading.attempts.lastAt(client, nowUs);
  const attempted = trace.table('connection.attempted');
  const deliveredRow = reading.delivered.lastAt(client, nowUs);
  return {
    ...shownText(trace, client, nowUs),
    fact: factOf(trace, header, client, nowUs),
    open: reading.openAt('client', client, nowUs) > 0,
    server: attempt < 0 ? 0 : Math.max(0, attempted.get(attempt, ATTEMPT.server)),
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

function factOf(trace: Trace, header: TraceHeader, client: number, nowUs: number): Fact {
  const held = heldSegments(trace, client, nowUs);
  if (held > 0) return { kind: 'loss', text: `${held} held behind a loss`, left: 0 };
  const sleeping = activeFaults(trace, nowUs).some((index) => {
    const fault = header.faults[index];
    return fault?.kind === 'client-sleep' && concernsClient(trace, fault, client);
  });
  if (sleeping) return { kind: 'off', text: 'asleep', left: 0 };
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
  return row < 0 ? null : { key: trace.strings[table.get(row, MOVED.to)] ?? '', sinceUs: table.atUs(row) };
}

/** In these states nothing is waited for; how the last update fared says more than how long they have lasted. */
const RESTING = /^(open|streaming|stream|established|connected|ready|active|subscribed)\b/;
/** Longer waits than this are a background duty (a keep-alive ping), not what the client is waiting for. */
const LONGEST_WAIT_US = 12_000_000;

/** A state by its vocabulary, else by the last part of its path: `clocked.requesting` is "requesting". */
function stateWord(header: TraceHeader, key: string): string {
  const path = header.vocabulary[key]?.label;
  return path ?? wordFor(header, key.slice(key.lastIndexOf('.') + 1));
}

function stateFact(
  trace: Trace,
  header: TraceHeader,
  client: number,
  nowUs: number,
  state: { key: string; sinceUs: number },
  timer: RunningTimer | undefined,
): Fact {
  const word = stateWord(header, state.key);
  const resting = RESTING.test(word);
  if (timer && !resting && timer.dueUs - timer.startedUs <= LONGEST_WAIT_US) {
    // A pause is named by what comes after it: "pause before next poll" leaves "next poll in 0.8 s".
    const next = wordFor(header, timer.key).replace(/^(pause|wait|delay) (before|until) /, '');
    const text = `${next} in ${waitSeconds(timer.dueUs - nowUs)}`;
    return { kind: 'wait', text, left: (timer.dueUs - nowUs) / (timer.dueUs - timer.startedUs) };
  }
  if (!resting) return { kind: 'plain', text: `${word} ${waitSeconds(nowUs - state.sinceUs)}`, left: 0 };
  const latest = readingOf(trace).delivered.lastAt(client, nowUs);
  if (latest < 0) return { kind: 'plain', text: word, left: 0 };
  const latencyUs = trace.table('message.delivered').get(latest, DELIVERED.latencyUs);
  return { kind: 'plain', text: `${word} · last ${duration(latencyUs)}`, left: 0 };
}
