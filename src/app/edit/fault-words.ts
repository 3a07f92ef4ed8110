import { packetName } from '../../engine/contract/packet-name.ts';
import type { FaultPlan } from '../../engine/contract/plan.ts';

/** What a fault is called in a list: `SSE: burst of loss, 30 %`. `titleOf` gives the name of a target. */
export function faultTitle(fault: FaultPlan, titleOf: (target: string) => string): string {
  const what = whatHappens(fault, titleOf);
  if (fault.between !== undefined && fault.kind !== 'partition')
    return `${fault.between.map((name) => capital(titleOf(name))).join(' → ')}: ${what}`;
  if (fault.target === null) return capital(what);
  return `${titleOf(fault.target)}: ${what}`;
}

function whatHappens(fault: FaultPlan, titleOf: (target: string) => string): string {
  switch (fault.kind) {
    case 'link-change':
      return changes(fault.set ?? {}, fault.forMs !== null);
    case 'link-down':
      return fault.direction === 'up' || fault.direction === 'down'
        ? `link cut ${fault.direction}ward`
        : 'link cut';
    case 'server-crash':
      return 'server crash';
    case 'server-pause':
      return 'server stands still';
    case 'server-join':
      return 'server joins';
    case 'server-drain':
      return 'server drains';
    case 'load-balancer-crash':
      return 'load balancer crash';
    case 'load-balancer-pause':
      return 'load balancer stands still';
    case 'client-disconnect':
      return 'off the network';
    case 'client-sleep':
      return 'tab asleep';
    case 'network-switch':
      return 'Wi-Fi to cellular';
    case 'dns-down':
      return 'DNS down';
    case 'broker-crash':
      return 'crash';
    case 'broker-pause':
      return 'stands still';
    case 'partition':
      return `${(fault.between ?? []).map(titleOf).join(' and ')} parted${fault.direction === 'both' ? '' : ', one way'}`;
    case 'clock-skew':
      return `clock ${Math.abs(fault.byMs ?? 0)} ms ${(fault.byMs ?? 0) < 0 ? 'behind' : 'ahead'}`;
    case 'publish':
      return `types “${(fault.text ?? '').slice(0, 12)}”`;
    case 'packet-drop':
      return `drop ${packetWords(fault)}`;
    case 'packet-delay':
      return `delay ${packetWords(fault)} by ${fault.byMs ?? 0} ms`;
    case 'packet-duplicate':
      return `duplicate ${packetWords(fault)}`;
  }
}

/** One of any kind is one that was pointed at. */
const packetWords = (fault: FaultPlan): string =>
  fault.packet === 'any' && (fault.nth ?? 1) === 1 ? 'this packet' : packetName(fault);

function changes(set: NonNullable<FaultPlan['set']>, forAWhile: boolean): string {
  const parts: string[] = [];
  if (set.rttMs !== undefined) parts.push(`round trip ${set.rttMs} ms`);
  if (set.jitterMs !== undefined) parts.push(`jitter ± ${set.jitterMs} ms`);
  if (set.lossPct !== undefined) parts.push(`${forAWhile ? 'burst of loss,' : 'loss'} ${set.lossPct} %`);
  if (set.lossModel) parts.push('bursty loss');
  if (set.rateKbps !== undefined) {
    parts.push(set.rateKbps === null ? 'bandwidth unlimited' : `bandwidth ${set.rateKbps} kbit/s`);
  }
  if (set.duplicatePct !== undefined) parts.push(`duplicates ${set.duplicatePct} %`);
  if (set.reorderPct !== undefined) parts.push(`reordering ${set.reorderPct} %`);
  return parts.length === 0 ? 'link changes' : parts.join(', ');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
