import type { Plan } from '../../engine/contract/plan.ts';
import { REGISTRIES } from '../registries.ts';

/** A row of words: what the parts of each variant promise. */
export interface Claim {
  title: string;
  about: string;
  values: string[];
}

/** What the transports and the backplane of each plan promise, in their manifests' own terms. */
export function claimsOf(plans: readonly Plan[]): Claim[] {
  return [
    {
      title: 'hop 1 promises',
      about:
        'What the transport’s manifest claims: order while a connection lives, and what a reconnection loses.',
      values: plans.map(({ clients }) => {
        const promises = clients.map(({ transport }) => transportPromise(transport));
        return [...new Set(promises)].join('; ');
      }),
    },
    {
      title: 'hop 2 promises',
      about: 'What the backplane’s manifest claims of delivery and order.',
      values: plans.map(({ backplane }) => {
        const guarantees = REGISTRIES.backplanes[backplane.kind]?.guarantees;
        return guarantees === undefined ? '' : backplanePromise(guarantees);
      }),
    },
  ];
}

function transportPromise(transport: { kind: string; [option: string]: unknown }): string {
  const guarantees = REGISTRIES.transports[transport.kind]?.guarantees;
  if (guarantees === undefined) return '';
  const { ordered, replay } = guarantees;
  const replays = typeof replay === 'string' ? replay === 'always' : transport[replay.option] === true;
  return `${ordered ? 'ordered' : 'any order'}, ${replays ? 'replay' : 'no replay'}`;
}

/** Manifests may say more than this build knows of: the words are put together from whatever they hold. */
function backplanePromise(guarantees: object): string {
  return Object.entries(guarantees)
    .flatMap(([key, value]) => {
      if (typeof value === 'boolean') return value ? [key] : [`no ${key}`];
      if (typeof value !== 'string') return [];
      return [key === 'ordered' ? (value === 'none' ? 'any order' : `ordered by ${value}`) : value];
    })
    .join(', ');
}
