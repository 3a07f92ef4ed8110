import type { Preset } from './preset.ts';

export const LOSSY_MOBILE: Preset = {
  name: 'lossy-mobile',
  group: 'network',
  scenario: {
    version: 1,
    name: 'A phone on a train',
    about:
      'Loss in bursts: most of the time hardly any, then a spell in which most packets vanish. Compare the tails, and how long each reader is stuck after a bad spell.',
    seed: 1,
    durationMs: 60_000,
    settleMs: 60_000,
    network: {
      access: {
        rttMs: 80,
        jitterMs: 20,
        lossModel: { kind: 'gilbert-elliott', p: 0.02, r: 0.25, goodLossPct: 0.2, badLossPct: 60 },
        rateKbps: 5_000,
      },
    },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        arrivals: { kind: 'poisson', perSecond: 3 },
        bytes: 120,
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'polling', transport: { kind: 'polling' } },
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [{ metric: 'totals.deliveries.lost', max: 0 }],
  },
};
