import { PACKET } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { flightEstimateUs } from '../reading/flights.ts';
import { type PacketFace, packetFace } from '../reading/packet-face.ts';
import { recentPerTrace } from '../reading/recent.ts';
import { lossWord } from '../reading/words.ts';
import { count } from '../readout/units.ts';
import { isDownRight, pairOfLink } from './peers.ts';

const SENT = COLUMN['packet.sent'];

/** What time does not change about an arrow; looked up once, as thousands are drawn sixty times a second. */
export interface ArrowFacts {
  row: number;
  seq: number;
  /** Number of its pair of lifelines: the client's, or that of a link of hop 2. */
  client: number;
  /** It is of hop 2. */
  peer: boolean;
  connection: number;
  /** The same for all sendings of the same bytes. */
  bytesKey: string;
  face: PacketFace;
  atUs: number;
  /** When it arrives or is lost. */
  endUs: number;
  /** How much of its way it makes: 1 unless it is lost, or goes to a name server. */
  reach: number;
  /** '' unless it is lost. */
  lost: string;
  /** What may be written at it, the fullest first. */
  labels: string[];
  /** Flags, numbers and size, for depth 4. */
  fields: string;
}

/** A name server has no lifeline: its packets end and begin before the server's. */
const DNS_REACH = 0.32;
const known = recentPerTrace<Trace, ArrowFacts>(30_000);

/** The facts of the packet in a row of `packet.sent`. */
export const factsOf = (trace: Trace, row: number): ArrowFacts =>
  known(trace).of(row, () => readFacts(trace, row));

function readFacts(trace: Trace, row: number): ArrowFacts {
  const table = trace.table('packet.sent');
  const atUs = table.atUs(row);
  const drops = table.get(row, SENT.dropsAtUs);
  const isDns = (table.get(row, SENT.what) & PACKET.DNS) !== 0;
  const share = drops < 0 ? 1 : Math.min(1, drops / flightEstimateUs(trace, row));
  const { header } = trace;
  const link = table.get(row, SENT.link) >> 1;
  const peer = header?.links[link]?.kind === 'backplane';
  const seen = packetFace(trace, row);
  // On the ladder down is to the right: on the way of an update.
  const face = isDownRight(header, link) ? seen : { ...seen, down: !seen.down };
  const connection = table.get(row, SENT.connection);
  const lost = drops < 0 ? '' : lossWord(trace.strings[table.get(row, SENT.reason)] ?? '');
  return {
    row,
    seq: table.get(row, SENT.seq),
    client: pairOfLink(header, link),
    peer,
    connection,
    bytesKey: `${connection} ${face.down} ${table.get(row, SENT.seqNo)} ${table.get(row, SENT.dataBytes) > 0 ? '' : row}`,
    face,
    atUs,
    endUs: atUs + (drops < 0 ? table.get(row, SENT.arrivesAtUs) : drops),
    reach: isDns ? share * DNS_REACH : share,
    lost,
    labels: labelsOf(face, lost),
    fields: fieldsOf(trace, row),
  };
}

/** "frame 82 “e”", "82 “e”", "“e”", and "426" of "426 Upgrade Required"; what became of it comes after it, and last goes. */
function labelsOf(face: PacketFace, lost: string): string[] {
  const name = plainLabel(face);
  const text = face.text === '' ? '' : ` “${face.text.trim() === '' ? '␣' : face.text}”`;
  const fate = lost !== '' ? lost : face.again ? 'again' : face.duplicate ? 'second copy' : '';
  const numbers = face.messages > 0 ? (/[\d–]+$/.exec(name)?.[0] ?? '') : '';
  if (fate === '') {
    return [
      `${name}${text}`,
      ...(numbers === '' ? [] : [`${numbers}${text}`]),
      ...(/^\d{3}(?= [A-Z])/.exec(name) ?? []),
      ...(text === '' ? [] : [text.trim()]),
    ];
  }
  const dash = lost !== '' ? ' – ' : ' ';
  return [
    `${name}${text}${dash}${fate}`,
    ...(lost === '' || lost === 'lost' ? [] : [`${name}${text} – lost`]),
    `${numbers || name}${dash}${fate}`,
    fate,
    ...(lost === '' ? [] : ['lost']),
  ];
}

/** A packet's label without how often it was sent. */
export const plainLabel = ({ label }: PacketFace): string =>
  label.replace(/ again( \([^)]*\))?/, '').replace(', a second copy', '');

const FLAGS = [
  [PACKET.SYN, 'SYN'],
  [PACKET.FIN, 'FIN'],
  [PACKET.RST, 'RST'],
  [PACKET.ACK, 'ACK'],
] as const;

function fieldsOf(trace: Trace, row: number): string {
  const table = trace.table('packet.sent');
  const what = table.get(row, SENT.what);
  const bytes = `${count(table.get(row, SENT.bytes))} B`;
  if ((what & PACKET.UDP) !== 0) return `UDP ${bytes}`;
  const seqNo = table.get(row, SENT.seqNo);
  const data = table.get(row, SENT.dataBytes);
  // Whatever carries data acknowledges as well: it goes without saying.
  const flags = FLAGS.flatMap(([bit, name]) =>
    (what & bit) !== 0 && (data === 0 || bit !== PACKET.ACK) ? [name] : [],
  );
  const seq = data > 0 ? `seq ${seqNo}–${seqNo + data - 1}` : `seq ${seqNo}`;
  const ack = (what & PACKET.ACK) !== 0 ? ` ack ${table.get(row, SENT.ackNo)}` : '';
  return `${flags.join(' ')} ${seq}${ack} ${bytes}`.trim();
}
