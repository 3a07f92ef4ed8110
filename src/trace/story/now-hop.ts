import { PACKET, PROXY } from '../kinds.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { contentOf } from './blocker.ts';
import { placeName } from './hop-words.ts';
import type { Lookup } from './lookup.ts';
import { memberWords } from './member-words.ts';
import type { Moment } from './moments.ts';
import { ownedThing, pendingLog } from './owned.ts';
import { peersOf } from './peers.ts';
import { isDead } from './place.ts';
import { lossWords, termOfWhy } from './resend-words.ts';
import type { Said } from './story.ts';
import { closeWords, dropReason, messageName, plural, sentence, theClient } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** Where a packet between two places of the datacenter comes from and goes to; null: it is on a client's link. */
export function placesOfPacket(trace: Trace, row: number): { from: string; to: string } | null {
  const link = trace.table('packet.sent').get(row, SENT.link);
  const ends = endsOfLink(trace, link >> 1);
  if (ends === null) return null;
  const [a, b] = ends;
  return link & 1 ? { from: b, to: a } : { from: a, to: b };
}

/** What a link of the datacenter leads from and to, the way that is called up; null: it is another. */
function endsOfLink(trace: Trace, link: number): [string, string] | null {
  const { header } = trace;
  const one = header?.links[link];
  if (one?.kind === 'backplane') return [placeName(trace, one.from), placeName(trace, one.to)];
  if (one?.kind === 'edge') return ['the proxy', 'the load balancer'];
  if (one?.kind !== 'datacenter' || !header) return null;
  if (!header.loadBalancer && one.client !== PROXY) return null;
  return [theClient(trace, one.client), placeName(trace, link - header.clients.length)];
}

/** Says what happened in hop 2; null: the moment is of hop 1. */
export function sayOfHop(lookup: Lookup, moment: Moment): Said | null {
  const { trace } = lookup;
  switch (moment.kind) {
    case 'dropped':
      return dropped(trace, moment);
    case 'owner':
      return owner(trace, moment);
    case 'member':
      return member(trace, moment);
    case 'loss':
    case 'resent': {
      const ends = placesOfPacket(trace, moment.row);
      return ends === null ? null : packet(lookup, moment, ends);
    }
    case 'held':
    case 'released': {
      const table = trace.table('stream.held');
      const peers = peersOf(trace, table.get(moment.row, COLUMN['stream.held'].connection));
      return peers === null ? null : held(trace, moment, peers[0]);
    }
    case 'closed': {
      const table = trace.table('connection.closed');
      const peers = peersOf(trace, table.get(moment.row, COLUMN['connection.closed'].connection));
      return peers === null ? null : closed(trace, moment, peers);
    }
    default:
      return null;
  }
}

function owner(trace: Trace, { row, seq }: Moment): Said {
  const table = trace.table('owner.changed');
  const { what, part, owner: now, before } = COLUMN['owner.changed'];
  const log = pendingLog(trace.strings[table.get(row, what)] ?? '');
  if (log !== null) return claimed(trace, { row, log });
  const thing = ownedThing(trace, trace.strings[table.get(row, what)] ?? '', table.get(row, part));
  const [to, from] = [table.get(row, now), table.get(row, before)];
  const others = together(trace, 'owner.changed', row, what) - 1;
  const more = others > 0 ? ` So do ${others} more at this moment.` : '';
  return {
    headline:
      to < 0
        ? `${sentence(thing)} belongs to nobody now.`
        : `${sentence(thing)} is ${placeName(trace, to)}’s ${from === to ? 'again' : `now${from < 0 ? '' : `, and was ${placeName(trace, from)}’s`}`}.`,
    why:
      to < 0
        ? `Whoever needs its owner waits until there is one.${others > 0 ? ` ${others} more are without one.` : ''}`
        : `Whatever goes to its owner goes another way from here on.${more}`,
    terms: [],
    tone: to < 0 ? 'wait' : 'normal',
    subject:
      to >= 0 ? placeSubject(trace, to) : from >= 0 ? placeSubject(trace, from) : { kind: 'record', seq },
  };
}

/** An entry that was handed to one process, and not acknowledged by it, is another's now. */
function claimed(trace: Trace, { row, log }: { row: number; log: string }): Said {
  const table = trace.table('owner.changed');
  const { what, part, owner: now, before } = COLUMN['owner.changed'];
  const [to, from] = [table.get(row, now), table.get(row, before)];
  const others = together(trace, 'owner.changed', row, what) - 1;
  const more = others > 0 ? ` So it does with ${others} more at this moment.` : '';
  const whose = from < 0 ? '' : ` from ${placeName(trace, from)}`;
  return {
    headline: `${sentence(placeName(trace, to))} claims entry ${table.get(row, part)} of ${log}${whose}.`,
    why: `It was handed out and no acknowledgement has come, so it is handed out again: a reader that has it already gets it twice.${more}`,
    terms: [],
    tone: 'normal',
    subject: placeSubject(trace, to),
  };
}

function member(trace: Trace, { row }: Moment): Said {
  const table = trace.table('member.changed');
  const { group, place, state } = COLUMN['member.changed'];
  const number = table.get(row, place);
  const name = trace.strings[table.get(row, group)] ?? '';
  const others = together(trace, 'member.changed', row, group) - 1;
  const said = memberWords(placeName(trace, number), name, trace.strings[table.get(row, state)] ?? '');
  const more = others > 0 ? ` ${plural(others, 'more has', 'more have')} changed there at this moment.` : '';
  return {
    headline: said.headline,
    why: `${said.why}${more}`,
    terms: [],
    tone: 'normal',
    subject: placeSubject(trace, number),
  };
}

/** How many records of a kind say the same thing of the same moment. */
function together(
  trace: Trace,
  kind: 'owner.changed' | 'member.changed',
  row: number,
  column: number,
): number {
  const table = trace.table(kind);
  const atUs = table.atUs(row);
  let rows = 0;
  for (let at = table.firstAtOrAfter(atUs); at < table.length && table.atUs(at) === atUs; at++)
    if (table.get(at, column) === table.get(row, column)) rows++;
  return rows;
}

function placeSubject(trace: Trace, place: number): Said['subject'] {
  const one = trace.header?.places[place];
  return one?.kind === 'server' ? { kind: 'server', server: one.index } : { kind: 'place', place };
}

function dropped(trace: Trace, { row }: Moment): Said {
  const table = trace.table('message.dropped');
  const { message, place, server, reason } = COLUMN['message.dropped'];
  const number = table.get(row, message);
  const at = table.get(row, place);
  const towards = table.get(row, server);
  const whom = towards < 0 ? 'nobody gets it' : `${placeName(trace, towards)} does not get it`;
  return {
    headline: `Message ${messageName(trace, number)} ends at ${at < 0 ? 'its client' : placeName(trace, at)}: ${whom}.`,
    why: `${sentence(dropReason(trace, table.get(row, reason)))}.`,
    terms: [],
    tone: 'loss',
    subject: { kind: 'message', message: number, client: null },
  };
}

function packet(
  lookup: Lookup,
  { row, seq, kind }: Moment,
  { from, to }: { from: string; to: string },
): Said {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const what = packets.get(row, SENT.what);
  const why = packets.get(row, SENT.why);
  const content = contentOf(lookup, row).replace(/:$/, '') || (what & PACKET.SYN ? 'a SYN' : 'a segment');
  const reason = trace.strings[packets.get(row, SENT.reason)] ?? '';
  const term = termOfWhy(why);
  if (kind === 'resent')
    return {
      headline: `${sentence(from)} sends ${content} to ${to} again.`,
      why: 'It was not acknowledged. Until it arrives, what was written behind it waits.',
      terms: term === '' ? [] : [term],
      tone: 'wait',
      subject: { kind: 'packet', seq },
    };
  return {
    headline: `${sentence(content)} from ${from} to ${to} was lost${why > 0 ? ' again' : ''} (${lossWords(reason, '')}).`,
    why: 'TCP will send it once more; until then everything behind it on this connection waits.',
    terms: ['TLP', 'RTO'],
    tone: 'loss',
    subject: { kind: 'packet', seq },
  };
}

function held(trace: Trace, { row, seq, kind }: Moment, receiver: number): Said {
  const connection = trace.table('stream.held').get(row, COLUMN['stream.held'].connection);
  const name = placeName(trace, receiver);
  return kind === 'held'
    ? {
        headline: `What has arrived at ${name} cannot be handed over.`,
        why: 'Something before it is missing, and TCP hands bytes over in order only.',
        terms: ['head-of-line blocking', 'selective ack'],
        tone: 'wait',
        subject: { kind: 'connection', connection },
      }
    : {
        headline: `The hole in the stream to ${name} is filled.`,
        why: 'What was missing has arrived, and all that was held behind it is free.',
        terms: ['head-of-line blocking'],
        tone: 'good',
        subject: { kind: 'record', seq },
      };
}

function closed(trace: Trace, { row }: Moment, [opener, peer]: [number, number]): Said {
  const table = trace.table('connection.closed');
  const { connection, reason } = COLUMN['connection.closed'];
  const words = closeWords(trace.strings[table.get(row, reason)] ?? '');
  const dead = isDead(trace, opener, table.atUs(row));
  return {
    headline: `${placeName(trace, opener)} has no connection to ${placeName(trace, peer)} (${dead ? 'its process died' : words}).`,
    why: dead
      ? 'What it had open ends with it. It connects again once it is up.'
      : 'It tries again after a wait. What passes meanwhile passes it by, unless the backplane keeps it.',
    terms: [],
    tone: 'loss',
    subject: { kind: 'connection', connection: table.get(row, connection) },
  };
}
