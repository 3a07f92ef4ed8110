import { COLUMN } from '../trace.ts';
import { termOfCollecting, whyCollected } from './collected.ts';
import { firstSendings, passageOf } from './copies.ts';
import { spellsFor } from './faults.ts';
import { gaveUp, whyGivenUp } from './gave-up.ts';
import { habitOf, remembers } from './habits.ts';
import type { Lookup } from './lookup.ts';
import { termOfRefusal, whyRefused } from './refusals.ts';
import type { Reason } from './story.ts';
import { channelsOf, isOpen, type Stream } from './streams.ts';
import { neverWritten, notReplayed } from './unwritten.ts';
import type { Dial } from './ways.ts';
import { closeWords, plural } from './words.ts';

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
  const refused = ready < 0 ? whyRefused(lookup, client) : '';
  const collected = ready < 0 ? whyCollected(lookup, client) : '';
  const without =
    ready < 0 ? refused || collected || whyGivenUp({ lookup, client, ...channelsOf(lookup, client) }) : '';
  const early =
    ready < 0
      ? `the client was never ready${without === '' ? '' : `: ${without}`}`
      : 'it was published before the client was ready for the first time';
  return {
    state: 'none',
    text: `${early}, so nobody expects it there`,
    term: termOfRefusal(refused) || termOfCollecting(collected),
  };
}

function whereItIs(lookup: Lookup, message: number, client: number, publishedUs: number): Reason {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const carrier = lookup.carriers(message, client).at(-1);
  if (carrier === undefined) return neverWritten(lookup, message, client, publishedUs);
  const { ways, streams } = channelsOf(lookup, client);
  const connection = units.get(carrier, UNIT.connection);
  const received = lookup.receivedRow(units.get(carrier, UNIT.unit));
  if (received >= 0) {
    const asleep = spellsFor(trace, client, trace.knownUntilUs, trace.knownUntilUs, ['client-sleep']);
    return asleep.length > 0
      ? { state: 'waiting', text: 'it has arrived, and waits until the client wakes up', term: '' }
      : { state: 'lost', text: 'it arrived after the client had given that request up', term: '' };
  }
  const dial = ways.find((one) => one.connection === connection);
  if (dial !== undefined && dial.closedUs >= 0) {
    const how =
      dial.closedReason === 'unreachable'
        ? 'the client changed or left its network'
        : closeWords(dial.closedReason);
    const what = `the connection that carried it ended before it arrived (${how})`;
    return afterTheEnd({ lookup, client, carrier, dial, ways, streams }, what, publishedUs);
  }
  return onItsWay(lookup, client, carrier);
}

/** A message was written to a client (row of `unit.sent`) on a connection that is over. */
interface CutOff {
  lookup: Lookup;
  client: number;
  carrier: number;
  dial: Dial;
  ways: readonly Dial[];
  streams: readonly Stream[];
}

/** Whether it will be sent once more. */
function afterTheEnd(cut: CutOff, what: string, publishedUs: number): Reason {
  const { lookup, client, dial } = cut;
  if (isNext(cut))
    return {
      state: 'waiting',
      text: `${what}; the server comes to the connection that is there now next`,
      term: '',
    };
  if (!remembers(lookup, client))
    return {
      state: 'lost',
      text: `lost: ${what}, and a WebSocket keeps no memory of what was sent`,
      term: 'no memory',
      atUs: dial.closedUs,
      seq: dial.closedSeq,
    };
  if (cameBack(cut)) return notReplayed(lookup, client, publishedUs, what);
  return (
    gaveUp(cut, what) ?? {
      state: 'waiting',
      text: `${what}; it waits at the server until the client is back`,
      term: habitOf(lookup.trace, client).term,
    }
  );
}

/** Whether the server has answered a client on a newer connection; one that asks each time is told more at its next request. */
function cameBack({ lookup, client, dial: { row }, ways, streams }: CutOff): boolean {
  if (habitOf(lookup.trace, client).asks)
    return ways.some((one) => one.row > row && one.securedUs >= 0 && one.closedUs < 0);
  return streams.some(({ dial, endUs }) => dial.row > row && endUs < 0);
}

/** Whether the server that wrote had another stream of the client's then: it writes on one after the other. */
function isNext({ lookup, carrier, dial, streams }: CutOff): boolean {
  const writtenUs = lookup.trace.table('unit.sent').atUs(carrier);
  const server = lookup.servedBy(dial.connection, writtenUs);
  return streams.some(
    (stream) =>
      stream.dial.connection !== dial.connection &&
      stream.fromUs <= writtenUs &&
      lookup.servedBy(stream.dial.connection, stream.fromUs) === server &&
      isOpen(lookup, stream),
  );
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
