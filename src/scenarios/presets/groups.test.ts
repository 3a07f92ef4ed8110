import { expect, test } from 'vitest';
import { PRESET_GROUPS, type PresetGroup } from './groups.ts';
import { PRESETS } from './index.ts';

/** The backplanes that a heading names. */
const BACKPLANES: Partial<Record<PresetGroup, readonly string[]>> = {
  database: ['database-polling'],
  ring: ['modulo-hash', 'hash-ring'],
  redis: ['redis-pubsub', 'redis-streams'],
  kafka: ['kafka'],
  nats: ['nats', 'jetstream'],
  'google-pubsub': ['google-pubsub'],
  pulsar: ['pulsar'],
};

test('every preset stands under a heading, and every heading has presets', () => {
  const used = new Set(PRESETS.map(({ group }) => group));
  expect(used).toEqual(new Set(Object.keys(PRESET_GROUPS)));
});

test('whoever comes for the first time finds the race first', () => {
  expect(Object.keys(PRESET_GROUPS)[0]).toBe(PRESETS[0]?.group);
  expect(PRESETS[0]?.name).toBe('race');
});

test('a preset runs what its heading names, and one above hop 2 runs without it', () => {
  const misplaced = PRESETS.filter(({ group, scenario }) => {
    const kind = scenario.backplane?.kind ?? 'direct';
    if (group === 'servers') return false;
    if (group === 'load-balancer') return !scenario.edge?.loadBalancer && !scenario.edge?.proxy;
    return !(BACKPLANES[group] ?? ['direct']).includes(kind);
  });
  expect(misplaced.map(({ name, group }) => `${name} in ${group}`)).toEqual([]);
});
