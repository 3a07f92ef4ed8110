import { expect, it } from 'vitest';
import type { Plan } from '../../engine/contract/plan.ts';
import { RACE } from '../../scenarios/presets/race.ts';
import { createRun } from '../../scenarios/run.ts';
import { validate } from '../../scenarios/validate.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { PageMessage } from '../worker/messages.ts';
import { LuckDesk, type LuckState, NO_LUCK } from './luck-desk.ts';
import { luckModel } from './luck-model.ts';

function planOf(seed: number): Plan {
  const validation = validate({ ...RACE.scenario, seed, durationMs: 2_000, settleMs: 1_000, expect: [] });
  if (!validation.ok) throw new Error('the race does not hold');
  return validation.plan;
}

/** Workers in this thread that answer in turns, and not once they are ended. */
function spawn(): WorkerLike {
  let ended = false;
  const worker: WorkerLike = { postMessage, terminate: () => (ended = true), onmessage: null, onerror: null };
  function postMessage(message: PageMessage) {
    if (message.kind !== 'seed') return;
    setTimeout(() => {
      if (ended) return;
      const run = createRun(message.plan, 'none');
      while (!run.done) run.advance(run.endUs);
      const data = { kind: 'reported', generation: message.generation, report: run.report(1) } as const;
      worker.onmessage?.({ data } as MessageEvent);
    });
  }
  return worker;
}

function desk() {
  const told: LuckState[] = [];
  const one = new LuckDesk(spawn, (state) => told.push(state), 2);
  const last = () => told.at(-1) ?? NO_LUCK;
  const until = async (state: LuckState['state']) => {
    while (last().state !== state) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return { one, last, until };
}

it('brings each seed once, in their order, however often it is called off and asked again', async () => {
  const { one, last, until } = desk();
  one.scenario(planOf(1));
  one.start(6);
  one.cancel();
  one.start(6);
  one.cancel();
  one.start(6);
  await until('done');
  expect(last().results.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6]);
  one.start(8);
  await until('done');
  expect(last().results.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it('brings each seed once where it is asked for again while it waits for the run that is shown', async () => {
  const { one, last, until } = desk();
  one.scenario(planOf(1));
  one.start(6);
  while (last().results.length < 1) await new Promise((resolve) => setTimeout(resolve, 2));
  one.hold(true);
  one.start(6);
  one.hold(false);
  await until('done');
  expect(last().results.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('says nothing of luck before the first results, and then of every group', async () => {
  const { one, last, until } = desk();
  const plan = planOf(1);
  one.scenario(plan);
  expect(luckModel(last(), one.offer(), plan, null).groups).toEqual([]);
  one.start(6);
  await until('done');
  const { groups, done } = luckModel(last(), one.offer(), plan, null);
  expect(done).toBe(6);
  expect(groups.map(({ group, seeds }) => [group, seeds])).toEqual(
    plan.clients
      .filter(({ name }) => last().results.every((r) => r.groups[name]))
      .map(({ name }) => [name, 6]),
  );
  expect(groups.length).toBeGreaterThan(0);
});

it('waits while the run that is shown is simulated, and ends with the scenario, whose results it keeps', async () => {
  const { one, last, until } = desk();
  one.scenario(planOf(1));
  one.hold(true);
  one.start(5);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(last()).toMatchObject({ state: 'held', results: [] });
  one.hold(false);
  await until('done');
  const before = last().results;
  one.scenario({ ...planOf(1), durationMs: 1_500 });
  expect(last()).toBe(NO_LUCK);
  one.scenario(planOf(7));
  expect(last().results).toBe(before);
});
