import type { Preset } from './preset.ts';

export const LOST_SYN: Preset = {
  name: 'lost-syn',
  group: 'network',
  scenario: {
    version: 1,
    name: 'A lost SYN costs a second',
    about:
      'Three clients open a WebSocket. The first SYN of one is dropped, and the first two of another. Nothing comes back that could tell, and there is no round trip measured yet: the sender waits a whole second each time, on a link whose round trip is a twentieth of one. Look at the ladder of each from the beginning.',
    seed: 1,
    durationMs: 10_000,
    settleMs: 5_000,
    network: { access: { rttMs: 50 } },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 500 }, text: 'hello ' },
    ],
    clients: [
      { name: 'undisturbed', transport: { kind: 'websocket' } },
      { name: 'one-lost', transport: { kind: 'websocket' } },
      { name: 'two-lost', transport: { kind: 'websocket' } },
    ],
    faults: [
      { kind: 'packet-drop', atMs: 0, target: 'one-lost', direction: 'up', packet: 'syn', nth: 1 },
      { kind: 'packet-drop', atMs: 0, target: 'two-lost', direction: 'up', packet: 'syn', nth: 1 },
      { kind: 'packet-drop', atMs: 500, target: 'two-lost', direction: 'up', packet: 'syn', nth: 1 },
    ],
    expect: [
      { metric: 'groups.undisturbed.setupMs.max', max: 250 },
      { metric: 'groups.one-lost.setupMs.min', min: 1_100, max: 1_250 },
      { metric: 'groups.two-lost.setupMs.min', min: 2_100, max: 2_300 },
      { metric: 'totals.wire.lostPackets', min: 3, max: 3 },
    ],
  },
};
