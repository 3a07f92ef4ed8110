import { sameTrouble } from '../another-backplane.ts';
import type { Change } from '../edit.ts';
import { REGISTRIES } from '../registries.ts';
import type { ScenarioInput } from '../validate.ts';
import type { Variant } from './comparison.ts';

/** Those in which a source sends to the servers itself: to one, or to the owner of each client. */
const STRAIGHT = ['direct', 'modulo-hash', 'hash-ring'];

const KINDS = Object.keys(REGISTRIES.backplanes);

/** Two sets with all backplanes between them, as there are more than a comparison can have. */
export const BACKPLANE_SETS = [
  {
    id: 'backplanes',
    title: 'Every broker, and a database',
    about: 'The same load through each store or broker between the source and the servers.',
    kinds: KINDS.filter((kind) => !STRAIGHT.includes(kind)),
  },
  {
    id: 'straight',
    title: 'Direct · modulo hashing · hash ring',
    about: 'The same load straight from the source to servers: to one, or to the owner of each client.',
    kinds: STRAIGHT,
  },
] as const;

/** What was late has come by then, ms: an ordered consumer of JetStream that was cut off is missed after ten seconds. */
const SETTLED_MS = 15_000;

/** The scenario over each of some backplanes, with the trouble that it has, and time to get over it. */
export function backplaneVariants(base: ScenarioInput, kinds: readonly string[]): Variant[] {
  const isShort = (base.faults ?? []).length > 0 && (base.settleMs ?? 0) < SETTLED_MS;
  const patience: Change[] = isShort ? [{ path: 'settleMs', value: SETTLED_MS }] : [];
  return kinds.map((kind) => ({
    name: REGISTRIES.backplanes[kind]?.title ?? kind,
    set: [{ path: 'backplane.kind', value: kind }, ...sameTrouble(base, kind), ...patience],
  }));
}
