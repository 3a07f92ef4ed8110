import type { Preset } from './preset.ts';

const SSE = { kind: 'sse', retryMs: 1_000 } as const;

export const SNAPSHOT_GAP: Preset = {
  name: 'snapshot-gap',
  group: 'redis',
  scenario: {
    version: 1,
    name: 'Away for longer than anybody keeps: a snapshot, then differences',
    about:
      'Both readers are away for 20 seconds, and 200 updates. The servers keep the last 20 of the room, the Redis stream the last 50. Who asks for a replay alone gets those, and has lost the rest for good. The other is given the room’s state as it is now, 4 kB, and only what comes after it: all is there, and a replay of 200 updates would have taken some 30 kB. Set the replay buffer to 1000 and compare.',
    seed: 1,
    durationMs: 35_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: {
      count: 2,
      leaveRoomAfterMs: 60_000,
      replayBuffer: { messages: 20 },
      replayFrom: 'backplane',
      snapshot: { bytes: 4_000 },
    },
    backplane: { kind: 'redis-streams', maxLen: 50, trim: 'exact' },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 100 }, text: 'hello ' },
    ],
    clients: [
      { name: 'replay', transport: SSE, repair: { detectGaps: true } },
      { name: 'snapshot', transport: SSE, repair: { detectGaps: true, snapshot: 'gap' } },
    ],
    faults: [
      { kind: 'client-disconnect', target: 'replay', atMs: 8_000, forMs: 20_000 },
      { kind: 'client-disconnect', target: 'snapshot', atMs: 8_000, forMs: 20_000 },
    ],
    expect: [
      { metric: 'groups.replay.deliveries.lost', min: 100 },
      { metric: 'groups.snapshot.deliveries.lost', max: 0 },
      { metric: 'groups.snapshot.deliveries.bySnapshot', min: 150 },
      { metric: 'groups.snapshot.deliveries.duplicates', max: 0 },
      { metric: 'groups.snapshot.snapshots.bytes', min: 4_000, max: 4_000 },
    ],
  },
};
