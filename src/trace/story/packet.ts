import { PACKET } from '../kinds.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { contentOf, messagesIn } from './blocker.ts';
import { atFault } from './faults.ts';
import { type Lookup, lookupOf, way } from './lookup.ts';
import { placesOfPacket } from './now-hop.ts';
import { inOrder } from './order.ts';
import { packetName } from './record-words.ts';
import { lossWords, noticedBy, termOfWhy, touchWords, whyWords } from './resend-words.ts';
import type { Lead, Step, Story } from './story.ts';
import { termsOf } from './terms.ts';
import { clientName, messageName, plural, sentence, serverName, time, unitRowWords } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** A packet: why it was sent, what it carried, what became of it, what came of that. Null: not a packet. */
export function storyOfPacket(trace: Trace, seq: number): Story | null {
  const lookup = lookupOf(trace);
  const packets = trace.table('packet.sent');
  const row = packets.rowOfSeq(seq);
  if (row < 0) return null;
  const link = packets.get(row, SENT.link);
  const down = (link & 1) as 0 | 1;
  const connection = packets.get(row, SENT.connection);
  const client = lookup.clientOfPacket(row);
  const why = packets.get(row, SENT.why);
  const name = packetName(packets.get(row, SENT.what));
  const content = contentOf(lookup, row);
  const end = lookup.endOf(row);
  const sentUs = packets.atUs(row);
  const before = sentBefore(lookup, row);
  const after = sentAfter(lookup, row);
  const inForce = atFault(trace, client, sentUs);
  const copy = { row, seq, sentUs, endUs: end.atUs, lost: end.lost, reason: end.reason, why };
  const touch = touchWords(trace, row);
  const touched = touch === '' ? '' : ` It was ${touch}.`;
  const steps: Step[] = [];
  if (before >= 0) {
    const lost = lookup.endOf(before);
    steps.push({
      atUs: packets.atUs(before),
      seq: packets.get(before, 0),
      text: `sent before${lost.lost ? ', and lost' : ''}`,
      detail: lost.lost ? lossWords(lost.reason, atFault(trace, client, packets.atUs(before))) : '',
      tone: lost.lost ? 'loss' : 'normal',
    });
  }
  const noticed = noticedBy(lookup, { ...copy, start: 0, end: 0, duplicate: false });
  if (noticed !== null) steps.push(noticed);
  const places = placesOfPacket(trace, row);
  const server = serverName(trace, connection > 0 ? lookup.serverOf(connection) : 0);
  const from = places?.from ?? (down === 1 ? server : clientName(trace, client));
  steps.push({
    atUs: sentUs,
    seq,
    text: `${sentence(from)} sends ${before >= 0 || why > 0 ? 'it again' : 'it'}`,
    detail: [content, why > 0 ? whyWords(why, before < 0 ? 0 : sentUs - packets.atUs(before)) : '']
      .filter((text) => text !== '')
      .join('; '),
    tone: 'normal',
    term: termOfWhy(why) || termOfPacket(trace, row) || undefined,
  });
  steps.push(
    end.lost
      ? { atUs: end.atUs, seq, text: 'lost', detail: lossWords(end.reason, inForce), tone: 'loss' }
      : {
          atUs: end.atUs,
          seq,
          text: `arrives after ${time(end.atUs - sentUs)}`,
          detail: touch,
          tone: 'normal',
        },
  );
  if (!end.lost) steps.push(...effects(lookup, row, end.atUs));
  if (after >= 0)
    steps.push({
      atUs: packets.atUs(after),
      seq: packets.get(after, 0),
      text: 'sent again',
      detail: whyWords(packets.get(after, SENT.why), packets.atUs(after) - sentUs),
      tone: 'normal',
      term: termOfWhy(packets.get(after, SENT.why)) || undefined,
    });
  const messages = messagesIn(lookup, row);
  const isDatagram = (packets.get(row, SENT.what) & PACKET.UDP) !== 0;
  const repeated = isDatagram
    ? '; UDP repeats nothing, and the resolver asks again after 5 s without an answer'
    : after >= 0
      ? '; its bytes are sent again'
      : content === ''
        ? ''
        : '; nothing repeats it';
  const toFrom =
    places !== null
      ? `from ${places.from} to ${places.to}`
      : `${down === 1 ? 'to' : 'from'} ${clientName(trace, client)}`;
  return {
    title: `${sentence(name)} ${toFrom}`,
    figure: end.lost ? 'lost' : time(end.atUs - sentUs),
    figureTone: end.lost ? 'loss' : 'normal',
    sentence: sentenceOf(name, content, end, inForce, packets.get(row, SENT.bytes), repeated) + touched,
    parts: [],
    steps: inOrder(steps),
    leads: messageLeads(trace, messages, client),
    seq,
    terms: termsOf(steps, termOfWhy(why)),
  };
}

/** The rule by which a packet leaves when it does, or is repeated or not. @param row of `packet.sent` */
function termOfPacket(trace: Trace, row: number): string {
  const packets = trace.table('packet.sent');
  const what = packets.get(row, SENT.what);
  if (what & PACKET.UDP) return 'UDP';
  if (what & PACKET.KEEPALIVE) return 'keep-alive';
  if (what & PACKET.SYN) return 'TCP handshake';
  if (what & (PACKET.FIN | PACKET.RST)) return '';
  return what & PACKET.DATA ? 'Nagle off' : what & PACKET.ACK ? 'delayed ACK' : '';
}

function sentenceOf(
  name: string,
  content: string,
  end: { lost: boolean; reason: string },
  inForce: string,
  bytes: number,
  repeated: string,
): string {
  const what = content === '' ? `${sentence(name)} without data` : `${sentence(name)} with ${content}`;
  const fate = end.lost ? ` Lost: ${lossWords(end.reason, inForce)}${repeated}.` : '';
  return `${what}, ${plural(bytes, 'byte')} on the wire.${fate}`;
}

/** The sending of the same bytes before or after a packet, -1: none. */
function sentBefore(lookup: Lookup, row: number): number {
  return lookup.trace.table('packet.sent').get(row, SENT.why) === 0 ? -1 : near(lookup, row, -1);
}

function sentAfter(lookup: Lookup, row: number): number {
  return near(lookup, row, 1);
}

function near(lookup: Lookup, row: number, step: 1 | -1): number {
  const packets = lookup.trace.table('packet.sent');
  const connection = packets.get(row, SENT.connection);
  const bytes = packets.get(row, SENT.dataBytes);
  const link = packets.get(row, SENT.link);
  const what = packets.get(row, SENT.what);
  if (what & PACKET.DNS) return nearQuery(lookup, row, step);
  if (connection === 0 || (bytes === 0 && (what & 1) === 0)) return -1;
  const start = packets.get(row, SENT.seqNo);
  const rows = (bytes > 0 ? lookup.data : lookup.packets).of(way(connection, link & 1));
  for (let i = rows.indexOf(row) + step; i >= 0 && i < rows.length; i += step) {
    const other = rows[i] as number;
    const from = packets.get(other, SENT.seqNo);
    if (step > 0 && packets.get(other, SENT.why) === 0) continue;
    if (
      bytes === 0
        ? packets.get(other, SENT.what) === what
        : from < start + bytes && from + packets.get(other, SENT.dataBytes) > start
    )
      return other;
  }
  return -1;
}

/** A resolver asks with one query at a time: its next is the same once more if it says so. An answer is not repeated. */
function nearQuery(lookup: Lookup, row: number, step: 1 | -1): number {
  const packets = lookup.trace.table('packet.sent');
  const link = packets.get(row, SENT.link);
  if (link & 1) return -1;
  const rows = lookup.packets.of(way(0, 0));
  for (let i = rows.indexOf(row) + step; i >= 0 && i < rows.length; i += step) {
    const other = rows[i] as number;
    if (packets.get(other, SENT.link) !== link || !(packets.get(other, SENT.what) & PACKET.DNS)) continue;
    return step > 0 && packets.get(other, SENT.why) === 0 ? -1 : other;
  }
  return -1;
}

/** What the arrival of a packet did in its instant. */
function effects(lookup: Lookup, row: number, atUs: number): Step[] {
  const { trace } = lookup;
  const seq = trace.table('packet.sent').get(row, 0);
  const steps: Step[] = [];
  const received = trace.table('unit.received');
  for (let i = received.firstAtOrAfter(atUs); i < received.length && received.atUs(i) === atUs; i++) {
    const unitRow = received.get(i, 1) === seq ? lookup.unitRow(received.get(i, 2)) : -1;
    if (unitRow < 0 || steps.length > 5) continue;
    steps.push({
      atUs,
      seq: received.get(i, 0),
      text: `${unitRowWords(trace, unitRow)} is complete`,
      tone: 'good',
    });
  }
  const held = trace.table('stream.held');
  for (let i = held.firstAtOrAfter(atUs); i < held.length && held.atUs(i) === atUs; i++)
    if (held.get(i, 1) === seq && held.get(i, COLUMN['stream.held'].segments) > 0)
      steps.push({
        atUs,
        seq: held.get(i, 0),
        text: `held: something before it is missing`,
        detail: `${plural(held.get(i, COLUMN['stream.held'].segments), 'segment')} held now`,
        tone: 'wait',
        term: 'head-of-line blocking',
      });
  return steps;
}

function messageLeads(trace: Trace, messages: readonly number[], client: number): Story['leads'] {
  if (messages.length === 0) return [];
  const delivered = trace.table('message.delivered');
  const lookup = lookupOf(trace);
  const items = messages.slice(0, 12).map((message): Lead => {
    const text = `Message ${messageName(trace, message)}`;
    // Between servers and nodes it is on its way to whoever is there, which may be nobody yet.
    if (client < 0)
      return {
        subject: { kind: 'message', message, client },
        text,
        figure: plural(lookup.deliveries(message).length, 'delivery', 'deliveries'),
        tone: 'normal',
      };
    const row = lookup.deliveredRow(message, client);
    return {
      subject: { kind: 'message', message, client },
      text,
      figure: row < 0 ? 'not delivered' : time(delivered.get(row, COLUMN['message.delivered'].latencyUs)),
      tone: row < 0 ? 'loss' : 'normal',
    };
  });
  return [{ title: 'Carries', items, more: messages.length - items.length }];
}
