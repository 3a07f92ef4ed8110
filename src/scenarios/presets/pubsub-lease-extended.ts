import type { Preset } from './preset.ts';

export const PUBSUB_LEASE_EXTENDED: Preset = {
  name: 'pubsub-lease-extended',
  scenario: {
    version: 1,
    name: 'The deadline is extended: it comes once',
    about:
      'The same hundred messages and the same slow server as in “A late acknowledgement”, but the client library asks for more time for whatever is not done yet, as it does by default. Nothing comes twice, and nothing comes sooner.',
    seed: 1,
    durationMs: 16_000,
    settleMs: 8_000,
    servers: { count: 1, cpu: { perReceiveMs: 125 } },
    backplane: { kind: 'google-pubsub' },
    publishers: [
      {
        name: 'importer',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'burst', everyMs: 20_000, size: 100 },
      },
    ],
    clients: [{ name: 'reader', rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'backplane.redelivered', max: 0 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'totals.deliveries.latencyMs.max', min: 12_000 },
    ],
  },
};
