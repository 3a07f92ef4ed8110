import { PACKET, RESENT } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { textOfMessages, unitOf } from './messages.ts';
import { wordFor } from './words.ts';

const SENT = COLUMN['packet.sent'];

/** What a packet looks like and is called: everything about it that time does not change. */
export interface PacketFace {
  /** `message`: it carries an update; `control`: it carries nothing of the application. */
  kind: 'message' | 'request' | 'response' | 'control';
  /** The text of the updates in it, cut to fit, for a message. */
  text: string;
  label: string;
  again: boolean;
  duplicate: boolean;
  down: boolean;
  firstMessage: number;
  messages: number;
}

/** Units of one packet that are looked at for what it carries. */
const MOST_UNITS = 16;
const TEXT_LENGTH = 4;

/** Describes the packet in a row of `packet.sent`. */
export function packetFace(trace: Trace, row: number): PacketFace {
  const table = trace.table('packet.sent');
  const what = table.get(row, SENT.what);
  const why = table.get(row, SENT.why);
  const down = (table.get(row, SENT.link) & 1) === 1;
  const carried = table.get(row, SENT.dataBytes) > 0 ? carriedBy(trace, row, down) : nothingIn(what);
  const again = why > 0 ? ` again${RESENT[why] ? ` (${RESENT[why]})` : ''}` : '';
  const duplicate = (what & PACKET.DUPLICATE) !== 0;
  return {
    ...carried,
    label: `${carried.label}${again}${duplicate ? ', a second copy' : ''}`,
    again: why > 0,
    duplicate,
    down,
  };
}

type Carried = Pick<PacketFace, 'kind' | 'text' | 'label' | 'firstMessage' | 'messages'>;

function carriedBy(trace: Trace, row: number, down: boolean): Carried {
  const table = trace.table('packet.sent');
  const first = table.get(row, SENT.firstUnit);
  const last = Math.min(table.get(row, SENT.lastUnit), first + MOST_UNITS - 1);
  const header = trace.header;
  let carried: Carried = { kind: 'control', text: '', label: 'data', firstMessage: 0, messages: 0 };
  let key = '';
  for (let number = first; number > 0 && number <= last; number++) {
    const unit = unitOf(trace, number);
    if (unit === null) continue;
    if (carried.messages > 0) {
      if (unit.messages > 0) carried.messages = unit.firstMessage + unit.messages - carried.firstMessage;
      continue;
    }
    if (key !== '' && unit.messages === 0) continue;
    key = unit.what;
    const role = header?.vocabulary[key]?.role ?? (down ? 'response' : 'request');
    carried = {
      kind: unit.messages > 0 ? 'message' : role === 'data' ? (down ? 'response' : 'request') : role,
      text: '',
      label: header ? wordFor(header, key) : key,
      firstMessage: unit.firstMessage,
      messages: unit.messages,
    };
  }
  return carried.messages > 0 ? withMessages(trace, carried) : carried;
}

function withMessages(trace: Trace, carried: Carried): Carried {
  const { firstMessage, messages } = carried;
  const { text, more } = textOfMessages(trace, firstMessage, messages, TEXT_LENGTH);
  const ids = messages === 1 ? `${firstMessage}` : `${firstMessage}–${firstMessage + messages - 1}`;
  return {
    ...carried,
    text: more ? `${text.slice(0, TEXT_LENGTH - 1)}…` : text,
    label: `${carried.label} ${ids}`,
  };
}

const FLAGS = [
  [PACKET.DNS, 'DNS'],
  [PACKET.RST, 'RST'],
  [PACKET.SYN | PACKET.ACK, 'SYN ACK'],
  [PACKET.SYN, 'SYN'],
  [PACKET.FIN, 'FIN'],
  [PACKET.KEEPALIVE, 'keep-alive'],
  [PACKET.ACK, 'ACK'],
] as const;

function nothingIn(what: number): Carried {
  const name = FLAGS.find(([bits]) => (what & bits) === bits)?.[1] ?? 'packet';
  return { kind: 'control', text: '', label: name, firstMessage: 0, messages: 0 };
}
