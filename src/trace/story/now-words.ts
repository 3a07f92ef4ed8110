import { PACKET } from '../kinds.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { contentOf } from './blocker.ts';
import { arrivalsAt } from './delivery-steps.ts';
import { sayFault } from './fault-words.ts';
import { atFault } from './faults.ts';
import { equation } from './figures.ts';
import { habitOf, remembers } from './habits.ts';
import { HOP } from './hop-legs.ts';
import { type Lookup, lookupOf, way } from './lookup.ts';
import type { Moment } from './moments.ts';
import { sayOfClient } from './now-client.ts';
import { sayOfHop } from './now-hop.ts';
import { type Arrival, arrivalOf, partsOf } from './parts.ts';
import { READY_TERMS, readinessParts } from './readiness.ts';
import { sayRefusal } from './refusals.ts';
import { lossWords, termOfWhy, WHY } from './resend-words.ts';
import type { Said, Subject } from './story.ts';
import { clientName, closeWords, list, messageName, sentence, serverName, theClient, time } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** Says in two sentences what happened, and why it matters. */
export function say(trace: Trace, moment: Moment): Said {
  const lookup = lookupOf(trace);
  const ofOthers = sayOfHop(lookup, moment) ?? sayOfClient(lookup, moment);
  if (ofOthers !== null) return ofOthers;
  switch (moment.kind) {
    case 'fault':
    case 'faultOver':
      return sayFault(trace, moment);
    case 'loss':
      return loss(lookup, moment);
    case 'resent':
      return resent(lookup, moment);
    case 'held':
    case 'released':
      return held(lookup, moment);
    case 'closed':
    case 'opened':
      return connection(lookup, moment);
    case 'denied':
      return sayRefusal(lookup, moment);
    case 'ready':
      return ready(lookup, moment);
    case 'refused':
      return {
        headline: 'An update found no server.',
        why: 'The source does not keep what nobody takes: no client will ever get it.',
        terms: [],
        tone: 'loss',
        subject: { kind: 'record', seq: moment.seq },
      };
    default:
      return delivery(lookup, moment);
  }
}

function loss(lookup: Lookup, { row, seq }: Moment): Said {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const what = packets.get(row, SENT.what);
  const link = packets.get(row, SENT.link);
  const client = lookup.clientOfPacket(row);
  const down = (link & 1) === 1;
  const reason =
    packets.get(row, SENT.reason) === 0 ? '' : (trace.strings[packets.get(row, SENT.reason)] ?? '');
  const cause = lossWords(reason, atFault(trace, client, packets.atUs(row)));
  const tail = { tone: 'loss' as const, subject: { kind: 'packet' as const, seq } };
  const toFrom = `${down ? 'to' : 'of'} ${theClient(trace, client)}`;
  if (what & PACKET.DNS) {
    const nobody = reason === 'resolver down';
    return {
      ...tail,
      headline: nobody
        ? `A DNS query ${toFrom} found no resolver.`
        : `${down ? 'The answer to a DNS query' : 'A DNS query'} of ${theClient(trace, client)} was lost (${cause}).`,
      why: `${nobody ? 'It' : 'UDP sends nothing again, and nobody is told: the query'} goes again after five seconds; until then there is no address to connect to.`,
      terms: ['DNS retry', 'UDP'],
    };
  }
  if (what & PACKET.SYN)
    return {
      ...tail,
      headline: `A ${what & PACKET.ACK ? 'SYN-ACK' : 'SYN'} ${toFrom} was lost (${cause}).`,
      why: 'Nobody is told. The connection is tried again when the timer says so, a second later at first.',
      terms: ['SYN retransmission'],
    };
  const content = contentOf(lookup, row);
  const again = packets.get(row, SENT.why) > 0 ? ' again' : '';
  const habit = habitOf(trace, client);
  const why = !down
    ? `Until TCP sends it once more the server does not know of it.`
    : habit.asks
      ? 'The client waits for this answer; nothing else is behind it.'
      : 'TCP hands bytes over in order: whatever comes behind it waits in the client’s kernel until it is sent again.';
  return {
    ...tail,
    headline: `${theContent(content)} ${toFrom} ${isMany(content) ? 'were' : 'was'} lost${again} (${cause}).`,
    why,
    terms: down && !habit.asks ? ['head-of-line blocking', 'RACK', 'TLP'] : ['TLP', 'RTO'],
  };
}

/** "Event 39", "The Upgrade", "A segment". */
function theContent(content: string): string {
  if (content === '') return 'A segment';
  return /\d/.test(content) ? sentence(content) : `The ${content.replace(/:$/, '')}`;
}

/** "frame 3, frame 4" are two things; "answer with 3, 4" is one. */
const isMany = (content: string): boolean => / and \d+ more$|, [a-z]/.test(content);

const nameOf = (what: number): string =>
  what & PACKET.SYN
    ? what & PACKET.ACK
      ? 'its SYN-ACK'
      : 'its SYN'
    : what & PACKET.DNS
      ? 'its query'
      : 'a segment';

function resent(lookup: Lookup, { row, seq }: Moment): Said {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const link = packets.get(row, SENT.link);
  const client = lookup.clientOfPacket(row);
  const why = packets.get(row, SENT.why);
  const content = contentOf(lookup, row) || nameOf(packets.get(row, SENT.what));
  const connectionOf = packets.get(row, SENT.connection);
  const from = link & 1 ? serverName(trace, lookup.serverOf(connectionOf)) : theClient(trace, client);
  const to = link & 1 ? ` to ${clientName(trace, client)}` : '';
  return {
    headline: `${sentence(from)} sends ${content.replace(/:$/, '')}${to} again.`,
    why: RESENT_WHY[why] ?? '',
    terms: [termOfWhy(why)].filter((term) => term !== ''),
    tone: 'wait',
    subject: { kind: 'packet', seq },
  };
}

const RESENT_WHY: Record<number, string> = {
  [WHY.SYN]:
    'A SYN has nothing behind it that could tell of its loss: only a timer of a second and more can.',
  [WHY.RTO]:
    'Nothing was acknowledged until the retransmission timeout; each further one waits twice as long.',
  [WHY.TLP]:
    'Nothing was sent behind it that could have told of a loss, so a probe asks: the tail loss probe.',
  [WHY.RACK]:
    'Something sent later was acknowledged first, so this must be lost: in a stream a loss is noticed soon.',
  [WHY.GO_BACK]: 'After a timeout, all that is still unacknowledged goes again, a few at a time.',
  [WHY.RESOLVER]: 'The resolver did not answer for five seconds.',
};

function held(lookup: Lookup, { row, seq, atUs, kind }: Moment): Said {
  const { trace } = lookup;
  const table = trace.table('stream.held');
  const connectionOf = table.get(row, COLUMN['stream.held'].connection);
  const client = lookup.clientOf(connectionOf);
  const cause = table.get(row, 1);
  const packet = cause < 0 ? -1 : trace.table('packet.sent').rowOfSeq(cause);
  const subject: Subject =
    packet < 0 ? { kind: 'connection', connection: connectionOf } : { kind: 'packet', seq: cause };
  if (kind === 'held') {
    const content = packet < 0 ? '' : contentOf(lookup, packet);
    return {
      headline: `${theContent(content)} ${isMany(content) ? 'are' : 'is'} at ${theClient(trace, client)} and cannot be handed over.`,
      why: 'Something before it is missing, and TCP hands bytes over in order only.',
      terms: ['head-of-line blocking', 'selective ack'],
      tone: 'wait',
      subject,
    };
  }
  const messages = arrivalsAt(lookup, atUs, cause);
  const heldSince = lookup.held
    .of(way(connectionOf, 1))
    .findLast((other) => other < row && table.get(other, COLUMN['stream.held'].segments) === 1);
  const forUs = heldSince === undefined ? 0 : atUs - table.atUs(heldSince);
  return {
    headline:
      messages.length > 1
        ? `${sentence(theClient(trace, client))} gets ${list(messages)} at once.`
        : `The hole in the stream to ${theClient(trace, client)} is filled.`,
    why: `What was missing has arrived, and all that was held behind it${forUs > 0 ? `, for up to ${time(forUs)},` : ''} is free.`,
    terms: ['head-of-line blocking'],
    tone: 'good',
    subject: packet < 0 ? { kind: 'record', seq } : subject,
  };
}

function connection(lookup: Lookup, { row, kind }: Moment): Said {
  const { trace } = lookup;
  const closed = kind === 'closed';
  const table = trace.table(closed ? 'connection.closed' : 'connection.established');
  const number = table.get(row, COLUMN['connection.closed'].connection);
  const client = lookup.clientOf(number);
  const who = sentence(theClient(trace, client));
  const subject: Subject = { kind: 'connection', connection: number };
  const { asks } = habitOf(trace, client);
  const transport = trace.header?.clients[client]?.transport;
  if (!closed)
    return {
      headline: `${who} is connected again.`,
      why: asks
        ? 'Its next answer brings all that came after its cursor.'
        : !remembers(lookup, client)
          ? 'It gets what is published from now on; what it missed stays missed.'
          : transport === 'sse'
            ? 'It names its Last-Event-ID, and the server sends what came after that.'
            : 'It says what it saw last, and the server sends the rest.',
      terms: asks
        ? ['cursor']
        : !remembers(lookup, client)
          ? ['no memory']
          : ['Last-Event-ID', 'replay buffer'],
      tone: 'good',
      subject,
    };
  const reason = trace.strings[table.get(row, COLUMN['connection.closed'].reason)] ?? '';
  const made = lookup.establishedRow(number, 0) >= 0;
  return {
    headline: `${who} ${made ? 'has lost its connection' : 'could not connect'} (${closeWords(reason)}).`,
    why: asks
      ? 'Nothing is lost by that: updates wait at the server until it asks again.'
      : !remembers(lookup, client)
        ? 'What is published until it is back is lost to it: a WebSocket keeps no memory.'
        : 'It comes back after a wait, and asks for what it missed.',
    terms: asks ? ['cursor'] : !remembers(lookup, client) ? ['no memory'] : ['retry', 'replay buffer'],
    tone: 'loss',
    subject,
  };
}

function ready(lookup: Lookup, { row }: Moment): Said {
  const { trace } = lookup;
  const table = trace.table('client.ready');
  const client = table.get(row, COLUMN['client.ready'].client);
  const setupUs = table.get(row, COLUMN['client.ready'].setupUs);
  const parts = readinessParts(lookup, row);
  const labels = new Set(parts.map(({ label }) => label));
  const terms = Object.entries(READY_TERMS).flatMap(([label, term]) => (labels.has(label) ? [term] : []));
  return {
    headline: `${sentence(theClient(trace, client))} is ready.`,
    why: `It took ${parts.length === 0 ? time(setupUs) : equation(setupUs, parts)}. From here on it is owed every update.`,
    terms,
    tone: 'good',
    subject: { kind: 'client', client },
  };
}

function delivery(lookup: Lookup, { row, kind }: Moment): Said {
  const { trace } = lookup;
  const table = trace.table('message.delivered');
  const message = table.get(row, COLUMN['message.delivered'].message);
  const client = table.get(row, COLUMN['message.delivered'].client);
  const latencyUs = table.get(row, COLUMN['message.delivered'].latencyUs);
  const arrival = arrivalOf(lookup, message, client);
  const habit = habitOf(trace, client);
  return {
    headline: `Message ${messageName(trace, message)} is at ${theClient(trace, client)}${kind === 'jumbled' ? ' behind later ones' : ''}, after ${time(latencyUs)}.`,
    why: arrival === null ? '' : whyThen(lookup, arrival, latencyUs),
    terms: habit.asks ? [habit.term] : [],
    tone: kind === 'routine' ? 'normal' : 'wait',
    subject: { kind: 'message', message, client },
  };
}

function whyThen(lookup: Lookup, arrival: Arrival, latencyUs: number): string {
  const parts = partsOf(lookup, arrival);
  const waits = parts.some(
    ({ kind, label, us }) => (kind !== 'network' || label.startsWith(HOP)) && us > latencyUs / 50,
  );
  if (waits) return `${equation(latencyUs, parts)}.`;
  const alone = aloneUs(lookup, arrival);
  return alone >= 0 && latencyUs > 2 * alone + SLACK_US
    ? `All of it on the link, which is slow or busy: the first packet to this client took ${time(alone)}.`
    : 'One way across the network, and no wait.';
}

/** What a way across the network may take longer than another without anything behind it. */
const SLACK_US = 10_000;

/** How long the first packet of a connection to its client was under way; -1: not known. */
function aloneUs({ trace, packets }: Lookup, { unitRow }: Arrival): number {
  if (unitRow < 0) return -1;
  const table = trace.table('packet.sent');
  const connectionOf = trace.table('unit.sent').get(unitRow, COLUMN['unit.sent'].connection);
  const first = packets.of(way(connectionOf, 1)).find((row) => table.get(row, SENT.arrivesAtUs) >= 0);
  return first === undefined ? -1 : table.get(first, SENT.arrivesAtUs);
}
