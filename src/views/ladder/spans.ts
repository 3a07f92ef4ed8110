import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { concernsClient, concernsServer, faultEndUs, isInstant } from '../reading/faults.ts';
import { readingOf } from '../reading/reading.ts';
import { duration } from '../readout/units.ts';
import type { ArrowIndex } from './arrows.ts';
import type { Depth } from './depth.ts';
import { heldSpans } from './holds.ts';
import { keptSpans } from './kept.ts';
import { lookupsOf } from './lookups.ts';
import { stateSpans, timerSpans, waitSpans } from './machines.ts';
import { serverOf } from './pairs.ts';
import { peerFaultSpans } from './peer-faults.ts';
import { endsOf } from './peers.ts';
import { resendSpans } from './resends.ts';
import { type Span, type Window, within } from './span.ts';

const ATTEMPT = COLUMN['connection.attempted'];
const RESOLVED = COLUMN['name.resolved'];

/** Rows after a window among which one is looked for that began in it. */
const LOOK_AHEAD = 12;

/** All that lasts at the lifelines of these clients within a window, at a depth. */
export function spansOf(
  trace: Trace,
  header: TraceHeader,
  index: ArrowIndex,
  clients: readonly number[],
  depth: Depth,
  window: Window,
): Span[] {
  const spans = clients.flatMap((client) =>
    endsOf(header, client) === null
      ? [
          ...faultSpans(trace, header, client, window),
          ...heldSpans(trace, client, window),
          ...keptSpans(trace, client, window),
          ...waitSpans(trace, header, client, window),
          ...(depth === 1 ? connectSpans(trace, client, window) : dnsSpans(trace, client, window)),
          ...(depth >= 3 ? stateSpans(trace, header, client, window) : []),
          ...(depth >= 3 ? timerSpans(trace, header, client, window) : []),
        ]
      : peerFaultSpans(trace, header, client, window),
  );
  // A wait says what its timer would, and how long is left of it.
  const waits = new Set(
    spans.flatMap(({ kind, client, at, fromUs }) => (kind === 'wait' ? [`${client} ${at} ${fromUs}`] : [])),
  );
  const told = ({ kind, client, at, fromUs }: Span) =>
    kind === 'timer' && waits.has(`${client} ${at} ${fromUs}`);
  return [...spans.filter((span) => !told(span)), ...resendSpans(trace, index, new Set(clients), window)];
}

function faultSpans(trace: Trace, header: TraceHeader, client: number, window: Window): Span[] {
  const server = serverOf(trace, client, window.nowUs);
  return header.faults.flatMap((fault, number) => {
    const at = placeOf(fault.kind);
    if (at === null) return [];
    const concerned =
      at === 'server' ? concernsServer(trace, fault, server) : concernsClient(trace, fault, client);
    if (!concerned) return [];
    const span = within(
      {
        kind: 'fault',
        client,
        at,
        fromUs: fault.atUs,
        toUs: isInstant(fault) ? fault.atUs : faultEndUs(trace, fault),
        detail: '',
        selection: { kind: 'fault', fault: number },
      },
      window,
      () => fault.label,
    );
    return span === null ? [] : [span];
  });
}

/** Where a fault shows: single packets carry their own ✕, and nobody stands for a name server. */
function placeOf(kind: string): Span['at'] | null {
  if (kind.startsWith('link-')) return 'link';
  if (kind.startsWith('server-')) return 'server';
  return kind.startsWith('client-') || kind === 'network-switch' ? 'client' : null;
}

/** Handshakes as one bracket: from the attempt until a request can be sent. */
function connectSpans(trace: Trace, client: number, window: Window): Span[] {
  const { attempts, establishedAtClient, secured, closedAtClient } = readingOf(trace);
  const table = trace.table('connection.attempted');
  const ends = (kind: 'connection.established' | 'connection.secured' | 'connection.closed', row?: number) =>
    row === undefined ? Number.POSITIVE_INFINITY : trace.table(kind).atUs(row);
  const usesTls = trace.table('connection.secured').length > 0;
  const first = Math.max(0, attempts.countAt(client, window.fromUs) - 6);
  const rows = attempts.of(client).slice(first, attempts.countAt(client, window.toUs));
  return rows.flatMap((row) => {
    const connection = table.get(row, ATTEMPT.connection);
    const readyUs = usesTls
      ? ends('connection.secured', secured.of(connection)[0])
      : ends('connection.established', establishedAtClient.of(connection)[0]);
    const closedUs = ends('connection.closed', closedAtClient.of(connection)[0]);
    const failed = closedUs < readyUs && closedUs <= window.nowUs;
    const span = within(
      {
        kind: 'connect',
        client,
        at: 'client',
        fromUs: table.atUs(row),
        toUs: Math.min(readyUs, closedUs),
        detail: failed ? 'in vain' : usesTls ? 'TCP and TLS' : 'TCP',
        selection: { kind: 'client', client },
      },
      window,
      (us, open) => `connecting ${duration(us)}${open ? ' so far' : ''}`,
    );
    return span === null ? [] : [span];
  });
}

/** Names that were asked for, as a box: the name server has no lifeline. */
function dnsSpans(trace: Trace, client: number, window: Window): Span[] {
  const { resolved } = lookupsOf(trace);
  const table = trace.table('name.resolved');
  const first = resolved.countAt(client, window.fromUs - 1);
  return resolved
    .of(client)
    .slice(first, resolved.countAt(client, window.toUs) + LOOK_AHEAD)
    .flatMap((row) => {
      const tookUs = table.get(row, RESOLVED.tookUs);
      if (tookUs === 0) return [];
      const span = within(
        {
          kind: 'dns',
          client,
          at: 'client',
          fromUs: table.atUs(row) - tookUs,
          toUs: table.atUs(row),
          detail: '',
          selection: { kind: 'client', client },
        },
        window,
        (us, open) => `DNS ${duration(us)}${open ? ' so far' : ''}`,
      );
      return span === null ? [] : [span];
    });
}
