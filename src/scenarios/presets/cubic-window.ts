import type { Preset } from './preset.ts';

export const CUBIC_WINDOW: Preset = {
  name: 'cubic-window',
  group: 'network',
  scenario: {
    version: 1,
    name: 'Losses that are no congestion',
    about:
      'A hundred messages a second over 200 ms of round trip, so twenty should be under way at once. CUBIC takes each lost packet for a sign that the path is full: at 3 % its window stays below ten, and messages wait at the sender until several leave in one packet. Compare with BBR.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 10_000,
    network: { access: { rttMs: 200, lossPct: 3 }, tcp: { congestionControl: 'cubic' } },
    publishers: [
      { name: 'sensor', room: 'readings', arrivals: { kind: 'periodic', everyMs: 10 }, bytes: 100 },
    ],
    clients: [{ name: 'websocket', count: 4, transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.deliveries.latencyMs.p50', min: 140 },
      // Of 12,000 messages: several to a packet.
      { metric: 'groups.websocket.wire.packets', max: 12_000 },
    ],
  },
};
