import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../scenarios/compare/comparison.ts';
import { findPreset } from '../../scenarios/presets/index.ts';
import { REGISTRIES } from '../../scenarios/registries.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { changesWith, changesWithout } from './variants.ts';

describe('another backplane as a change', () => {
  const AWAY = findPreset('redis-away')?.scenario as ScenarioInput;

  it.each(Object.keys(REGISTRIES.backplanes).filter((kind) => kind !== 'direct'))(
    'has the trouble of the base: %s',
    (kind) => {
      const first = changesWith(AWAY, [{ path: 'backplane.kind', value: 'redis-pubsub' }], 0, {
        path: 'backplane.kind',
        value: 'kafka',
      });
      const set = changesWith(AWAY, first, 0, { path: 'backplane.kind', value: kind });
      const applied = applyChanges(AWAY, set);
      if (!applied.ok) throw new Error(applied.problem);
      expect(applied.plan.backplane.kind).toBe(kind);
      expect(applied.plan.faults.map((fault) => fault.kind)).toEqual(AWAY.faults?.map((fault) => fault.kind));
      // What somebody has changed of other faults is theirs.
      const own = { path: 'faults[2].target', value: 'websocket' };
      expect(changesWithout(AWAY, [...set, own], 0)).toEqual([own]);
      expect(changesWithout(AWAY, set, 0)).toEqual([]);
    },
  );
});
