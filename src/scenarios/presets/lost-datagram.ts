import type { Preset } from './preset.ts';

export const LOST_DATAGRAM: Preset = {
  name: 'lost-datagram',
  group: 'network',
  scenario: {
    version: 1,
    name: 'One lost datagram costs five seconds',
    about:
      'Two packets in a hundred are lost: to three readers, of the connection that each keeps, and TCP sends them again within a third of a second; to three others, of DNS, which they ask for the server’s name before each poll. At two seconds it is a query of the first. UDP sends nothing again and nobody is told: only the resolver’s timer of five seconds asks once more, and what is typed meanwhile waits. The readers beside it are not held up.',
    seed: 14,
    durationMs: 30_000,
    settleMs: 10_000,
    network: {
      access: { rttMs: 50, lossPct: 2 },
      dns: { lookupMs: 20, ttlMs: 0, lossPct: 2 },
    },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 500 }, text: 'hello ' },
    ],
    clients: [
      {
        name: 'asks-each-time',
        count: 3,
        network: { lossPct: 0 },
        transport: { kind: 'polling', keepAlive: false },
      },
      { name: 'keeps-connection', count: 3, transport: { kind: 'polling' } },
    ],
    expect: [
      { metric: 'groups.asks-each-time.dns.repeated', min: 1, max: 1 },
      { metric: 'groups.asks-each-time.wire.lostPackets', min: 1, max: 1 },
      { metric: 'groups.asks-each-time.deliveries.latencyMs.max', min: 5_500 },
      { metric: 'groups.keeps-connection.wire.retransmissions', min: 5 },
      { metric: 'groups.keeps-connection.http.responses.lastByteMs.max', max: 400 },
    ],
  },
};
