import type { TraceHeader } from '../trace/header.ts';
import { asName } from '../trace/names.ts';
import type { Layout } from './contract/network.ts';
import { packetName } from './contract/packet-name.ts';
import type { FaultPlan, Plan } from './contract/plan.ts';
import { placesNamed } from './targets.ts';

/** A fault as the header of a trace has it: when, whom, and in a few words what. */
export function faultOf(
  fault: FaultPlan,
  plan: Plan,
  layout: Pick<Layout, 'places'>,
): TraceHeader['faults'][number] {
  const atUs = Math.round(fault.atMs * 1000);
  const endMs = fault.forMs === null ? plan.durationMs + plan.settleMs : fault.atMs + fault.forMs;
  const instant =
    fault.kind.startsWith('packet-') || ['publish', 'network-switch', 'server-join'].includes(fault.kind);
  const titled = withTitles(fault, layout);
  return {
    kind: fault.kind,
    target: fault.target ?? '',
    atUs,
    endUs: instant ? atUs : Math.round(endMs * 1000),
    label: faultLabel(titled),
    detail: titled.target ?? titled.between?.join(' and ') ?? 'everybody',
    ...endsOf(fault, layout),
  };
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

/** A fault whose processes have the names that people see: "Broker 1", "Server 2". */
function withTitles(fault: FaultPlan, { places }: Pick<Layout, 'places'>): FaultPlan {
  const titleOf = (name: string) => {
    const place = places.find((one) => one.name === name);
    return place === undefined ? name : place.title || asName(name);
  };
  const { target, between } = fault;
  return {
    ...fault,
    target: target === null ? null : titleOf(target),
    ...(between === undefined ? {} : { between: between.map(titleOf) }),
  };
}

/** A few words for the timeline. */
function faultLabel(fault: FaultPlan): string {
  const who = fault.target ?? '';
  switch (fault.kind) {
    case 'link-change':
      return Object.entries(fault.set ?? {})
        .map(([option, value]) => LINK_WORDS[option]?.(value as never) ?? option)
        .join(', ');
    case 'link-down':
      return `${who || 'all links'} down${fault.direction && fault.direction !== 'both' ? ` (${fault.direction})` : ''}`;
    case 'server-crash':
      return `${who || 'server'} crashes`;
    case 'server-pause':
      return `${who || 'server'} pauses`;
    case 'server-join':
      return `${who || 'server'} joins`;
    case 'server-drain':
      return `${who || 'all servers'} drain${who === '' ? '' : 's'}`;
    case 'load-balancer-crash':
      return 'load balancer crashes';
    case 'load-balancer-pause':
      return 'load balancer pauses';
    case 'client-disconnect':
      return `${who || 'all'} disconnected`;
    case 'client-sleep':
      return `${who || 'all'} asleep`;
    case 'network-switch':
      return `${who || 'all'} change network`;
    case 'dns-down':
      return 'DNS down';
    case 'broker-crash':
      return `${who || 'all of the backplane'} crashes`;
    case 'broker-pause':
      return `${who || 'all of the backplane'} pauses`;
    case 'partition':
      return partitionLabel(fault);
    case 'clock-skew':
      return `clock of ${who || 'everybody'} ${(fault.byMs ?? 0) < 0 ? '' : '+'}${fault.byMs ?? 0} ms`;
    case 'publish':
      return `typed “${fault.text ?? ''}”`;
    default:
      return `${fault.kind.slice('packet-'.length)} ${packetLabel(fault)} · ${packetWay(fault)}`;
  }
}

const packetLabel = (fault: FaultPlan): string =>
  `${(fault.nth ?? 1) === 1 ? 'the ' : ''}${packetName(fault)}`;

/** Whose packet: that of a client, or that from one place to another. */
const packetWay = ({ target, between }: FaultPlan): string => between?.join(' → ') ?? target ?? '';

function partitionLabel({ between = [], direction }: FaultPlan): string {
  const [a = '', b = ''] = between;
  const arrow = direction === 'forth' ? '↛' : direction === 'back' ? '↚' : '↮';
  return `${a} ${arrow} ${b}`;
}

const LINK_WORDS: Record<string, (value: never) => string> = {
  lossPct: (value) => `loss ${value} %`,
  rttMs: (value) => `RTT ${value} ms`,
  jitterMs: (value) => `jitter ±${value} ms`,
  rateKbps: (value) => (value === null ? 'no rate limit' : `${value} kbit/s`),
};
