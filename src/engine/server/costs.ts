import type { ServerFacts } from '../contract/facts.ts';
import type { Plan } from '../contract/plan.ts';

/** What a server spends CPU time on. */
export type Work = 'request' | 'message' | 'connection' | 'handshake' | 'resumption' | 'snapshot';

/** What each kind of work costs, µs. */
export function costsOf({ cpu }: Plan['servers']): Record<Work, number> {
  return {
    request: Math.round(cpu.perRequestMs * 1000),
    message: Math.round(cpu.perMessageMs * 1000),
    connection: Math.round(cpu.perConnectionMs * 1000),
    handshake: Math.round(cpu.perHandshakeMs * 1000),
    resumption: Math.round(cpu.perResumptionMs * 1000),
    snapshot: Math.round(cpu.perSnapshotMs * 1000),
  };
}

/** The counts of a server that has done nothing yet. */
export const noFacts = (name: string): ServerFacts => ({
  name,
  busyUs: 0,
  requests: 0,
  handshakes: 0,
  sends: 0,
  repeated: 0,
  connectionsOpen: 0,
  connectionsPeak: 0,
  queuedPeakUs: 0,
  crashes: 0,
  sentAway: 0,
  snapshots: 0,
  snapshotBytes: 0,
  stateLoads: 0,
  threadsPeak: 0,
  threadWaitPeakUs: 0,
  requestsRefused: 0,
});
