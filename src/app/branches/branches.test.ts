import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findPreset } from '../../scenarios/presets/index.ts';
import { createRun } from '../../scenarios/run.ts';
import { type ScenarioInput, validate } from '../../scenarios/validate.ts';
import { addFault, faultOf } from '../edit/faults.ts';
import { setClients, setOption, toggleTransport } from '../edit/groups.ts';
import { setBackplane } from '../edit/hop.ts';
import { setNetwork } from '../edit/network.ts';
import { setArrivals } from '../edit/traffic.ts';
import { wantRules } from '../rules.ts';
import {
  adopted,
  type BranchList,
  currentBranch,
  firstBranch,
  MOST_BRANCHES,
  MOST_PINNED,
  originalBranch,
  pinned,
  removed,
  renamed,
  shown,
  withGhost,
} from './branch-list.ts';
import { describeChange } from './describe-change.ts';

const RACE = findPreset('race')?.scenario as ScenarioInput;

// As in the page, where nothing is changed before they are there.
beforeAll(wantRules);

function version(scenario: ScenarioInput) {
  const validation = validate(scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return { scenario, preset: null, plan: validation.plan };
}

const withLoss = (percent: number, atUs = 3_200_000) => setNetwork(RACE, 'lossPct', percent, null, atUs);
const fork = (list: BranchList, scenario: ScenarioInput) => adopted(list, version(scenario), 'edit');
const names = (list: BranchList) => list.all.map(({ name }) => name);

describe('branches', () => {
  it('an edit keeps the run before it, which becomes the ghost; undo comes back to it, redo to the other', () => {
    const first = firstBranch(version(RACE));
    const forked = fork(first, withLoss(5));
    expect(names(forked)).toEqual(['Original run', 'Loss 5 % from 3.2 s']);
    expect(currentBranch(forked)).toMatchObject({ forkUs: 3_200_000, parent: first.current });
    expect(forked.ghost).toBe(first.current);
    const undone = adopted(forked, version(RACE), 'history');
    expect([undone.current, undone.ghost, undone.all.length]).toEqual([first.current, forked.current, 2]);
    const redone = adopted(undone, version(withLoss(5)), 'history');
    expect(redone.all).toEqual(forked.all);
    expect([redone.current, redone.ghost]).toEqual([forked.current, first.current]);
  });

  it('a slider in motion is one branch, and none where it comes back to where it began', () => {
    let list = fork(firstBranch(version(RACE)), withLoss(3));
    for (const percent of [4, 5, 8]) list = adopted(list, version(withLoss(percent)), 'merge');
    expect(names(list)).toEqual(['Original run', 'Loss 8 % from 3.2 s']);
    const back = adopted(list, version(RACE), 'merge');
    expect(names(back)).toEqual(['Original run']);
    expect([back.current, back.ghost]).toEqual([originalBranch(back).id, null]);
    // It goes on, and the original is left as it is.
    const on = adopted(back, version(withLoss(9)), 'merge');
    expect(names(on)).toEqual(['Original run', 'Loss 9 % from 3.2 s']);
  });

  it('at most six are kept; what is pinned, current, original or the ghost stays', () => {
    let list = fork(firstBranch(version(RACE)), withLoss(11));
    list = pinned(list, list.current, true) as BranchList;
    for (let percent = 12; percent <= 20; percent++) list = fork(list, withLoss(percent));
    expect(list.all).toHaveLength(MOST_BRANCHES);
    expect(names(list)).toEqual(
      expect.arrayContaining(['Original run', 'Loss 11 % from 3.2 s', 'Loss 20 % from 3.2 s']),
    );
    expect(list.letGo).toBe('Loss 16 % from 3.2 s');
    expect(list.all.some(({ id }) => id === list.ghost)).toBe(true);
    const spare = list.all.filter((branch) => !branch.pinned).slice(1);
    let full: BranchList | null = list;
    for (const { id } of spare.slice(0, MOST_PINNED - 1)) full = pinned(full as BranchList, id, true);
    expect(full && pinned(full, spare.at(-1)?.id ?? 0, true)).toBeNull();
  });

  it('hold together whatever is done to them', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('edit' as const), percent: fc.integer({ min: 3, max: 12 }) }),
      fc.record({ do: fc.constantFrom('show', 'ghost', 'pin', 'remove', 'merge'), id: fc.nat(12) }),
    );
    const versions = new Map(
      Array.from({ length: 20 }, (_, percent) => [percent, version(withLoss(percent))] as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let list = firstBranch(version(RACE));
        for (const one of steps) {
          if (!('id' in one)) list = adopted(list, versions.get(one.percent) as never, 'edit');
          else if (one.do === 'merge') list = adopted(list, versions.get(one.id) as never, 'merge');
          else if (one.do === 'show') list = shown(list, one.id);
          else if (one.do === 'ghost') list = withGhost(list, one.id);
          else if (one.do === 'pin') list = pinned(list, one.id, true) ?? list;
          else list = removed(list, one.id);
          const ids = list.all.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.length).toBeLessThanOrEqual(MOST_BRANCHES);
          expect(ids).toContain(list.current);
          expect(ids).toContain(originalBranch(list).id);
          expect(list.ghost).not.toBe(list.current);
          if (list.ghost !== null) expect(ids).toContain(list.ghost);
          for (const { parent } of list.all) if (parent !== null) expect(ids).toContain(parent);
          const scenarios = list.all.map(({ scenario }) => JSON.stringify(scenario));
          expect(new Set(scenarios).size).toBe(ids.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a name that a person gave stays, and an empty one is none', () => {
    const list = fork(firstBranch(version(RACE)), withLoss(5));
    const called = renamed(list, list.current, '  The bad train  ');
    expect(currentBranch(called).name).toBe('The bad train');
    expect(renamed(called, list.current, '  ')).toBe(called);
    expect(names(adopted(called, version(withLoss(6)), 'merge'))).toEqual(['Original run', 'The bad train']);
  });
});

describe('the words for a change', () => {
  const words = (scenario: ScenarioInput, from = RACE) =>
    describeChange(version(from).plan, version(scenario).plan);

  it('say what was done and when', () => {
    const cut = addFault(
      RACE,
      faultOf({ kind: 'link-down', label: '', target: 'sse', forMs: 2000 }, 4_000_000),
    );
    expect(words(cut)).toEqual({ name: 'SSE: link cut at 4 s', forkUs: 4_000_000 });
    expect(words(RACE, cut)).toEqual({ name: 'Without SSE: link cut at 4 s', forkUs: 4_000_000 });
    expect(words({ ...RACE, seed: 9 })).toEqual({ name: 'Seed 9', forkUs: 0 });
    expect(words(toggleTransport(RACE, 'polling', [])).name).toBe('Without Polling');
    expect(words(setClients(RACE, 'sse', 3)).name).toBe('3 × SSE');
    expect(words(setOption(RACE, 'polling', 'transport', 'intervalMs', 500)).name).toBe(
      'Polling: interval 500 ms',
    );
    expect(words(setNetwork(RACE, 'rttMs', 37, null, 0)).name).toBe('Round trip 37 ms');
    expect(words(setNetwork(RACE, 'rttMs', 37, 'sse', 0)).name).toBe('SSE: round trip 37 ms');
    expect(words(setArrivals(RACE, 'periodic', 4)).name).toBe('4 updates/s, periodic');
  });

  it('leave out the trouble that another backplane takes over', () => {
    const away = findPreset('redis-away')?.scenario as ScenarioInput;
    expect(words(setBackplane(away, 'kafka'), away).name).toBe('Kafka');
    expect(words(setBackplane(away, 'redis-streams'), away).name).toBe('Redis Streams');
  });

  it('know the earlier of both times where a fault was moved', () => {
    const at = (us: number) => addFault(RACE, faultOf({ kind: 'server-crash', label: '', target: null }, us));
    expect(words(at(6_000_000), at(2_000_000)).forkUs).toBe(2_000_000);
    expect(words(at(2_000_000), at(6_000_000)).forkUs).toBe(2_000_000);
  });
});

it('coming back to a scenario is coming back to its run, to the bit', () => {
  const fingerprint = (scenario: ScenarioInput) => {
    const run = createRun(version(scenario).plan, 'fingerprint');
    run.advance(run.endUs);
    return run.trace.fingerprint;
  };
  const original = fingerprint(RACE);
  const list = fork(firstBranch(version(RACE)), withLoss(5));
  expect(fingerprint(currentBranch(list).scenario)).not.toBe(original);
  expect(fingerprint(currentBranch(shown(list, originalBranch(list).id)).scenario)).toBe(original);
});
