import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases, someOf } from '../../../tests/effort.ts';
import { parseSet, setPath, setText } from '../edit.ts';
import { pack } from '../packing.ts';
import { PRESETS } from '../presets/index.ts';
import { RACE } from '../presets/race.ts';
import { REGISTRIES } from '../registries.ts';
import type { ScenarioInput } from '../validate.ts';
import {
  applyChanges,
  type Comparison,
  comparisonText,
  decodeComparison,
  encodeComparison,
  parseComparison,
} from './comparison.ts';
import { placesOf } from './places.ts';
import { variantSets } from './sets.ts';
import { baseOf, startingComparison } from './start.ts';

const race = RACE.scenario;

describe('what to begin with', () => {
  it.each(PRESETS)('of $name: two to eight variants that hold', ({ scenario }) => {
    const { base, variants } = startingComparison(scenario);
    expect(variants.length).toBeGreaterThanOrEqual(2);
    expect(variants.length).toBeLessThanOrEqual(8);
    for (const { set } of variants) expect(applyChanges(base, set)).toMatchObject({ ok: true });
  });

  it('of the race: each transport with the one reader, so that luck goes by the same names', () => {
    const { base, variants } = startingComparison(race);
    expect(base.clients.map(({ name }) => name)).toEqual(['reader']);
    const plans = variants.map(({ set }) => applyChanges(base, set));
    expect(plans.map((one) => one.ok && one.plan.clients[0]?.transport.kind)).toEqual(
      race.clients.map(({ transport }) => transport.kind),
    );
  });

  it.each(
    PRESETS.filter(({ scenario }) => (scenario.servers?.count ?? 1) > 1 && scenario.topics === undefined),
  )('of the fleet $name: its backplane, as it is, and then others', ({ scenario }) => {
    const { base, variants } = startingComparison(scenario);
    const [asItIs, own, ...others] = [[], ...variants.map(({ set }) => set)].map((set) => {
      const applied = applyChanges(base, set);
      if (!applied.ok) throw new Error(applied.problem);
      return applied.plan.backplane;
    });
    expect(own).toEqual(asItIs);
    expect(others.length).toBeGreaterThan(0);
    expect(others.map(({ kind }) => kind)).not.toContain(own?.kind);
  });

  it('what was aimed at one of the groups is aimed at the one that stands for them, once', () => {
    const faults: ScenarioInput['faults'] = [
      { kind: 'link-down', atMs: 1000, forMs: 500, target: 'sse' },
      { kind: 'link-down', atMs: 1000, forMs: 500, target: 'websocket' },
      { kind: 'client-sleep', atMs: 2000, target: 'polling/1' },
      { kind: 'server-crash', atMs: 3000, target: 'server-1' },
    ];
    expect(baseOf({ ...race, faults }).faults).toEqual([
      { kind: 'link-down', atMs: 1000, forMs: 500, target: 'reader' },
      { kind: 'client-sleep', atMs: 2000, target: 'reader/1' },
      { kind: 'server-crash', atMs: 3000, target: 'server-1' },
    ]);
  });
});

describe('one-click sets', () => {
  it('have what the registries and the schema have', () => {
    const sets = variantSets(baseOf(race));
    const kinds = (id: string, path: string) =>
      sets
        .find((set) => set.id === id)
        ?.variants.map(({ set }) => set.find((change) => change.path === path)?.value);
    expect(kinds('transports', 'clients[0].transport.kind')).toEqual(Object.keys(REGISTRIES.transports));
    expect(kinds('tls', 'edge.tls')).toEqual(['none', '1.2', '1.3']);
    expect(kinds('rtt', 'network.access.rttMs')).toEqual([20, 100, 300]);
    expect(kinds('loss', 'network.access.lossPct')).toEqual([0, 2, 5, 10]);
  });

  it('have every backplane between them, none cut off', () => {
    const kinds = variantSets(baseOf(race)).flatMap(({ variants }) =>
      variants.flatMap(({ set }) =>
        set.flatMap(({ path, value }) => (path === 'backplane.kind' ? [value] : [])),
      ),
    );
    expect([...kinds].sort()).toEqual(Object.keys(REGISTRIES.backplanes).sort());
  });

  it.each(['redis-away', 'nats-away', 'kafka-acks-1', 'pulsar-broker-fails'])(
    'give %s’s trouble to every broker that has such a link or node',
    (name) => {
      const base = PRESETS.find((preset) => preset.name === name)?.scenario as ScenarioInput;
      const set = variantSets(base).find(({ id }) => id === 'backplanes');
      const plans = set?.variants.map(({ set }) => applyChanges(base, set));
      // Brokers of one node have no link between brokers, which one of the four breaks.
      expect(plans?.length).toBe(name === 'kafka-acks-1' ? 3 : 8);
      for (const one of plans ?? []) {
        const faults = one.ok ? one.plan.faults : [];
        expect(faults.map(({ kind, atMs }) => [kind, atMs])).toEqual(
          base.faults?.map(({ kind, atMs }) => [kind, atMs]),
        );
        const own = one.ok && one.plan.backplane.kind === base.backplane?.kind;
        if (own) expect(one.input.faults).toEqual(base.faults);
      }
    },
  );

  it('leave a backplane without nodes out where nodes crash', () => {
    const base = PRESETS.find(({ name }) => name === 'redis-away')?.scenario as ScenarioInput;
    const crash = { ...base, faults: [{ kind: 'broker-crash' as const, atMs: 5_000, forMs: 500 }] };
    const kinds = (one: ScenarioInput) =>
      variantSets(one)
        .find(({ id }) => id === 'straight')
        ?.variants.map(({ set }) => set.find(({ path }) => path === 'backplane.kind')?.value);
    expect(kinds({ ...base, faults: [] })).toEqual(['direct', 'modulo-hash', 'hash-ring']);
    expect(kinds(crash)).toEqual(['modulo-hash', 'hash-ring']);
  });

  it('lay one load out on topics in each way, whichever the scenario has', () => {
    for (const preset of PRESETS.filter(({ name }) => name.startsWith('topics-'))) {
      const { base, variants } = startingComparison(preset.scenario);
      const plans = variants.map(({ set }) => applyChanges(base, set));
      expect(plans.map((applied) => applied.ok && applied.plan.topics.kind)).toEqual([
        'room',
        'user',
        'cache',
      ]);
    }
  });

  it('reach links that differ from the others', () => {
    const clients = race.clients.map((group, index) =>
      index === 1 ? { ...group, network: { rttMs: 400 } } : group,
    );
    const set = variantSets({ ...race, clients }).find(({ id }) => id === 'rtt');
    for (const [index, ms] of [20, 100, 300].entries()) {
      const applied = applyChanges({ ...race, clients }, set?.variants[index]?.set ?? []);
      expect(applied.ok && applied.plan.clients.map(({ network }) => network.rttMs)).toEqual(
        clients.map(() => ms),
      );
    }
  });
});

describe('places', () => {
  it('each is one that a variant can set to what it is', () => {
    const refused = someOf(PRESETS, 0.2).flatMap(({ name, scenario }) =>
      placesOf(scenario)
        .filter(({ path, value }) => !setPath(scenario, path, value).ok)
        .map(({ path }) => `${name} ${path}`),
    );
    expect(refused).toEqual([]);
  });

  it('are named once each, options of the chosen transports among them', () => {
    const paths = placesOf(race).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([
        'seed',
        'network.access.lossPct',
        'edge.tls',
        'clients[0].transport.kind',
        'clients[0].transport.intervalMs',
        'clients[3].transport.resume',
        'publishers[0].arrivals.perSecond',
      ]),
    );
    expect(paths).not.toContain('clients[3].transport.intervalMs');
  });
});

describe('changes as text', () => {
  it('come back as they went, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const change = { path: 'edge.tls', value: JSON.parse(JSON.stringify(value)) };
        expect(parseSet(setText(change))).toEqual(change);
      }),
    );
  });

  it('are as the command line has them', () => {
    expect(setText({ path: 'edge.tls', value: '1.2' })).toBe('edge.tls="1.2"');
    expect(setText({ path: 'edge.tls', value: 'none' })).toBe('edge.tls=none');
    expect(setText({ path: 'clients[0].count', value: 3 })).toBe('clients[0].count=3');
  });
});

const comparisons = fc.constantFrom(...PRESETS).chain(({ scenario }) => {
  const { base, variants } = startingComparison(scenario);
  const sets = [variants, ...variantSets(base).map((set) => set.variants)].filter((set) => set.length > 1);
  return fc.record({ base: fc.constant(base), variants: fc.constantFrom(...sets) });
});

describe('a comparison in a link and in a file', () => {
  it('comes back as it went', async () => {
    await fc.assert(
      fc.asyncProperty(
        comparisons,
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        async (given, name) => {
          const variants = given.variants.map((one, index) =>
            index === 0 ? { ...one, name: `${name}.` } : one,
          );
          const comparison: Comparison = JSON.parse(JSON.stringify({ ...given, variants }));
          expect(parseComparison(comparisonText(comparison))).toEqual({ ok: true, comparison });
          expect(await decodeComparison(await encodeComparison(comparison))).toEqual({
            ok: true,
            comparison,
          });
        },
      ),
      { numRuns: cases(40, 12) },
    );
  });

  it('is refused in one sentence that says where', async () => {
    const one = { name: 'A', set: [] };
    const of = (more: object) => JSON.stringify({ version: 1, base: race, variants: [one, one], ...more });
    const bad: [string, RegExp][] = [
      ['[]', /^expected a comparison/],
      [of({ version: 2 }), /^version: expected 1, got 2$/],
      [of({ variant: [] }), /^"variant": unknown key/],
      [of({ base: { ...race, durationMs: 'long' } }), /^base\.durationMs: expected a number/],
      [of({ variants: [one] }), /^variants: expected a list of 2 to 8 variants, got 1$/],
      [of({ variants: Array(9).fill(one) }), /got 9$/],
      [of({ variants: [one, { name: '', set: [] }] }), /^variants\[1\]\.name: expected a text of 1 to 60/],
      [of({ variants: [one, { name: 'B', set: ['x'] }] }), /^variants\[1\]\.set\[0\]: expected path=value/],
      [
        of({ variants: [one, { name: 'B', set: ['network.acess.rttMs=5'] }] }),
        /^variants\[1\]: network\.acess: unknown key \(did you mean "access"\?\)/,
      ],
      [
        of({ variants: [one, { name: 'B', set: ['network.access.rttMs=-5'] }] }),
        /^variants\[1\]: network\.access\.rttMs: expected a number/,
      ],
      [
        of({ variants: [one, { name: 'B', set: ['__proto__.polluted=1'] }] }),
        /^variants\[1\]: .*expected a path/,
      ],
    ];
    for (const [text, says] of bad) {
      const read = parseComparison(text);
      expect(read.ok ? text : read.problem).toMatch(says);
      const decoded = await decodeComparison(await pack(text));
      expect(decoded.ok ? text : decoded.problem).toMatch(/^The comparison in this link does not hold: /);
    }
    expect(await decodeComparison('9.AAAA')).toMatchObject({
      problem: expect.stringMatching(/another version/),
    });
    expect(await decodeComparison('1.AAAAbbbbCCCC')).toMatchObject({
      problem: expect.stringMatching(/damaged/),
    });
  });
});
