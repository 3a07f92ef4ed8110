import type { FaultOffer } from '../model.ts';

/** How long faults last unless somebody says otherwise, ms; those left out take no time, or hold until the end. */
export const USUAL_MS: Partial<Record<FaultOffer['kind'], number>> = {
  'link-down': 2000,
  'loss-burst': 1000,
  'server-crash': 2000,
  'server-pause': 2000,
  'server-drain': 10_000,
  'load-balancer-crash': 2000,
  'load-balancer-pause': 2000,
  'client-disconnect': 5000,
  'client-sleep': 5000,
  'dns-down': 5000,
  'broker-crash': 2000,
  'broker-pause': 2000,
  partition: 2000,
  'clock-skew': 10_000,
};

/** More servers a scenario cannot have. */
export const MOST_SERVERS = 100;
