import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../scenarios/compare/comparison.ts';
import { variantSets } from '../../scenarios/compare/sets.ts';
import { startingComparison } from '../../scenarios/compare/start.ts';
import type { Change } from '../../scenarios/edit.ts';
import { findPreset } from '../../scenarios/presets/index.ts';
import { REGISTRIES } from '../../scenarios/registries.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import {
  changesWith,
  changesWithout,
  copied,
  renamed,
  type Table,
  tableOf,
  withChanges,
} from './variants.ts';

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

describe('the name of a variant', () => {
  const RACE = findPreset('race')?.scenario as ScenarioInput;
  const rttMs = (value: number): Change => ({ path: 'network.access.rttMs', value });
  const start = () => tableOf(startingComparison(RACE), null);
  const named = (table: Table, place: number) => table.entries[place]?.name;
  function edited(table: Table, place: number, set: readonly Change[]): Table {
    const result = withChanges(table, table.entries[place]?.id ?? -1, set);
    if (!result.ok) throw new Error(result.problem);
    return result.table;
  }

  it('says what the page knows of it: what its changes are now, or the name of the set that has them', () => {
    const { base } = start();
    const [, hundred] = variantSets(base).find(({ id }) => id === 'rtt')?.variants ?? [];
    const added = copied(start(), null);
    const last = added.entries.length - 1;
    expect(named(added, last)).toBe('As it is');
    const far = edited(added, last, [rttMs(250)]);
    expect(named(far, last)).toMatch(/250 ms/);
    expect(named(edited(far, last, hundred?.set ?? []), last)).toBe(hundred?.name);
    expect(named(edited(far, last, []), last)).toBe('As it is');
  });

  it('is no other’s', () => {
    const one = edited(start(), 0, [rttMs(250)]);
    const both = edited(one, 1, [rttMs(250)]);
    expect(named(both, 1)).toBe(`${named(both, 0)} (2)`);
  });

  it('stays if somebody gave it', () => {
    const table = start();
    const mine = renamed(table, table.entries[0]?.id ?? -1, 'From the moon');
    expect(named(edited(mine, 0, [rttMs(1300)]), 0)).toBe('From the moon');
  });
});
