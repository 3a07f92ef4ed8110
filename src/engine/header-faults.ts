import type { TraceHeader } from '../trace/header.ts';
import { targetTitle } from '../trace/names.ts';
import type { Layout } from './contract/network.ts';
import type { FaultPlan, Plan } from './contract/plan.ts';
import { faultLabel } from './fault-words.ts';
import { placesNamed } from './targets.ts';

/**
 * A fault as the header of a trace has it: when, whom, and in a few words what.
 * @param named what the rest of the header has of whom it may be aimed at
 */
export function faultOf(
  fault: FaultPlan,
  plan: Plan,
  layout: Pick<Layout, 'places'>,
  named: Parameters<typeof targetTitle>[0],
): TraceHeader['faults'][number] {
  const atUs = Math.round(fault.atMs * 1000);
  const endMs = fault.forMs === null ? plan.durationMs + plan.settleMs : fault.atMs + fault.forMs;
  const instant =
    fault.kind.startsWith('packet-') || ['publish', 'network-switch', 'server-join'].includes(fault.kind);
  const titled = withTitles(fault, (target) => targetTitle(named, target));
  return {
    kind: fault.kind,
    target: fault.target ?? '',
    atUs,
    endUs: instant ? atUs : Math.round(endMs * 1000),
    label: faultLabel(titled),
    detail: titled.target ?? titled.between?.join(' and ') ?? 'everybody',
    ...wayOf(fault),
    ...endsOf(fault, layout),
  };
}

/** Which way a link that is down lets nothing through. */
function wayOf({ kind, direction }: FaultPlan): Pick<TraceHeader['faults'][number], 'way'> {
  if (kind !== 'link-down') return {};
  return { way: direction === 'up' || direction === 'down' ? direction : 'both' };
}

/** The two ends of what is between two: of a partition, or of the way of a packet. */
function endsOf(
  { kind, between, direction }: FaultPlan,
  layout: Pick<Layout, 'places'>,
): Pick<TraceHeader['faults'][number], 'parted' | 'crossed'> {
  if (between === undefined) return {};
  const [from = [], to = []] = between.map((name) => placesNamed(layout, name));
  if (kind === 'partition')
    return { parted: { from, to, way: direction === 'forth' || direction === 'back' ? direction : 'both' } };
  return { crossed: { from, to } };
}

/** A fault whose processes and clients have the names that people see: "Broker 1", "Server 2", "Long polling 3". */
function withTitles(fault: FaultPlan, titleOf: (target: string) => string): FaultPlan {
  const { target, between } = fault;
  return {
    ...fault,
    target: target === null ? null : titleOf(target),
    ...(between === undefined ? {} : { between: between.map(titleOf) }),
  };
}
