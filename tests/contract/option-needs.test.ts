import { describe, expect, it } from 'vitest';
import { missingFor, type Needs, type OptionSpec } from '../../src/engine/contract/option-spec.ts';
import { setPath } from '../../src/scenarios/edit.ts';
import { REGISTRIES } from '../../src/scenarios/registries.ts';
import { createRun } from '../../src/scenarios/run.ts';
import type { FieldSpec, Fields } from '../../src/scenarios/schema/fields.ts';
import { LINK_FIELDS } from '../../src/scenarios/schema/network-options.ts';
import { RECONNECT_FIELDS } from '../../src/scenarios/schema/reconnect-options.ts';
import { PUBLISHER_FIELDS, REPAIR_FIELDS } from '../../src/scenarios/schema/traffic-options.ts';
import { EDGE_FIELDS, SERVER_FIELDS } from '../../src/scenarios/schema/world-options.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { someOf } from '../effort.ts';

/** Wherever options stand beside each other: their place in a scenario, and the kind that has to be chosen for them. */
const PLACES: readonly { place: string; kind?: string; fields: Fields }[] = [
  { place: 'network.access', fields: LINK_FIELDS },
  { place: 'edge', fields: EDGE_FIELDS },
  { place: 'servers', fields: SERVER_FIELDS },
  { place: 'publishers[0]', fields: PUBLISHER_FIELDS },
  { place: 'clients[0].reconnect', fields: RECONNECT_FIELDS },
  { place: 'clients[0].repair', fields: REPAIR_FIELDS },
  ...Object.entries(REGISTRIES.transports).map(([kind, { options }]) => ({
    place: 'clients[0].transport',
    kind,
    fields: options,
  })),
  ...Object.entries(REGISTRIES.backplanes).map(([kind, { options }]) => ({
    place: 'backplane',
    kind,
    fields: options,
  })),
];

const needsOf = (field: FieldSpec): Needs => ('needs' in field ? (field.needs ?? {}) : {});

/** Options that need one beside them, by that one and by what they need it to be. */
const NEEDING = PLACES.flatMap(({ place, kind, fields }) => {
  const groups = new Map<string, { beside: string; wanted: Needs[string]; keys: string[] }>();
  for (const [key, field] of Object.entries(fields))
    for (const [beside, wanted] of Object.entries(needsOf(field))) {
      const id = `${beside}=${wanted}`;
      const group = groups.get(id) ?? { beside, wanted, keys: [] };
      groups.set(id, group);
      group.keys.push(key);
    }
  return [...groups.values()].map((group) => ({
    ...group,
    at: `${kind ?? ''} ${place}`,
    place,
    kind,
    fields,
  }));
});

/** Trouble of every kind, so that most options matter. */
const TROUBLED: ScenarioInput = {
  version: 1,
  seed: 5,
  durationMs: 5_000,
  settleMs: 1_000,
  network: { access: { lossPct: 3, rateKbps: 2_000, jitterMs: 5 } },
  servers: { count: 2, threads: 4 },
  publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'poisson', perSecond: 10 } }],
  clients: [
    { name: 'first', count: 3, rooms: ['doc'], transport: { kind: 'websocket' } },
    { name: 'second', count: 3, rooms: ['doc'], transport: { kind: 'long-polling' } },
  ],
  faults: [
    { kind: 'client-disconnect', atMs: 1_000, forMs: 700, target: 'first' },
    { kind: 'server-crash', atMs: 2_500, forMs: 500, target: 'server-1' },
    { kind: 'link-down', atMs: 4_000, forMs: 500 },
  ],
};

/** A value with which what is needed is not there. */
function without(wanted: Needs[string], beside: FieldSpec): unknown {
  if (wanted === 'not null') return null;
  if (wanted === 'above 0') return 0;
  const can: readonly (string | boolean)[] = beside.type === 'choice' ? beside.values : [true, false];
  return can.find((value) => !wanted.includes(value));
}

/** A value of an option, the `n`th of three that would differ, had they an effect. */
function choiceOf(spec: OptionSpec, n: number): unknown {
  if (spec.type === 'choice') return spec.values[n % spec.values.length];
  if (spec.type === 'flag') return n % 2 === 0;
  const usual = spec.default ?? spec.min;
  return [usual, Math.max(spec.min, Math.floor(usual / 4)), Math.min(spec.max, usual * 3 + 1)][n];
}

function changed(scenario: ScenarioInput, changes: Record<string, unknown>): ScenarioInput {
  return Object.entries(changes).reduce((input, [path, value]) => {
    const set = setPath(input, path, value);
    if (!set.ok) throw new Error(`${path} cannot be set`);
    return set.input as ScenarioInput;
  }, scenario);
}

function fingerprintOf(scenario: ScenarioInput): string {
  const checked = validate(scenario);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const run = createRun(checked.plan, 'fingerprint');
  run.advance(run.endUs);
  return run.trace.fingerprint;
}

describe('what an option needs', () => {
  it('is something that an option beside it can be, and is not always', () => {
    expect(NEEDING.flatMap(({ keys }) => keys).length).toBeGreaterThan(40);
    for (const { at, fields, beside, wanted } of NEEDING) {
      const other = fields[beside] as FieldSpec;
      if (wanted === 'not null') expect('orNull' in other, `${at}.${beside}`).toBe(true);
      else if (wanted === 'above 0')
        expect(other, `${at}.${beside}`).toMatchObject({ type: 'number', min: 0 });
      else {
        const can = other.type === 'choice' ? other.values : other.type === 'flag' ? [true, false] : [];
        expect(can, `${at}.${beside}`).toEqual(expect.arrayContaining([...wanted]));
        expect(wanted.length, `${at}.${beside}`).toBeLessThan(can.length);
      }
    }
  });

  it.each(someOf(NEEDING, 0.4))(
    '$at: $keys, or they have no effect',
    ({ place, kind, fields, beside, wanted, keys }) => {
      const chosen = kind === undefined ? {} : { [`${place}.kind`]: kind };
      const missing = { [`${place}.${beside}`]: without(wanted, fields[beside] as FieldSpec) };
      const base = changed(TROUBLED, { ...chosen, ...missing });
      const runs = [0, 1, 2].map((n) => {
        const values = keys.map(
          (key) => [`${place}.${key}`, choiceOf(fields[key] as OptionSpec, n)] as const,
        );
        return fingerprintOf(changed(base, Object.fromEntries(values)));
      });
      expect(new Set(runs).size).toBe(1);
    },
  );

  it('is said as long as it is not there', () => {
    const specOf = (place: string, key: string) =>
      PLACES.find((one) => one.place === place || one.kind === place)?.fields[key] as OptionSpec;
    const said = (place: string, key: string, values?: Record<string, unknown>) =>
      missingFor(specOf(place, key), values);
    expect(said('kafka', 'enableIdempotence', { acks: '1' })).toBe('acks=all');
    expect(said('kafka', 'enableIdempotence', { acks: 'all' })).toBe('');
    expect(said('kafka', 'enableIdempotence')).toBe('acks=all');
    expect(said('servers', 'threadQueue', { threads: null })).toBe('threads');
    expect(said('servers', 'threadQueue', { threads: 8 })).toBe('');
    expect(said('servers', 'threadQueue')).toBe('threads');
    expect(said('network.access', 'jitterDistribution', { jitterMs: 0 })).toBe('jitterMs above 0');
    expect(said('network.access', 'jitterDistribution', { jitterMs: 0.5 })).toBe('');
  });
});
