import type { Preset } from './preset.ts';

export const DB_LATE_COMMIT: Preset = {
  name: 'db-late-commit',
  group: 'database',
  scenario: {
    version: 1,
    name: 'A timestamp cursor misses late commits',
    about:
      'created_at is when a transaction begins, and one in ten stays open for a second and a half. When its row appears, the servers have moved their cursors past that time: they never see it, and nothing tells them. With readBehindMs: 2000 they would leave young rows for later, and miss none.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    servers: { count: 2 },
    backplane: {
      kind: 'database-polling',
      intervalMs: 500,
      cursor: 'timestamp',
      inOrder: false,
      slowPct: 10,
      slowMs: 1_500,
    },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 200 },
        text: 'who was late? ',
      },
      { name: 'robot', room: 'doc-123', startMs: 1_000, arrivals: { kind: 'poisson', perSecond: 4 } },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc-123'], transport: { kind: 'websocket' } }],
    expect: [
      { metric: 'totals.deliveries.lost', min: 10 },
      { metric: 'backplane.dropped', min: 10 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
    ],
  },
};
