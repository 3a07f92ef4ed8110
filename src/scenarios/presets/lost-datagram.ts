import type { Preset } from './preset.ts';

export const LOST_DATAGRAM: Preset = {
  name: 'lost-datagram',
  group: 'network',
  scenario: {
    version: 1,
    name: 'One lost datagram costs five seconds',
    about:
      'Three readers keep a connection; three others open a fresh one for each poll, and ask for the server’s name first. Two packets in a hundred of the first are lost, and TCP sends each again within a third of a second. Of DNS it is one in two hundred: at three seconds a query of the second. It is a datagram of UDP: nothing sends it again and nobody is told, until the resolver’s timer of five seconds asks once more. What is typed meanwhile waits; the readers beside it are not held up.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 10_000,
    network: {
      access: { rttMs: 50, lossPct: 2 },
      dns: { lookupMs: 20, ttlMs: 0, lossPct: 0.5 },
    },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 500 }, text: 'hello ' },
    ],
    clients: [
      {
        name: 'fresh',
        count: 3,
        network: { lossPct: 0 },
        transport: { kind: 'polling', keepAlive: false },
      },
      { name: 'kept', count: 3, transport: { kind: 'polling' } },
    ],
    expect: [
      { metric: 'groups.fresh.dns.repeated', min: 1, max: 1 },
      { metric: 'groups.fresh.wire.lostPackets', min: 1, max: 1 },
      { metric: 'groups.fresh.deliveries.latencyMs.max', min: 5_500 },
      { metric: 'groups.kept.wire.retransmissions', min: 5 },
      { metric: 'groups.kept.http.responses.lastByteMs.max', max: 400 },
    ],
  },
};
