import type { FaultPlan } from '../../engine/contract/plan.ts';
import type { FaultOffer } from '../../pages/play/model.ts';
import type { ScenarioInput } from '../../scenarios/schema/scenario.ts';

export type FaultInput = NonNullable<ScenarioInput['faults']>[number];

/** A fault at this moment, as the buttons offer it. */
export function faultOf(offer: FaultOffer, atUs: number): FaultInput {
  const target = offer.target === null ? {} : { target: offer.target };
  const atMs = (offer.atUs ?? atUs) / 1000;
  switch (offer.kind) {
    case 'link-down':
      return { kind: 'link-down', atMs, forMs: 2000, ...target };
    case 'loss-burst':
      return { kind: 'link-change', atMs, forMs: 1000, ...target, set: { lossPct: 30 } };
    case 'server-crash':
      return { kind: 'server-crash', atMs, forMs: 2000, ...target };
    case 'client-disconnect':
      return { kind: 'client-disconnect', atMs, ...target };
    case 'packet-drop':
      return {
        kind: 'packet-drop',
        atMs,
        ...target,
        direction: offer.direction ?? 'down',
        packet: offer.packet ?? 'data',
        nth: offer.nth ?? 1,
      };
    case 'dns-down':
      return { kind: 'dns-down', atMs, forMs: 5000 };
  }
}

export function addFault(scenario: ScenarioInput, fault: FaultInput): ScenarioInput {
  return { ...scenario, faults: [...(scenario.faults ?? []), fault] };
}

export function removeFault(scenario: ScenarioInput, index: number): ScenarioInput {
  return { ...scenario, faults: (scenario.faults ?? []).filter((_fault, i) => i !== index) };
}

/** Moves a fault in time, or gives it another length (null: until the end). */
export function retimeFault(
  scenario: ScenarioInput,
  index: number,
  times: { atMs?: number; forMs?: number | null },
): ScenarioInput {
  const faults = (scenario.faults ?? []).map((fault, i) =>
    i === index ? ({ ...fault, ...times } as FaultInput) : fault,
  );
  return { ...scenario, faults };
}

/** Kinds that last for a while: these can be given another length. */
export function hasLength(fault: FaultPlan): boolean {
  return !['publish', 'network-switch', 'packet-drop', 'packet-delay', 'packet-duplicate'].includes(
    fault.kind,
  );
}

/** What a fault is called in a list: `SSE: burst of loss, 30 %`. `titleOf` gives the name of a target. */
export function faultTitle(fault: FaultPlan, titleOf: (target: string) => string): string {
  const what = whatHappens(fault);
  if (fault.target === null) return capital(what);
  return `${titleOf(fault.target)}: ${what}`;
}

function whatHappens(fault: FaultPlan): string {
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
    case 'client-disconnect':
      return 'disconnect';
    case 'client-sleep':
      return 'tab asleep';
    case 'network-switch':
      return 'network switch';
    case 'dns-down':
      return 'DNS down';
    case 'publish':
      return `types “${(fault.text ?? '').slice(0, 12)}”`;
    case 'packet-drop':
      return `drop ${packetName(fault)}`;
    case 'packet-delay':
      return `delay ${packetName(fault)} by ${fault.byMs ?? 0} ms`;
    case 'packet-duplicate':
      return `duplicate ${packetName(fault)}`;
  }
}

function packetName(fault: FaultPlan): string {
  const kind = { syn: 'SYN', synack: 'SYN-ACK', data: 'data packet', any: 'packet' }[fault.packet ?? 'data'];
  const nth = fault.nth ?? 1;
  return nth === 1 ? `next ${kind}` : `${kind} no. ${nth}`;
}

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
