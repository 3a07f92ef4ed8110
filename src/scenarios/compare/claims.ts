import { claimOf } from '../../engine/contract/backplane.ts';
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
      values: plans.map(({ backplane }) => backplanePromise(backplane)),
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

function backplanePromise(backplane: Plan['backplane']): string {
  const manifest = REGISTRIES.backplanes[backplane.kind];
  if (manifest === undefined) return '';
  const { delivery, ordered, replay } = claimOf(manifest, backplane);
  return [
    delivery === 'unspecified' ? 'may lose and repeat' : delivery,
    ordered === 'none' ? 'any order' : `ordered by ${ordered}`,
    replay ? 'replay' : 'no replay',
  ].join(', ');
}
