import { PACKET } from '../kinds.ts';
import { COLUMN } from '../trace.ts';
import { atFault } from './faults.ts';
import { type Lookup, way } from './lookup.ts';
import { lossWords, whyWords } from './resend-words.ts';
import type { Step } from './story.ts';
import type { Dial } from './ways.ts';
import { closeWords, time } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** How a connection was opened: name, TCP, TLS, with what was lost on the way. */
export function dialSteps(lookup: Lookup, dial: Dial): Step[] {
  const { trace } = lookup;
  const { connection } = dial;
  const steps = lookupLosses(lookup, dial);
  if (dial.nameSeq >= 0 && dial.askedUs < dial.atUs)
    steps.push({
      atUs: dial.atUs,
      seq: dial.nameSeq,
      text: `the server’s name is resolved after ${time(dial.atUs - dial.askedUs)}`,
      tone: 'normal',
      term: dial.atUs - dial.askedUs >= 5_000_000 ? 'DNS retry' : 'DNS cache',
    });
  steps.push({
    atUs: dial.atUs,
    seq: dial.seq,
    text: `connection ${connection}: SYN`,
    tone: 'normal',
    term: 'TCP handshake',
  });
  steps.push(...handshakeLosses(lookup, dial));
  const rows = [
    [lookup.establishedRow(connection, 0), 'connection.established', 'TCP is established'],
    [lookup.securedRow(connection), 'connection.secured', 'TLS is ready'],
  ] as const;
  for (const [row, kind, text] of rows) {
    if (row < 0) continue;
    const table = trace.table(kind);
    const resumed =
      kind === 'connection.secured' && table.get(row, COLUMN['connection.secured'].resumed) === 1;
    steps.push({
      atUs: table.atUs(row),
      seq: table.get(row, 0),
      text: resumed ? `${text}, resumed` : text,
      tone: 'normal',
      term: kind !== 'connection.secured' ? undefined : resumed ? 'TLS resumption' : 'TLS handshake',
    });
  }
  return steps;
}

/** DNS queries and answers that were lost or repeated before the name was known. */
function lookupLosses(lookup: Lookup, { connection, askedUs, atUs }: Dial): Step[] {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const client = lookup.clientOf(connection);
  const steps: Step[] = [];
  for (const down of [0, 1] as const) {
    let before = -1;
    for (const row of lookup.packets.between(way(0, down), askedUs, atUs - 1)) {
      const isOwn = trace.header?.links[packets.get(row, SENT.link) >> 1]?.client === client;
      if (!isOwn || !(packets.get(row, SENT.what) & PACKET.DNS)) continue;
      const name = down === 0 ? 'DNS query' : 'DNS answer';
      const seq = packets.get(row, 0);
      const sentUs = packets.atUs(row);
      if (packets.get(row, SENT.why) !== 0)
        steps.push({
          atUs: sentUs,
          seq,
          text: `${name} again`,
          detail: whyWords(packets.get(row, SENT.why), sentUs - before),
          tone: 'wait',
          term: 'DNS retry',
        });
      const { lost, reason, atUs: lostUs } = lookup.endOf(row);
      const detail = lossWords(reason, atFault(trace, client, sentUs));
      if (lost) steps.push({ atUs: lostUs, seq, text: `${name} lost`, detail, tone: 'loss', term: 'UDP' });
      before = sentUs;
    }
  }
  return steps.sort((a, b) => a.atUs - b.atUs).slice(0, 16);
}

/** SYNs and SYN-ACKs that were lost or repeated. */
function handshakeLosses(lookup: Lookup, { connection }: Dial): Step[] {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const client = lookup.clientOf(connection);
  const steps: Step[] = [];
  for (const down of [0, 1] as const) {
    let before = -1;
    for (const row of lookup.packets.of(way(connection, down))) {
      const what = packets.get(row, SENT.what);
      if (!(what & PACKET.SYN)) break;
      const name = down === 0 ? 'SYN' : 'SYN-ACK';
      const why = packets.get(row, SENT.why);
      const seq = packets.get(row, 0);
      const { lost, reason, atUs } = lookup.endOf(row);
      const loss = lost ? lossWords(reason, atFault(trace, client, packets.atUs(row))) : '';
      if (why !== 0)
        steps.push({
          atUs: packets.atUs(row),
          seq,
          text: lost ? `${name} again, and lost again` : `${name} again`,
          detail: [whyWords(why, packets.atUs(row) - before), loss].filter((text) => text !== '').join('; '),
          tone: lost ? 'loss' : 'wait',
          term: 'SYN retransmission',
        });
      else if (lost) steps.push({ atUs, seq, text: `${name} lost`, detail: loss, tone: 'loss' });
      before = packets.atUs(row);
    }
  }
  return steps.sort((a, b) => a.atUs - b.atUs).slice(0, 16);
}

/** The end of a connection, as its client sees it. */
export function closeStep(dial: Dial): Step | null {
  if (dial.closedUs < 0) return null;
  return {
    atUs: dial.closedUs,
    seq: dial.closedSeq,
    text:
      dial.establishedUs < 0
        ? `connection ${dial.connection} was not made`
        : `connection ${dial.connection} is over`,
    detail: closeWords(dial.closedReason),
    tone: dial.closedReason === 'finished' ? 'normal' : 'loss',
  };
}
