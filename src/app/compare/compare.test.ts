import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../engine/contract/plan.ts';
import { applyChanges, VARIANTS } from '../../scenarios/compare/comparison.ts';
import { variantSets } from '../../scenarios/compare/sets.ts';
import { startingComparison } from '../../scenarios/compare/start.ts';
import { PRESETS } from '../../scenarios/presets/index.ts';
import { RACE } from '../../scenarios/presets/race.ts';
import { createRun } from '../../scenarios/run.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { PageMessage, WorkerMessage } from '../worker/messages.ts';
import { simulate } from '../worker/slices.ts';
import { FIRST_WHAT, readCompareAddress, startingPlace, writeCompareAddress } from './address.ts';
import { kept } from './store.ts';
import { tellingOf } from './telling.ts';
import { VariantRuns } from './variant-runs.ts';
import {
  changesWith,
  copied,
  renamed,
  type Table,
  tableOf,
  withBase,
  withChanges,
  without,
} from './variants.ts';
import { pathTitle } from './words.ts';

const race = RACE.scenario;
const start = startingComparison(race);

describe('the address of Compare', () => {
  it('names a preset, a set, a seed and what is shown', async () => {
    const { base } = startingComparison({ ...race, seed: 9 });
    const variants = variantSets(base).find(({ id }) => id === 'rtt')?.variants ?? [];
    const place = {
      ...startingPlace(race, RACE),
      comparison: { base, variants },
      atUs: 1_250_500,
      selection: { variant: 1, what: { kind: 'message', message: 39, client: 0 } as const },
      pair: [0, 2] as const,
      differs: false,
      part: 'differences' as const,
      group: 'reader',
      client: 'reader/1',
      windowMs: 500,
    };
    const hash = await writeCompareAddress(place);
    expect(hash).toBe(
      '#/compare?preset=race&set=rtt&seed=9&t=1250.5&sel=B.message-39-0&pair=A-C&list=all&view=differences&client=reader%2F1&group=reader&span=500',
    );
    expect(await readCompareAddress(hash)).toEqual({ ok: true, place });
  });

  it('carries whatever else is compared', async () => {
    const variants = start.variants.map((one, index) => (index === 0 ? { ...one, name: 'Slow?' } : one));
    const place = { ...startingPlace(race, RACE), comparison: { ...start, variants } };
    const hash = await writeCompareAddress(place);
    expect(hash).toMatch(/^#\/compare\?c=1\.[\w-]+$/);
    expect(await readCompareAddress(hash)).toEqual({ ok: true, place: { ...place, preset: null } });
  });

  it('is the race if it says nothing, and any preset by its name', async () => {
    expect(await readCompareAddress('#/compare')).toEqual({ ok: true, place: startingPlace(race, RACE) });
    for (const preset of PRESETS) {
      const hash = await writeCompareAddress(startingPlace(preset.scenario, preset));
      expect(hash).toBe(`#/compare?preset=${preset.name}`);
      expect(await readCompareAddress(hash)).toMatchObject({ ok: true });
    }
  });

  it('says in one sentence what is wrong with it', async () => {
    const bad: [string, RegExp][] = [
      ['preset=none', /^preset: expected a name out of the menu of scenarios, such as race, got "none"\.$/],
      ['preset=redis-awy', /did you mean "redis-away"/],
      ['set=none', /^set: expected one of start, transports, /],
      ['seed=1e3', /^seed: expected a whole number/],
      ['t=later', /^t: expected milliseconds/],
      ['t=1&t=2', /^t: expected once, got 2 times/],
      ['c=1.abc&preset=race', /^c: expected alone/],
      ['c=9.abc', /another version \(9\)/],
      ['v=2', /another version \("2"\)/],
      ['sel=E.message-1', /^sel: expected a variant from A to D/],
      ['sel=message-1', /^sel: /],
      ['pair=A-A', /^pair: expected two variants/],
      ['pair=A-H', /^pair: expected two variants from A to D/],
      ['view=stage', /^view: expected one of lanes, /],
      ['client=<b>', /^client: expected a client such as/],
      ['span=3', /^span: expected one of/],
      ['__proto__=1', /^"__proto__": expected one of/],
    ];
    for (const [query, says] of bad) {
      const reading = await readCompareAddress(`#/compare?${query}`);
      expect(reading.ok ? query : reading.message).toMatch(says);
      if (!reading.ok) expect(reading.message.split('\n')).toHaveLength(1);
    }
  });
});

type Step = (table: Table) => Table;
const paths = ['network.access.rttMs', 'clients[0].count', 'clients[0].transport.kind', 'nowhere', 'seed'];
const values = fc.oneof(fc.nat(500), fc.constantFrom('sse', 'websocket', 'carrier-pigeon'), fc.constant(-1));
const at = fc.nat(9);
const pick = (table: Table, place: number) => table.entries[place % table.entries.length]!.id;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(at, fc.constantFrom(...paths), values).map(
    ([place, path, value]): Step =>
      (table) => {
        const id = pick(table, place);
        const set = table.entries.find((entry) => entry.id === id)!.set;
        const edited = withChanges(table, id, [...set, { path, value }]);
        return edited.ok ? edited.table : table;
      },
  ),
  at.map(
    (place): Step =>
      (table) =>
        copied(table, pick(table, place)),
  ),
  at.map(
    (place): Step =>
      (table) =>
        without(table, pick(table, place)),
  ),
  fc.tuple(at, fc.string({ maxLength: 90 })).map(
    ([place, name]): Step =>
      (table) =>
        renamed(table, pick(table, place), name),
  ),
  fc.nat().map(
    (seed): Step =>
      (table) => {
        const edited = withBase(table, { ...table.base, seed });
        return edited.ok ? edited.table : table;
      },
  ),
);

describe('variants', () => {
  it('hold whatever is done to them: two to eight, each what its changes make of the base', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (all) => {
        const table = all.reduce((now, step) => step(now), tableOf(start, RACE));
        expect(table.entries.length).toBeGreaterThanOrEqual(VARIANTS.least);
        expect(table.entries.length).toBeLessThanOrEqual(VARIANTS.most);
        expect(new Set(table.entries.map(({ id }) => id)).size).toBe(table.entries.length);
        for (const { name, set, plan } of table.entries) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(VARIANTS.nameLength);
          const applied = applyChanges(table.base, set);
          expect(applied.ok && applied.plan).toEqual(plan);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('options of another transport go with it', () => {
    const set = [
      { path: 'clients[0].transport.kind', value: 'polling' },
      { path: 'clients[0].transport.intervalMs', value: 250 },
      { path: 'network.access.rttMs', value: 20 },
    ];
    expect(changesWith(start.base, set, 0, { path: 'clients[0].transport.kind', value: 'sse' })).toEqual([
      { path: 'clients[0].transport.kind', value: 'sse' },
      { path: 'network.access.rttMs', value: 20 },
    ]);
  });

  it('what is selected stays where it means the same', () => {
    const table = tableOf(start, RACE);
    const [a, b, c] = table.entries.map(({ id }) => id);
    const pair = { a: a!, b: b! };
    const packet = { variant: b!, what: { kind: 'packet', seq: 9 } as const };
    const changed = withChanges(table, b!, [{ path: 'network.access.rttMs', value: 20 }]);
    if (!changed.ok) throw new Error(changed.problem);
    expect(kept({ selection: packet, pair }, table, renamed(table, b!, 'Other')).selection).toEqual(packet);
    expect(kept({ selection: packet, pair }, table, changed.table).selection).toBeNull();
    expect(kept({ selection: null, pair }, table, without(table, a!)).pair).toEqual({ a: c, b });
  });

  it('places are said in words', () => {
    const names = { clients: ['sse', 'slow-ones'], publishers: ['editor'] };
    expect(pathTitle('network.access.lossPct', names)).toBe('Packet loss');
    expect(pathTitle('clients[1].transport.kind', names)).toBe('Slow ones: transport');
    expect(pathTitle('clients[0].transport.intervalMs', { ...names, clients: ['sse'] })).toBe('Interval');
    expect(pathTitle('publishers[0].arrivals.perSecond', names)).toBe('Arrivals per second');
    expect(pathTitle('network.dns.ttlMs', names)).toBe('DNS TTL');
    expect(pathTitle('servers.cpu.perHandshakeMs', names)).toBe('CPU per handshake');
    expect(pathTitle('network.datacenter.rttMs', names)).toBe('Datacenter RTT');
    expect(pathTitle('faults[0].between[1]', names)).toBe('Fault 1: second end');
    expect(pathTitle('faults[1].target', names)).toBe('Fault 2: target');
  });
});

/** Workers in this thread that simulate as the real ones do, in turns; a plan with this seed makes a worker fail. */
const BAD_SEED = 666;

function fakes() {
  const posted: PageMessage[] = [];
  const spawn = (): WorkerLike => {
    const dropped = new Set<number>();
    const worker: WorkerLike = { postMessage, terminate() {}, onmessage: null, onerror: null };
    const post = (data: WorkerMessage) => worker.onmessage?.({ data: structuredClone(data) } as MessageEvent);
    function postMessage(message: PageMessage) {
      posted.push(message);
      if (message.kind === 'drop') dropped.add(message.generation);
      if (message.kind !== 'beside') return;
      const { generation, plan, maxRows } = message;
      setTimeout(() => {
        if (plan.seed === BAD_SEED) return post({ kind: 'failed', generation, message: 'out of luck' });
        const around = { nowMs: () => performance.now(), soon: (next: () => void) => setTimeout(next), post };
        simulate(createRun(plan, 'all', maxRows), generation, around, () => !dropped.has(generation));
      });
    }
    return worker;
  };
  return { spawn, posted };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the runs of the variants', () => {
  const plans = tableOf(start, RACE).entries.map(({ plan }) => plan);

  it('are those of the command line; a variant that stays keeps its run, and one that goes is given up', async () => {
    const { spawn, posted } = fakes();
    const runs = new VariantRuns(spawn, () => {}, 2);
    const first = runs.want(plans);
    await until(() => first.every(({ state }) => state === 'done'));
    for (const [index, run] of first.entries()) {
      const alone = createRun(plans[index] as Plan, 'fingerprint');
      while (!alone.done) alone.advance(alone.endUs);
      expect(run.fingerprint).toBe(alone.trace.fingerprint);
      expect(run.trace.records).toBe(alone.trace.records);
    }
    const changed = { ...plans[1], seed: 99 } as Plan;
    const second = runs.want([{ ...plans[0], name: 'renamed' } as Plan, changed, plans[3] as Plan]);
    expect([second[0], second[2]]).toEqual([first[0], first[3]]);
    expect(second[1]).not.toBe(first[1]);
    runs.want([plans[0] as Plan, plans[2] as Plan]);
    expect(posted.filter(({ kind }) => kind === 'drop')).toEqual([
      { kind: 'drop', generation: second[1]?.generation },
    ]);
  });

  it('one that fails says why, and stops no other; asked again it is run again', async () => {
    const { spawn } = fakes();
    const runs = new VariantRuns(spawn, () => {}, 1);
    const bad = { ...plans[1], seed: BAD_SEED } as Plan;
    const all = runs.want([plans[0] as Plan, bad, plans[2] as Plan]);
    await until(() => all.every(({ state }) => state !== 'simulating'));
    expect(all.map(({ state, failure }) => [state, failure])).toEqual([
      ['done', null],
      ['failed', 'out of luck'],
      ['done', null],
    ]);
    runs.forget(all[1]!);
    const again = runs.want([plans[0] as Plan, bad, plans[2] as Plan]);
    expect([again[0], again[2]]).toEqual([all[0], all[2]]);
    expect(again[1]?.state).toBe('simulating');
  });

  it('lead to a moment at which one still waits for what others have', async () => {
    const { spawn } = fakes();
    const runs = new VariantRuns(spawn, () => {}, 1).want(plans);
    expect(tellingOf(runs)).toBeNull();
    await until(() => runs.every(({ state }) => state === 'done'));
    const atUs = tellingOf(runs) as number;
    const missing = runs.map(({ trace }) => {
      const count = (kind: 'message.published' | 'message.delivered') => trace.table(kind).firstAfter(atUs);
      return count('message.published') - count('message.delivered');
    });
    expect(new Set(missing).size).toBeGreaterThan(1);
  });
});

it('what is shown at first is what an address need not say', () => {
  expect(startingPlace(race, RACE)).toMatchObject(FIRST_WHAT);
});
