import type { Preset } from './preset.ts';

export const TWO_SERVERS: Preset = {
  name: 'two-servers',
  group: 'servers',
  scenario: {
    version: 1,
    name: 'It works with one server and breaks with two',
    about:
      'The source talks to one server. Whoever ends at the other is connected, ready, and never hears a thing: something has to carry updates from server to server.',
    seed: 1,
    durationMs: 15_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 2 },
    publishers: [
      { name: 'editor', room: 'doc-123', arrivals: { kind: 'periodic', everyMs: 250 }, text: 'hello ' },
    ],
    clients: [
      { name: 'sse', count: 2, transport: { kind: 'sse' } },
      { name: 'websocket', count: 2, transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'servers.server-2.sends', max: 0 },
      { metric: 'servers.server-2.connectionsPeak', min: 2 },
      { metric: 'groups.sse.deliveries.lost', min: 50 },
    ],
  },
};
