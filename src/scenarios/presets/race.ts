import type { Preset } from './preset.ts';

export const RACE: Preset = {
  name: 'race',
  group: 'start',
  scenario: {
    version: 1,
    name: 'One keystroke, four transports',
    about:
      'Somebody types, and four readers get each character in their own way. Watch who has to ask first, and what one lost packet does to those who need not.',
    seed: 7,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 100, lossPct: 2 } },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        arrivals: { kind: 'poisson', perSecond: 2 },
        bytes: 120,
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'polling', rooms: ['doc-123'], transport: { kind: 'polling' } },
      { name: 'long-polling', rooms: ['doc-123'], transport: { kind: 'long-polling' } },
      { name: 'sse', rooms: ['doc-123'], transport: { kind: 'sse' } },
      { name: 'websocket', rooms: ['doc-123'], transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.sse.deliveries.latencyMs.p50', max: 60 },
      { metric: 'groups.websocket.deliveries.latencyMs.p50', max: 60 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
