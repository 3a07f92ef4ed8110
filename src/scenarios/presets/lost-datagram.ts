import type { Preset } from './preset.ts';

export const LOST_DATAGRAM: Preset = {
  name: 'lost-datagram',
  group: 'network',
  scenario: {
    version: 1,
    name: 'One lost datagram costs five seconds',
    about:
      'Three readers keep a connection that loses two segments in a hundred: TCP misses them, and sends each again within a third of a second. Three others open a connection for each poll, on links that lose nothing, and ask for the server’s name first; two datagrams in a hundred are lost there. At six seconds it is a query of the second, at 27 its answer. UDP sends nothing again and nobody is told, so only the resolver’s timer of five seconds asks once more, and what was typed meanwhile waits. The readers beside it are not held up. Set ttlMs to 60000, and the name is asked for once.',
    seed: 1,
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
      { metric: 'groups.asks-each-time.dns.repeated', min: 2, max: 2 },
      { metric: 'groups.asks-each-time.wire.lostPackets', min: 2, max: 2 },
      { metric: 'groups.asks-each-time.deliveries.latencyMs.max', min: 5_500 },
      { metric: 'groups.keeps-connection.wire.retransmissions', min: 5 },
      { metric: 'groups.keeps-connection.http.responses.lastByteMs.max', max: 400 },
    ],
  },
};
