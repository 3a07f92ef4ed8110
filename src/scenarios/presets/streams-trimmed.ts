import type { Preset } from './preset.ts';

export const STREAMS_TRIMMED: Preset = {
  name: 'streams-trimmed',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'Trimmed before it was read',
    about:
      'The stream keeps its last 50 entries. Server 2 stands still for four seconds at 25 updates a second: when it goes on, the entries that it would read next are not there any more. Nobody tells it; server 1 has missed nothing.',
    seed: 1,
    durationMs: 15_000,
    settleMs: 5_000,
    servers: { count: 2 },
    backplane: { kind: 'redis-streams', maxLen: 50, trim: 'exact' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 40 },
        text: 'read this before it is gone ',
      },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    faults: [{ kind: 'server-pause', atMs: 6_000, forMs: 4_000, target: 'server-2' }],
    expect: [
      { metric: 'totals.deliveries.lost', min: 40 },
      { metric: 'backplane.dropped', min: 40 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.outOfOrder', max: 0 },
    ],
  },
};
