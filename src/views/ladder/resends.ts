import { RESENT } from '../../trace/kinds.ts';
import { firstIndex } from '../../trace/search.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { duration } from '../readout/units.ts';
import type { ArrowIndex } from './arrows.ts';
import { isDownRight, pairOfLink } from './peers.ts';
import { type Span, type Window, within } from './span.ts';

const SENT = COLUMN['packet.sent'];
/** As many as are looked at after a window for one that began in it. */
const LOOK_AHEAD = 200;

/** Why a packet was sent again, in words, by the trace's word for it. */
const REASONS: Record<string, string> = {
  'SYN timeout': 'nobody answered',
  RTO: 'retransmission timeout',
  'tail loss probe': 'tail loss probe',
  RACK: 'later ones were acknowledged (RACK)',
  'go-back after RTO': 'after the timeout',
  'resolver timeout': 'no answer from DNS',
};

/** The waits between two sendings of the same bytes, each at its sender. */
export function resendSpans(
  trace: Trace,
  index: ArrowIndex,
  clients: ReadonlySet<number>,
  window: Window,
): Span[] {
  const table = trace.table('packet.sent');
  const { resends } = index;
  const first = firstIndex(resends, ({ row }) => table.atUs(row) >= window.fromUs);
  const spans: (Span | null)[] = [];
  for (let i = first, late = 0; i < resends.length && late < LOOK_AHEAD; i++) {
    const { before, row } = resends[i] as { before: number; row: number };
    if (table.atUs(row) > window.toUs) late++;
    const link = table.get(row, SENT.link);
    const client = pairOfLink(trace.header, link >> 1);
    // A name that is asked for again is part of the box that stands for it.
    if (clients.has(client) && table.get(row, SENT.connection) > 0)
      spans.push(resendSpan(trace, client, before, row, window));
  }
  return spans.filter((span) => span !== null);
}

function resendSpan(trace: Trace, client: number, before: number, row: number, window: Window): Span | null {
  const table = trace.table('packet.sent');
  const { flights } = readingOf(trace);
  const again = table.atUs(row);
  // Before it is sent again, a wait can be told from a flight only if the packet has been lost by now.
  if (again > window.nowUs && !(flights.isLost(before) && flights.endUs(before) <= window.nowUs)) return null;
  const link = table.get(row, SENT.link);
  const goesRight = ((link & 1) === 1) === isDownRight(trace.header, link >> 1);
  const seq = table.get(again > window.nowUs ? before : row, SENT.seq);
  const why = RESENT[table.get(row, SENT.why)] ?? '';
  return within(
    {
      kind: 'resend',
      client,
      at: goesRight ? 'server' : 'client',
      fromUs: table.atUs(before),
      toUs: again,
      detail: again > window.nowUs ? '' : (REASONS[why] ?? why),
      selection: { kind: 'packet', seq },
    },
    window,
    (us, open) => (open ? `not acknowledged for ${duration(us)}` : `sent again after ${duration(us)}`),
  );
}
