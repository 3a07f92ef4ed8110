import type { Preset } from './preset.ts';

export const JETSTREAM_TWICE: Preset = {
  name: 'jetstream-twice',
  group: 'nats',
  scenario: {
    version: 1,
    name: 'Published again, and there twice',
    about:
      'The way back from NATS to the source is broken for six seconds. Its messages arrive, their acknowledgements do not: after five seconds it publishes the one that it waits for again. The stream takes that for another message, and everybody gets it twice. With an id (msgId) the stream knows it.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    network: { access: { rttMs: 40 } },
    servers: { count: 2 },
    backplane: { kind: 'jetstream', publishRetries: null },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'did you get that? ',
      },
    ],
    clients: [{ name: 'reader', count: 2, transport: { kind: 'websocket' } }],
    faults: [
      { kind: 'partition', between: ['nats', 'editor'], direction: 'forth', atMs: 4_000, forMs: 6_000 },
    ],
    expect: [
      { metric: 'totals.deliveries.duplicates', min: 2 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
