import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { faultEndUs } from '../reading/faults.ts';
import { endsOf } from './peers.ts';
import { type Span, type Window, within } from './span.ts';

/** Faults of a link of hop 2, and of the processes at its ends. */
export function peerFaultSpans(trace: Trace, header: TraceHeader, pair: number, window: Window): Span[] {
  return header.faults.flatMap((fault, number) => {
    const at = placeOf(header, fault, pair);
    if (at === null) return [];
    const span = within(
      {
        kind: 'fault',
        client: pair,
        at,
        fromUs: fault.atUs,
        toUs: faultEndUs(trace, fault),
        detail: '',
        selection: { kind: 'fault', fault: number },
      },
      window,
      () => fault.label,
    );
    return span === null ? [] : [span];
  });
}

/** Where a fault shows between two places; null: it is about others. */
function placeOf(
  header: TraceHeader,
  { kind, target, parted }: TraceHeader['faults'][number],
  pair: number,
): Span['at'] | null {
  const ends = endsOf(header, pair);
  if (ends === null) return null;
  const { left, right } = ends;
  if (parted !== undefined) {
    const { from, to } = parted;
    const parts = (from.includes(left) && to.includes(right)) || (from.includes(right) && to.includes(left));
    return parts ? 'link' : null;
  }
  const is = (place: number) =>
    target === ''
      ? header.places[place]?.kind === (kind.startsWith('broker-') ? 'node' : 'server')
      : header.places[place]?.name === target;
  if (kind === 'link-down' || kind === 'link-change')
    return target !== '' && (is(left) || is(right)) ? 'link' : null;
  if (!/^(broker|server)-(crash|pause)$/.test(kind)) return null;
  return is(left) ? 'server' : is(right) ? 'client' : null;
}
