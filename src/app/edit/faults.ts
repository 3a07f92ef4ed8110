import { isAtClients } from '../../engine/targets.ts';
import type { FaultChange, FaultOffer } from '../../pages/play/model.ts';
import { USUAL_MS } from '../../pages/play/touch/usual.ts';
import type { ScenarioInput } from '../../scenarios/schema/scenario.ts';
import { hits, holdsAt } from './faults-at.ts';

export type FaultInput = NonNullable<ScenarioInput['faults']>[number];

/** Times in a scenario are whole µs. */
const exact = (ms: number): number => Math.round(ms * 1000) / 1000;

/** A fault at this moment, as the buttons and gestures offer it. */
export function faultOf(offer: FaultOffer, atUs: number): FaultInput {
  const kind = offer.kind === 'loss-burst' ? 'link-change' : offer.kind;
  const forMs = offer.forMs === undefined ? USUAL_MS[offer.kind] : offer.forMs;
  const parts = {
    kind,
    atMs: (offer.atUs ?? atUs) / 1000,
    ...(forMs === undefined || forMs === null ? {} : { forMs }),
    ...(offer.target === null ? {} : { target: offer.target }),
  };
  switch (offer.kind) {
    case 'loss-burst':
      return { ...parts, set: { lossPct: 30 } } as FaultInput;
    case 'link-change':
      return { ...parts, set: offer.set ?? {} } as FaultInput;
    case 'link-down':
      return { ...parts, ...wayOf(offer) } as FaultInput;
    case 'partition':
      return { ...parts, between: offer.between ?? ['servers', 'backplane'], ...wayOf(offer) } as FaultInput;
    case 'clock-skew':
      return { ...parts, byMs: offer.byMs ?? 1000 } as FaultInput;
    case 'server-drain':
      return {
        ...parts,
        ...(offer.spreadMs === undefined ? {} : { spreadMs: offer.spreadMs }),
      } as FaultInput;
    case 'publish':
      return { ...parts, text: offer.text ?? '!' } as FaultInput;
    case 'packet-drop':
    case 'packet-delay':
    case 'packet-duplicate':
      return {
        ...parts,
        ...(offer.between === undefined
          ? { direction: offer.direction ?? 'down' }
          : { between: offer.between }),
        packet: offer.packet ?? 'data',
        nth: offer.nth ?? 1,
        ...(offer.kind === 'packet-delay' ? { byMs: offer.byMs ?? 200 } : {}),
      } as FaultInput;
    default:
      return parts as FaultInput;
  }
}

const wayOf = ({ direction }: FaultOffer) => (direction === undefined ? {} : { direction });

/** Adds a fault; a server that joins and is not there yet comes with it. */
export function addFault(scenario: ScenarioInput, fault: FaultInput): ScenarioInput {
  const count = fault.kind === 'server-join' ? Number(fault.target.slice('server-'.length)) : 1;
  const more = count > (scenario.servers?.count ?? 1) ? { servers: { ...scenario.servers, count } } : {};
  return { ...scenario, ...more, faults: [...(scenario.faults ?? []), fault] };
}

export function removeFaults(scenario: ScenarioInput, indexes: readonly number[]): ScenarioInput {
  return { ...scenario, faults: (scenario.faults ?? []).filter((_fault, i) => !indexes.includes(i)) };
}

/** Changes what is given of a fault: its times (no length: until the end), its numbers, whom it hits. */
export function changeFault(scenario: ScenarioInput, index: number, change: FaultChange): ScenarioInput {
  return withFaults(scenario, [index], (fault) => {
    const { set, target, ...rest } = change;
    const next: Record<string, unknown> = { ...fault, ...rest };
    if (typeof next.atMs === 'number') next.atMs = exact(next.atMs);
    if (typeof next.forMs === 'number') next.forMs = exact(next.forMs);
    if (set !== undefined && fault.kind === 'link-change') next.set = { ...fault.set, ...set };
    if (target === null) delete next.target;
    else if (target !== undefined) next.target = target;
    return next as FaultInput;
  });
}

/** Moves faults in time by the same, as far as all of them stay within the run. */
export function shiftFaults(
  scenario: ScenarioInput,
  indexes: readonly number[],
  byMs: number,
  endMs: number,
): ScenarioInput {
  const starts = indexes.flatMap((index) => scenario.faults?.[index]?.atMs ?? []);
  if (starts.length === 0) return scenario;
  const by = Math.max(-Math.min(...starts), Math.min(endMs - Math.max(...starts), byMs));
  return withFaults(scenario, indexes, (fault) => ({ ...fault, atMs: exact(fault.atMs + by) }));
}

/** Nothing lasts shorter than this once it was pulled at. */
const SHORTEST_MS = 1;

/** Makes a fault last longer or shorter; one until the end gets an end of its own. */
export function lengthenFault(
  scenario: ScenarioInput,
  index: number,
  byMs: number,
  endMs: number,
): ScenarioInput {
  return withFaults(scenario, [index], (fault) => {
    const lasts = ('forMs' in fault ? fault.forMs : null) ?? endMs - fault.atMs;
    const forMs = Math.min(Math.max(SHORTEST_MS, endMs - fault.atMs), Math.max(SHORTEST_MS, lasts + byMs));
    return { ...fault, forMs: exact(forMs) } as FaultInput;
  });
}

/**
 * Ends whatever cuts a client's link at a moment. A cut that hits others too ends for all of them: it is one cable.
 * @param names all that a fault can call this client: its group and itself
 */
export function mendLink(scenario: ScenarioInput, names: readonly string[], atUs: number): ScenarioInput {
  const atMs = exact(atUs / 1000);
  const atClients = isAtClients({
    servers: { count: scenario.servers?.count ?? 1 },
    edge: { tls: '1.3', proxy: null, loadBalancer: null, ...scenario.edge },
  });
  const faults = (scenario.faults ?? []).flatMap((fault) => {
    const isCut = fault.kind === 'link-down' && holdsAt(fault, atMs) && hits(fault.target, names, atClients);
    if (!isCut) return [fault];
    return endedAt(fault, atMs);
  });
  return { ...scenario, faults };
}

/** Ends a fault at a moment at which it is in force. */
export function endFault(scenario: ScenarioInput, index: number, atUs: number): ScenarioInput {
  const atMs = exact(atUs / 1000);
  const faults = (scenario.faults ?? []).flatMap((fault, i) =>
    i === index ? endedAt(fault, atMs) : [fault],
  );
  return { ...scenario, faults };
}

/** What is left of a fault that ends at a moment: nothing, if it begins then. */
const endedAt = (fault: FaultInput, atMs: number): FaultInput[] =>
  fault.atMs === atMs ? [] : [{ ...fault, forMs: exact(atMs - fault.atMs) } as FaultInput];

function withFaults(
  scenario: ScenarioInput,
  indexes: readonly number[],
  change: (fault: FaultInput) => FaultInput,
): ScenarioInput {
  const faults = (scenario.faults ?? []).map((fault, i) => (indexes.includes(i) ? change(fault) : fault));
  return { ...scenario, faults };
}
