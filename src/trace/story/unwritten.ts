import { COLUMN } from '../trace.ts';
import { endedFor, handedUs, isLinked } from './across-hop.ts';
import { spellsFor, spellsOf } from './faults.ts';
import { gaveUp } from './gave-up.ts';
import { habitOf, remembers } from './habits.ts';
import type { Lookup } from './lookup.ts';
import { decidedUs, isElsewhere, isWatched, onlyServer } from './passing.ts';
import type { Reason } from './story.ts';
import { channelsOf, isOpen, type Stream } from './streams.ts';
import { awaitsThread } from './threads.ts';
import type { Dial } from './ways.ts';
import { closeWords, serverName, time } from './words.ts';

const ROOM = COLUMN['message.published'].room;

/** What a client has had to get at updates on, and when it was decided about one of them (-1: not yet). */
interface Sight {
  lookup: Lookup;
  message: number;
  client: number;
  publishedUs: number;
  decidedUs: number;
  ways: readonly Dial[];
  streams: readonly Stream[];
  /** The one that was there when it was decided. */
  stream: Stream | undefined;
  /** The server that the client came to last; -1: none. */
  server: number;
}

/** Why no server has written a message to a client. @param publishedUs when it was accepted */
export function neverWritten(lookup: Lookup, message: number, client: number, publishedUs: number): Reason {
  const sight = sightOf(lookup, message, client, publishedUs);
  const then = thenAt(sight);
  return (
    (then === sight.server ? null : endedFor(lookup, message, then)) ??
    endedAtLast(sight) ??
    elsewhere(sight, then) ??
    gaveUp(sight, '') ??
    notThere(sight) ??
    atTheServer(sight)
  );
}

/** The server from which a client was to have a message that none has written to it; -1: none. */
export function awaitedFrom(lookup: Lookup, message: number, client: number, publishedUs: number): number {
  const sight = sightOf(lookup, message, client, publishedUs);
  const then = thenAt(sight);
  return endedFor(lookup, message, then) === null ? sight.server : then;
}

/** It is at a server that shares nothing with the client's. @param then the server that was to push it */
function elsewhere({ lookup, message, client, server }: Sight, then: number): Reason | null {
  const only = onlyServer(lookup, message);
  if (only < 0 || server < 0 || only === server || only === then) return null;
  const { trace } = lookup;
  const text = `it went to ${serverName(trace, only)}, and nothing carries it to ${serverName(trace, server)}, where the client is`;
  if (remembers(lookup, client)) return { state: 'waiting', text, term: '' };
  return { state: 'lost', text: `lost: ${text}`, term: '' };
}

/** Its end on the way to the server that the client came to last. */
function endedAtLast(sight: Sight): Reason | null {
  const { lookup, message, client, server } = sight;
  const ended = endedFor(lookup, message, server);
  const mayCome = remembers(lookup, client) && !isBack(sight) && isElsewhere(lookup, message, server);
  if (ended === null || !mayCome) return ended;
  const text = `${ended.text.replace(/^lost: /, '')}; another server has it, and the client may come there`;
  return { state: 'waiting', text, term: habitOf(lookup.trace, client).term };
}

/** Whether a client that is pushed to has a stream. */
const isBack = ({ lookup, streams }: Sight): boolean => streams.some((one) => isOpen(lookup, one));

/** The server that was to push it when it was decided, where there is no second chance; else the client's last. */
const thenAt = ({ lookup, client, server, stream }: Sight): number =>
  stream === undefined || remembers(lookup, client)
    ? server
    : lookup.servedBy(stream.dial.connection, stream.fromUs);

function sightOf(lookup: Lookup, message: number, client: number, publishedUs: number): Sight {
  const { ways, streams } = channelsOf(lookup, client);
  const last = ways.at(-1)?.connection ?? 0;
  const pushed = streams.findLast(({ dial }) => dial.connection === last);
  const server = lookup.servedBy(last, pushed?.fromUs);
  const atUs = decidedUs(lookup, message, server);
  const stream = streams.findLast(({ fromUs, endUs }) => fromUs <= atUs && (endUs < 0 || endUs > atUs));
  return { lookup, message, client, publishedUs, decidedUs: atUs, ways, streams, stream, server };
}

/** The server that the client came to last has not had it; null: it has, or there is none. */
function notThere(sight: Sight): Reason | null {
  const { lookup, message, decidedUs, server } = sight;
  const { trace } = lookup;
  const name = server < 0 ? 'a server' : serverName(trace, server);
  if (decidedUs >= 0) {
    if (!isLinked(trace) || server < 0 || handedUs(lookup, message, server) >= 0) return null;
    const room = trace.table('message.published').get(lookup.publishedRow(message), ROOM);
    if (!isWatched(trace, server, room, decidedUs)) return passedBy(sight, name);
  }
  return { state: 'waiting', text: `it is on its way to ${name}, which has not had it yet`, term: '' };
}

/** It was sent to servers when that of the client wanted none of it. */
function passedBy(sight: Sight, name: string): Reason | null {
  const { lookup, client, decidedUs } = sight;
  const { asks, term } = habitOf(lookup.trace, client);
  const what = `nobody watched its room at ${name} when it passed`;
  if (asks) return { state: 'waiting', text: `${what}, which the client asked last`, term };
  // Who has no memory missed it already by not being there; who has one may come to another server yet.
  if (!remembers(lookup, client) || !isBack(sight)) return null;
  return { state: 'lost', text: `lost: ${what}, and the client came there later`, term: '', atUs: decidedUs };
}

function atTheServer(sight: Sight): Reason {
  const { lookup, client, publishedUs, streams, stream } = sight;
  const { trace } = lookup;
  const habit = habitOf(trace, client);
  const now = trace.knownUntilUs;
  const paused = spellsFor(trace, client, now, now, ['server-pause']);
  if (paused.length > 0)
    return { state: 'waiting', text: 'the server is paused: nothing is written', term: '' };
  if (awaitsThread(lookup, client) && (habit.asks || remembers(lookup, client)))
    return {
      state: 'waiting',
      text: `it waits at the server, and so does the client’s ${habit.request}: no thread is free`,
      term: 'thread per request',
    };
  if (habit.asks) return untilAsked(sight);
  if (stream !== undefined && stream.endUs < 0) return sessionGone(sight, stream);
  const what = stream === undefined ? absence(sight) : cutOff(sight, stream);
  if (!remembers(lookup, client))
    return {
      state: 'lost',
      text: `lost: ${what}; a WebSocket keeps no memory`,
      term: 'no memory',
      atUs: sight.decidedUs,
    };
  const back = streams.some(({ fromUs, endUs }) => fromUs > sight.decidedUs && endUs < 0);
  if (back) return notReplayed(lookup, client, publishedUs, what);
  return { state: 'waiting', text: `${what}; it waits at the server until it is back`, term: habit.term };
}

function untilAsked({ lookup, client, publishedUs, ways }: Sight): Reason {
  const { trace } = lookup;
  const habit = habitOf(trace, client);
  const now = trace.knownUntilUs;
  if (spellsFor(trace, client, now, now, ['client-sleep']).length > 0)
    return { state: 'waiting', text: 'the client is asleep and does not ask', term: habit.term };
  const forgotten = forgottenAt(lookup, publishedUs);
  if (forgotten !== '') return { state: 'lost', text: `lost: ${forgotten}`, term: 'replay buffer' };
  const open = ways.at(-1);
  const away = open === undefined || (open.closedUs >= 0 && open.closedReason !== 'finished');
  return {
    state: 'waiting',
    text: `it waits at the server for ${habit.waitsFor}${away ? '; the client has no connection' : ''}`,
    term: habit.term,
  };
}

/** Nothing could be pushed on when the server had it. */
function absence({ lookup, client, publishedUs, decidedUs, ways }: Sight): string {
  const opening = ways.some(
    ({ atUs, closedUs }) => atUs <= decidedUs && (closedUs < 0 || closedUs > decidedUs),
  );
  if (opening) return `it came before the client’s ${habitOf(lookup.trace, client).request} was answered`;
  const last = ways.findLast(({ closedUs }) => closedUs >= 0 && closedUs <= decidedUs);
  const since =
    last === undefined
      ? ''
      : ` (the last one, ${time(decidedUs - last.closedUs)} before: ${closeWords(last.closedReason)})`;
  const came = decidedUs === publishedUs ? 'was published' : 'came';
  return `it ${came} while the client had no connection${since}`;
}

/** There was a stream, and it ended before anything of this was written to it. */
function cutOff({ lookup, decidedUs }: Sight, { dial, endUs }: Stream): string {
  const closedUs = serverClosedUs(lookup, dial);
  return closedUs >= 0 && closedUs <= decidedUs
    ? `the server had ended the connection, which the client noticed ${time(endUs - decidedUs)} later`
    : `the connection ended before the server wrote it (${closeWords(dial.closedReason)})`;
}

/** When the other end of a connection closed it, µs; -1: it has not. */
function serverClosedUs(lookup: Lookup, { connection }: Dial): number {
  const row = lookup.closedRow(connection, 1);
  return row < 0 ? -1 : lookup.trace.table('connection.closed').atUs(row);
}

/** The client believes in a connection that the server does not have any more, or the server has not come to it. */
function sessionGone({ lookup, client, publishedUs, decidedUs }: Sight, { dial }: Stream): Reason {
  const { trace } = lookup;
  const closedUs = serverClosedUs(lookup, dial);
  if (closedUs >= 0 && closedUs <= decidedUs)
    return {
      state: 'waiting',
      text: 'the server had ended the connection, and the client has not noticed yet',
      term: 'half-open connection',
    };
  const rooms = trace.header?.clients[client]?.rooms.length ?? 1;
  if (rooms > 6)
    return {
      state: 'waiting',
      text: 'the stream of this room waits for one of the six connections of the browser',
      term: 'six connections',
    };
  return {
    state: 'waiting',
    text: `the server has not come to it: ${time(trace.knownUntilUs - publishedUs)} so far`,
    term: '',
  };
}

/** The client came back and did not get it. @param what had become of it before */
export function notReplayed(lookup: Lookup, client: number, publishedUs: number, what: string): Reason {
  const forgotten = forgottenAt(lookup, publishedUs);
  if (forgotten !== '') return { state: 'lost', text: `lost: ${what}; ${forgotten}`, term: 'replay buffer' };
  const rooms = lookup.trace.header?.clients[client]?.rooms.length ?? 1;
  return {
    state: rooms > 6 ? 'waiting' : 'lost',
    text:
      rooms > 6
        ? `${what}; the stream of this room waits for one of the browser’s six connections`
        : `lost: ${what}, and the server’s replay buffer did not have it any more`,
    term: rooms > 6 ? 'six connections' : 'replay buffer',
  };
}

/** Whether a crash since then may have taken the server's memory with it. */
function forgottenAt(lookup: Lookup, publishedUs: number): string {
  const crash = spellsOf(lookup.trace).find(
    ({ kind, fromUs }) => kind === 'server-crash' && fromUs >= publishedUs,
  );
  return crash === undefined ? '' : 'the server crashed, and its replay buffer with it';
}
