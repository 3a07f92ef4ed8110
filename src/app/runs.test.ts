import { describe, expect, it } from 'vitest';
import type { Plan } from '../engine/contract/plan.ts';
import { findPreset } from '../scenarios/presets/index.ts';
import { validate } from '../scenarios/validate.ts';
import { SideRuns } from './branches/side-runs.ts';
import { Player } from './player.ts';
import { Runs } from './runs.ts';
import type { RunInPage, WorkerLike } from './worker/client.ts';
import type { PageMessage, WorkerMessage } from './worker/messages.ts';

function planOf(name: string): Plan {
  const validation = validate(findPreset(name)?.scenario);
  if (!validation.ok) throw new Error('a preset does not hold');
  return validation.plan;
}

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  asked: PageMessage[] = [];
  postMessage(message: PageMessage) {
    this.asked.push(message);
  }
  terminate() {}
  known(untilUs: number) {
    const news = { header: null, full: [], tails: [], strings: [], records: 1, omitted: 0 };
    this.say({ kind: 'news', generation: this.generation, news: { ...news, knownUntilUs: untilUs } });
  }
  say(message: WorkerMessage) {
    this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>);
  }
  crash() {
    this.onerror?.({ message: 'out of memory' } as ErrorEvent);
  }
  get generation(): number {
    return this.asked.at(-1)?.generation ?? -1;
  }
}

function world() {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const clock = { ms: 0, frame: () => {} };
  const player = new Player({
    nowMs: () => clock.ms,
    nextFrame: (callback) => {
      clock.frame = callback;
      return () => {};
    },
  });
  const pass = (ms: number) => {
    clock.ms += ms;
    clock.frame();
  };
  return { workers, spawn, player, pass };
}

describe('a simulation that is stopped', () => {
  it('leaves what is known, says so, and goes on when it is told to', () => {
    const { workers, spawn, player } = world();
    const runs = new Runs(
      spawn,
      player,
      () => {},
      () => {},
    );
    const plan = planOf('race');
    runs.start(plan, true);
    workers[0]?.known(2_000_000);
    runs.halt();
    expect(runs.pending).toBe(false);
    expect(runs.shown).toMatchObject({ state: 'stopped', trace: { knownUntilUs: 2_000_000 } });
    expect(workers[0]?.asked.at(-1)).toMatchObject({ kind: 'stop' });
    player.seek(5_000_000);
    runs.start(plan, false);
    workers[0]?.known(6_000_000);
    expect(runs.shown).toMatchObject({ state: 'simulating', trace: { knownUntilUs: 6_000_000 } });
    expect(player.nowUs).toBe(5_000_000);
  });

  it('in favour of a newer change ends with that one', () => {
    const { workers, spawn, player } = world();
    const runs = new Runs(
      spawn,
      player,
      () => {},
      () => {},
    );
    const [race, link, slow] = [planOf('race'), planOf('link-down'), planOf('slow-link')];
    runs.start(race, true);
    runs.start(link, false);
    runs.start(slow, false);
    expect(runs.pending).toBe(true);
    runs.halt();
    expect(runs.pending).toBe(false);
    expect(runs.shown).toMatchObject({ state: 'stopped', plan: slow });
    expect(workers).toHaveLength(1);
  });
});

describe('a simulation that crashes', () => {
  it('starts again where it was: the playhead stays, what was known stays in view, and it is said', () => {
    const { workers, spawn, player, pass } = world();
    const said: string[] = [];
    const runs = new Runs(
      spawn,
      player,
      () => {},
      (failure) => said.push(failure),
    );
    runs.start(planOf('race'), true);
    workers[0]?.known(9_000_000);
    player.seek(4_000_000);
    player.setSpeed(1);
    player.play();
    pass(20);
    const before = player.nowUs;
    workers[0]?.crash();
    const first = runs.shown;
    expect(said).toEqual(['out of memory']);
    expect(first).toMatchObject({ state: 'simulating', failure: null });
    workers[1]?.known(1_000_000);
    pass(20);
    expect(player.nowUs).toBeGreaterThan(before);
    expect(runs.shown).toBe(first);
    workers[1]?.known(8_000_000);
    expect(runs.shown).not.toBe(first);
    pass(20);
    expect(player.nowUs).toBeGreaterThan(4_020_000);
    expect(player.nowUs).toBeLessThan(4_200_000);
  });

  it('that crashes again is left to the person, whose playhead does not run back', () => {
    const { workers, spawn, player, pass } = world();
    const runs = new Runs(
      spawn,
      player,
      () => {},
      () => {},
    );
    const plan = planOf('race');
    runs.start(plan, true);
    workers[0]?.known(9_000_000);
    player.seek(4_000_000);
    player.play();
    workers[0]?.crash();
    workers[1]?.crash();
    pass(20);
    expect(workers).toHaveLength(2);
    expect(runs.shown).toMatchObject({ state: 'failed', failure: 'out of memory' });
    expect(player.nowUs).toBeGreaterThanOrEqual(4_000_000);
    expect(player.waiting).toBe(true);
    runs.start(plan, false);
    workers[2]?.known(9_000_000);
    expect(runs.shown).toMatchObject({ state: 'simulating', failure: null });
  });

  it('beside the run that is shown is tried once more, and then given up', () => {
    const { workers, spawn } = world();
    const finished: RunInPage[] = [];
    const side = new SideRuns(spawn, (run) => finished.push(run));
    const [race, link] = [planOf('race'), planOf('link-down')];
    side.want([race, link]);
    workers[0]?.crash();
    expect(finished).toEqual([]);
    expect(workers[1]?.asked.at(-1)).toMatchObject({ plan: race });
    workers[1]?.crash();
    expect(finished).toMatchObject([{ plan: race, state: 'failed' }]);
    expect(workers[2]?.asked.at(-1)).toMatchObject({ plan: link });
  });
});
