import { CUBIC_WINDOW } from './cubic-window.ts';
import type { Preset } from './preset.ts';

export const BBR_WINDOW: Preset = {
  name: 'bbr-window',
  group: 'network',
  scenario: {
    ...CUBIC_WINDOW.scenario,
    name: 'A window that random loss does not shrink',
    about:
      'The same as in “Losses that are no congestion”, with BBR: it measures how fast the path delivers, and a lost packet says nothing of that. Each message leaves at once, in a packet of its own; half of them are late only because TCP hands over in order.',
    network: { access: { rttMs: 200, lossPct: 3 }, tcp: { congestionControl: 'bbr' } },
    expect: [
      { metric: 'totals.deliveries.lost', max: 0 },
      { metric: 'groups.websocket.deliveries.latencyMs.p50', max: 125 },
      { metric: 'groups.websocket.wire.packets', min: 20_000 },
    ],
  },
};
