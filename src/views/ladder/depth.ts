import { PACKET } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { unitOf } from '../reading/messages.ts';

/** How much is shown: 1 messages, 2 protocol units, 3 states and timers as well, 4 every packet with its fields. */
export type Depth = 1 | 2 | 3 | 4;

/** `time`: a millisecond is as high everywhere; `ordinal`: an event is as high as any other. */
export type Scale = 'time' | 'ordinal';

const SENT = COLUMN['packet.sent'];

/** Units of one packet that are looked at for what it carries. */
const MOST_UNITS = 16;

/**
 * The first depth at which a packet is an arrow. 1: it carries an update, a request or a response. 2: it opens, secures,
 * checks or closes a connection. 4: an acknowledgement, or a name server's packet that a box stands for.
 */
export function depthOf(trace: Trace, row: number): 1 | 2 | 4 {
  const table = trace.table('packet.sent');
  const what = table.get(row, SENT.what);
  const lost = table.get(row, SENT.dropsAtUs) >= 0;
  if ((what & PACKET.DNS) !== 0) return lost ? 2 : 4;
  const first = table.get(row, SENT.firstUnit);
  if (first > 0 && table.get(row, SENT.dataBytes) > 0) {
    return carriesTraffic(trace, first, table.get(row, SENT.lastUnit)) ? 1 : 2;
  }
  if ((what & (PACKET.SYN | PACKET.FIN | PACKET.RST | PACKET.KEEPALIVE)) !== 0) return 2;
  // The acknowledgement that ends a handshake is the third part of it; all others are bookkeeping.
  const endsHandshake = table.get(row, SENT.seqNo) === 1 && table.get(row, SENT.ackNo) === 1;
  return endsHandshake && (what & PACKET.ACK) !== 0 ? 2 : 4;
}

function carriesTraffic(trace: Trace, first: number, last: number): boolean {
  for (let number = first; number <= Math.min(last, first + MOST_UNITS - 1); number++) {
    const unit = unitOf(trace, number);
    if (unit === null) continue;
    const role = trace.header?.vocabulary[unit.what]?.role ?? 'data';
    if (unit.messages > 0 || role !== 'control') return true;
  }
  return false;
}
