import { COLUMN } from '../trace.ts';
import { missingIn } from './across-hop.ts';
import { firstSendings, passageOf } from './copies.ts';
import { spellsFor, spellsOf } from './faults.ts';
import { habitOf, remembers } from './habits.ts';
import type { Lookup } from './lookup.ts';
import type { Reason } from './story.ts';
import { type Dial, dialsOf } from './ways.ts';
import { closeWords, plural, time } from './words.ts';

const UNIT = COLUMN['unit.sent'];

/** @param publishedUs when the message was accepted */
export function reasonOf(lookup: Lookup, message: number, client: number, publishedUs: number): Reason {
  const { trace } = lookup;
  const room = trace
    .table('message.published')
    .get(lookup.publishedRow(message), COLUMN['message.published'].room);
  if (!trace.header?.clients[client]?.rooms.includes(room))
    return { state: 'none', text: 'this client does not watch that room', term: '' };
  const ready = lookup.readyRow(client);
  const readyUs = ready < 0 ? Number.POSITIVE_INFINITY : trace.table('client.ready').atUs(ready);
  const reason = whereItIs(lookup, message, client, publishedUs);
  if (readyUs <= publishedUs) return reason;
  const early =
    ready < 0
      ? 'the client was never ready'
      : 'it was published before the client was ready for the first time';
  return { state: 'none', text: `${early}, so nobody expects it there`, term: '' };
}

function whereItIs(lookup: Lookup, message: number, client: number, publishedUs: number): Reason {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const dials = dialsOf(lookup, client);
  const carrier = lookup.carriers(message, client).at(-1);
  if (carrier === undefined) {
    const server = lookup.serverOf(dials.at(-1)?.connection ?? 0);
    return missingIn(lookup, message, server) ?? neverWritten(lookup, client, publishedUs, dials);
  }
  const connection = units.get(carrier, UNIT.connection);
  const received = lookup.receivedRow(units.get(carrier, UNIT.unit));
  if (received >= 0) {
    const asleep = spellsFor(trace, client, trace.knownUntilUs, trace.knownUntilUs, ['client-sleep']);
    return asleep.length > 0
      ? { state: 'waiting', text: 'it has arrived, and waits until the client wakes up', term: '' }
      : { state: 'lost', text: 'it arrived after the client had given that request up', term: '' };
  }
  const dial = dials.find((one) => one.connection === connection);
  if (dial !== undefined && dial.closedUs >= 0) {
    const how =
      dial.closedReason === 'unreachable'
        ? 'the client changed or left its network'
        : closeWords(dial.closedReason);
    const what = `the connection that carried it ended before it arrived (${how})`;
    return afterTheEnd(lookup, client, dial, dials, what, publishedUs);
  }
  return onItsWay(lookup, client, carrier);
}

/** The connection it was written to is gone: whether it will be sent once more. */
function afterTheEnd(
  lookup: Lookup,
  client: number,
  dial: Dial,
  dials: readonly Dial[],
  what: string,
  publishedUs: number,
): Reason {
  if (!remembers(lookup, client))
    return {
      state: 'lost',
      text: `lost: ${what}, and a WebSocket keeps no memory of what was sent`,
      term: 'no memory',
      atUs: dial.closedUs,
      seq: dial.closedSeq,
    };
  const next = dials.find((one) => one.row > dial.row && one.securedUs >= 0 && one.closedUs < 0);
  if (next !== undefined) return notReplayed(lookup, client, publishedUs, what);
  return {
    state: 'waiting',
    text: `${what}; it waits at the server until the client is back`,
    term: habitOf(lookup.trace, client).term,
  };
}

function onItsWay(lookup: Lookup, client: number, carrier: number): Reason {
  const { trace } = lookup;
  const now = trace.knownUntilUs;
  if (firstSendings(lookup, carrier).length === 0)
    return {
      state: 'waiting',
      text: 'it waits in the server’s send queue: the window is full',
      term: 'congestion window',
    };
  const { copies, by } = passageOf(lookup, carrier, now);
  const down = spellsFor(trace, client, now, now, ['link-down']);
  const lost = copies.filter((copy) => copy.lost).length;
  if (by !== null && by.endUs <= now)
    return {
      state: 'waiting',
      text: 'it has arrived, and is held: something before it is still missing',
      term: 'head-of-line blocking',
    };
  if (lost > 0)
    return {
      state: 'waiting',
      text: `${plural(lost, 'copy was', 'copies were')} lost; it waits for the next retransmission${
        down.length > 0 ? ', and the link is still down' : ''
      }`,
      term: 'RTO',
    };
  return { state: 'waiting', text: 'it is still on its way', term: '' };
}

/** The server never wrote it to this client. */
function neverWritten(lookup: Lookup, client: number, publishedUs: number, dials: readonly Dial[]): Reason {
  const { trace } = lookup;
  const habit = habitOf(trace, client);
  const now = trace.knownUntilUs;
  const paused = spellsFor(trace, client, now, now, ['server-pause']);
  if (paused.length > 0)
    return { state: 'waiting', text: 'the server is paused: nothing is written', term: '' };
  const asleep = spellsFor(trace, client, now, now, ['client-sleep']);
  if (habit.asks) {
    const open = dials.at(-1);
    if (asleep.length > 0)
      return { state: 'waiting', text: 'the client is asleep and does not ask', term: habit.term };
    const forgotten = forgottenAt(lookup, publishedUs);
    if (forgotten !== '') return { state: 'lost', text: forgotten, term: 'replay buffer' };
    const away = open === undefined || (open.closedUs >= 0 && open.closedReason !== 'finished');
    return {
      state: 'waiting',
      text: `it waits at the server for ${habit.waitsFor}${away ? '; the client has no connection' : ''}`,
      term: habit.term,
    };
  }
  const open = dials.find(
    (dial) => dial.establishedUs >= 0 && dial.establishedUs <= publishedUs && dial.closedUs < 0,
  );
  if (open !== undefined) return sessionGone(lookup, client, open, publishedUs, now);
  const last = dials.findLast((dial) => dial.closedUs >= 0 && dial.closedUs <= publishedUs);
  const since =
    last === undefined
      ? ''
      : ` (the last one, ${time(publishedUs - last.closedUs)} before: ${closeWords(last.closedReason)})`;
  const what = `it was published while the client had no connection${since}`;
  if (!remembers(lookup, client))
    return {
      state: 'lost',
      text: `lost: ${what}; a WebSocket keeps no memory`,
      term: 'no memory',
      atUs: publishedUs,
    };
  const back = dials.findLast((dial) => dial.securedUs > publishedUs && dial.closedUs < 0);
  if (back !== undefined) return notReplayed(lookup, client, publishedUs, what);
  return { state: 'waiting', text: `${what}; it waits at the server until it is back`, term: habit.term };
}

/** The client believes in a connection that the server does not have any more, or the server has not come to it. */
function sessionGone(lookup: Lookup, client: number, open: Dial, publishedUs: number, now: number): Reason {
  const { trace } = lookup;
  const closed = lookup.closedRow(open.connection, 1);
  if (closed >= 0 && trace.table('connection.closed').atUs(closed) <= publishedUs)
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
    text: `the server has not come to it: ${time(now - publishedUs)} so far`,
    term: '',
  };
}

/** The client came back and did not get it. */
function notReplayed(lookup: Lookup, client: number, publishedUs: number, what: string): Reason {
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
