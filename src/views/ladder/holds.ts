import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { duration, plural } from '../readout/units.ts';
import { factsOf, plainLabel } from './facts.ts';
import { lookupsOf } from './lookups.ts';
import { type Span, type Window, within } from './span.ts';

const HELD = COLUMN['stream.held'];
const ATTEMPT = COLUMN['connection.attempted'];
/** Connections of one client that can have data under way at a time; those before are over. */
const LATEST = 12;

/** A time during which one end of a connection held data that it could not hand over. */
export interface Hold {
  fromUs: number;
  /** Infinity: the trace does not know its end. */
  toUs: number;
  /** As many as it was at most, up to `nowUs`. */
  segments: number;
  /** Seq of the packet that mended the hole; -1: none. */
  mendedBy: number;
}

/** The connections of a client that had begun by a time, the latest of them, oldest first. */
export function connectionsOf(trace: Trace, client: number, untilUs: number): number[] {
  const { attempts } = readingOf(trace);
  const count = attempts.countAt(client, untilUs);
  const table = trace.table('connection.attempted');
  return attempts
    .of(client)
    .slice(Math.max(0, count - LATEST), count)
    .map((row) => table.get(row, ATTEMPT.connection));
}

/** The holds of one direction of a connection that overlap a window. */
export function holdsOf(trace: Trace, connection: number, down: 0 | 1, window: Window): Hold[] {
  const { held, closed } = lookupsOf(trace);
  const table = trace.table('stream.held');
  const key = connection * 2 + down;
  const rows = held.of(key);
  const segments = (i: number) => table.get(rows[i] as number, HELD.segments);
  let i = Math.max(0, held.countAt(key, window.fromUs) - 1);
  while (i > 0 && segments(i - 1) > 0) i--;
  const holds: Hold[] = [];
  let hold: Hold | null = null;
  for (; i < rows.length; i++) {
    const atUs = table.atUs(rows[i] as number);
    if (hold === null && atUs > window.toUs) break;
    if (segments(i) > 0) {
      if (hold === null)
        holds.push((hold = { fromUs: atUs, toUs: Number.POSITIVE_INFINITY, segments: 0, mendedBy: -1 }));
      if (atUs <= window.nowUs) hold.segments = Math.max(hold.segments, segments(i));
    } else if (hold !== null) {
      hold.toUs = atUs;
      hold.mendedBy = table.get(rows[i] as number, HELD.cause);
      hold = null;
    }
  }
  if (hold !== null) {
    // The receiving end of what goes down is the client's.
    const closedRow = closed.of(connection * 2 + (1 - down))[0] ?? -1;
    if (closedRow >= 0) hold.toUs = Math.max(hold.fromUs, trace.table('connection.closed').atUs(closedRow));
  }
  return holds.filter(({ fromUs, toUs }) => fromUs <= window.toUs && toUs >= window.fromUs);
}

/** The holds at either end of a client's connections. */
export function heldSpans(trace: Trace, client: number, window: Window): Span[] {
  const spans: (Span | null)[] = [];
  for (const connection of connectionsOf(trace, client, Math.min(window.toUs, window.nowUs))) {
    for (const down of [1, 0] as const) {
      for (const { fromUs, toUs, segments, mendedBy } of holdsOf(trace, connection, down, window)) {
        const over = toUs <= window.nowUs;
        const missing = over && mendedBy >= 0 ? contentOf(trace, mendedBy) : '';
        const who = plural(segments, 'later segment');
        const verb = segments === 1 ? 'waits' : 'wait';
        spans.push(
          within(
            {
              kind: 'held',
              client,
              at: down === 1 ? 'client' : 'server',
              fromUs,
              toUs,
              detail: `${who} ${verb} for ${missing === '' ? 'one that is missing' : missing}`,
              selection:
                mendedBy >= 0 && over ? { kind: 'packet', seq: mendedBy } : { kind: 'client', client },
            },
            window,
            (us, open) => `held back ${duration(us)}${open ? ' so far' : ''}`,
          ),
        );
      }
    }
  }
  return spans.filter((span) => span !== null);
}

/** What a packet carries, without a word on how often it was sent. */
function contentOf(trace: Trace, seq: number): string {
  const row = trace.table('packet.sent').rowOfSeq(seq);
  if (row < 0) return '';
  const { face } = factsOf(trace, row);
  return `${plainLabel(face)}${face.text === '' ? '' : ` “${face.text}”`}`;
}
