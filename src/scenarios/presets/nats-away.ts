import type { Preset } from './preset.ts';

export const NATS_AWAY: Preset = {
  name: 'nats-away',
  group: 'nats',
  scenario: {
    version: 1,
    name: 'NATS keeps nothing for whoever is away',
    about:
      'NATS restarts, and server 2 cannot reach it for some seconds more. Client libraries wait two seconds before they connect again: the source’s keeps what is published meanwhile, and sends it as soon as it is back. Server 1, back a moment later, has missed that, and server 2 misses everything until it is back. With JetStream both would get it later: see “JetStream replays an absence”.',
    seed: 3,
    durationMs: 14_000,
    settleMs: 3_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'nats' },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 200 },
        text: 'anybody there? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, transport: { kind: 'websocket' }, repair: { detectGaps: true } }],
    faults: [
      { kind: 'broker-crash', target: 'nats', atMs: 5_000, forMs: 100 },
      { kind: 'partition', between: ['server-2', 'nats'], atMs: 4_900, forMs: 4_000 },
    ],
    expect: [{ metric: 'groups.reader.deliveries.lost', min: 40 }],
  },
};
