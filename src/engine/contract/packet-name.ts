import type { FaultPlan } from './plan.ts';

const KINDS = { syn: 'SYN', synack: 'SYN-ACK', data: 'data packet', any: 'packet' } as const;

/** The packet that a fault waits for, without an article: `next data packet`, `SYN no. 3`. */
export function packetName({ packet = 'data', nth = 1 }: Pick<FaultPlan, 'packet' | 'nth'>): string {
  return nth === 1 ? `next ${KINDS[packet]}` : `${KINDS[packet]} no. ${nth}`;
}
