import type { Preset } from './preset.ts';

export const NOBODY_WATCHES: Preset = {
  name: 'nobody-watches',
  group: 'servers',
  scenario: {
    version: 1,
    name: 'Servers without watchers get nothing',
    about:
      'Four servers, three readers, and a topic for each room: a server subscribes to what one of its clients has open, and to nothing else. The busy room’s thirty messages a second reach server 1 alone, nobody’s room reaches none, and server 4, which has no client, does nothing at all. Give the fan company (count 4), and the busy room’s messages go to every server.',
    seed: 1,
    durationMs: 15_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    servers: { count: 4 },
    backplane: { kind: 'redis-pubsub' },
    publishers: [
      { name: 'busy', room: 'busy', startMs: 2_000, arrivals: { kind: 'poisson', perSecond: 30 } },
      { name: 'calm', room: 'calm', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 1_000 } },
      { name: 'unheard', room: 'nobodys', startMs: 2_000, arrivals: { kind: 'poisson', perSecond: 30 } },
    ],
    clients: [
      { name: 'fan', rooms: ['busy'], transport: { kind: 'websocket' } },
      { name: 'reader', rooms: ['calm'], transport: { kind: 'websocket' } },
      { name: 'other-reader', rooms: ['calm'], transport: { kind: 'sse' } },
    ],
    expect: [
      { metric: 'topics.subscriptions', min: 3, max: 3 },
      { metric: 'servers.server-1.sends', min: 300 },
      { metric: 'servers.server-2.sends', max: 20 },
      { metric: 'servers.server-4.busyMs', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
