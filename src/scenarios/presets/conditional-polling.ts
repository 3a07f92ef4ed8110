import type { Preset } from './preset.ts';

export const CONDITIONAL_POLLING: Preset = {
  name: 'conditional-polling',
  group: 'transports',
  scenario: {
    version: 1,
    name: 'Not modified, and not cheaper',
    about:
      'Two readers poll every second for something that comes every ten. One sends the ETag of its last answer along, and is told 304 Not Modified where there is nothing new. Such an answer has no body, but tags in both directions, and an answer without news was small before: compare the bytes. What a 304 saves is a body that is large and the same.',
    seed: 1,
    durationMs: 60_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 5_500, arrivals: { kind: 'periodic', everyMs: 10_000 } },
    ],
    clients: [
      { name: 'plain', transport: { kind: 'polling' } },
      { name: 'conditional', transport: { kind: 'polling', conditional: true } },
    ],
    expect: [
      { metric: 'groups.plain.wire.bytes', max: 63_500 },
      { metric: 'groups.conditional.wire.bytes', min: 64_000 },
      { metric: 'groups.conditional.http.emptyResponses', min: 50 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
