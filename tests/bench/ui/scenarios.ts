import type { ScenarioInput } from '../../../src/scenarios/validate.ts';

/** Fifty updates a second to 150 readers far away: from 3 s to 10 s some 2,400 packets are in flight at any moment. */
const crowd = (name: string, durationMs: number): ScenarioInput => ({
  version: 1,
  name,
  seed: 1,
  durationMs,
  settleMs: 2000,
  network: { access: { rttMs: 400, jitterMs: 20, lossPct: 1 } },
  publishers: [
    { name: 'ticker', room: 'a', arrivals: { kind: 'periodic', everyMs: 20 }, bytes: 120, text: 'hello ' },
  ],
  clients: [
    { name: 'websocket', count: 100, rooms: ['a'], transport: { kind: 'websocket' } },
    { name: 'sse', count: 40, rooms: ['a'], transport: { kind: 'sse' } },
    { name: 'polling', count: 10, rooms: ['a'], transport: { kind: 'polling' } },
  ],
});

/** Two thousand packets in flight. */
export const CROWD = crowd('Two thousand packets', 10_000);
/** The same for longer, which leaves a trace of a million records. */
export const MILLION = crowd('A million records', 30_000);
