import type { BalancerIo } from '../contract.ts';
import type { Choice } from './choice.ts';
import type { Health } from './health.ts';

/** What both layers count alike. */
export function countsOf({ cpu }: BalancerIo, health: Health, choice: Choice) {
  return {
    busyUs: cpu.busyUs,
    queuedPeakUs: cpu.queuedPeakUs,
    checks: health.checks,
    failedChecks: health.failed,
    becameUnhealthy: health.becameUnhealthy,
    becameHealthy: health.becameHealthy,
    servers: choice.open.map((open, server) => ({
      name: `server-${server + 1}`,
      chosen: choice.chosen[server] as number,
      open,
      peak: choice.peak[server] as number,
    })),
  };
}
