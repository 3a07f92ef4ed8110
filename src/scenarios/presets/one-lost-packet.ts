import type { Preset } from './preset.ts';

export const ONE_LOST_PACKET: Preset = {
  name: 'one-lost-packet',
  group: 'start',
  scenario: {
    version: 1,
    name: 'What one lost packet costs',
    about:
      'A clean link, and exactly one packet dropped. With nothing behind it, the sender notices by a probe of its own; with the next message close behind, the receiver’s acknowledgements tell.',
    seed: 1,
    durationMs: 12_000,
    settleMs: 5_000,
    network: { access: { rttMs: 100 } },
    publishers: [
      {
        name: 'seldom',
        room: 'slow',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 2_000 },
        text: 'abcde',
      },
      {
        name: 'often',
        room: 'fast',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 50 },
        text: 'abcde',
      },
    ],
    clients: [
      { name: 'thin', rooms: ['slow'], transport: { kind: 'websocket' } },
      { name: 'dense', rooms: ['fast'], transport: { kind: 'websocket' } },
    ],
    faults: [
      { kind: 'packet-drop', atMs: 5_950, target: 'thin', direction: 'down', packet: 'data', nth: 1 },
      { kind: 'packet-drop', atMs: 5_950, target: 'dense', direction: 'down', packet: 'data', nth: 1 },
    ],
    expect: [
      { metric: 'totals.wire.lostPackets', min: 2, max: 2 },
      { metric: 'groups.thin.deliveries.latencyMs.max', min: 300, max: 400 },
      { metric: 'groups.dense.deliveries.latencyMs.max', min: 150, max: 250 },
    ],
  },
};
