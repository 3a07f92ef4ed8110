import { MODULO_ELEVENTH } from './modulo-eleventh.ts';
import type { Preset } from './preset.ts';

export const RING_ELEVENTH: Preset = {
  name: 'ring-eleventh',
  group: 'ring',
  scenario: {
    ...MODULO_ELEVENTH.scenario,
    name: 'The eleventh server moves one in eleven',
    about:
      'The same users and servers on a ring of hashes, a hundred points for each server. The eleventh server takes over the arcs before its own points and nothing else: whoever lives on them connects anew, to it, and all others notice nothing.',
    backplane: { kind: 'hash-ring' },
    expect: [
      { metric: 'backplane.movedClients', min: 1, max: 12 },
      { metric: 'groups.user.connections.reconnects', min: 1, max: 12 },
      { metric: 'totals.deliveries.lost', max: 60 },
    ],
  },
};
