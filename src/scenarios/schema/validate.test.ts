import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cases } from '../../../tests/effort.ts';
import { PRESETS } from '../presets/index.ts';
import { type ScenarioInput, validate } from '../validate.ts';

const BASE = {
  version: 1,
  durationMs: 60_000,
  publishers: [{ name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 } }],
  clients: [{ name: 'sse', count: 2, transport: { kind: 'sse' } }],
} as const satisfies ScenarioInput;

/** The base with some of its top replaced. */
const problemsWith = (change: object): string[] => {
  const validation = validate({ ...BASE, ...change });
  return validation.ok ? [] : validation.problems.map(({ path, message }) => `${path}: ${message}`);
};

const group = (change: object) => ({ clients: [{ ...BASE.clients[0], ...change }] });
const metric = (path: string) => ({ expect: [{ metric: path, max: 1 }] });

describe('defaults', () => {
  test('what is left out is filled in', () => {
    const validation = validate(BASE);
    expect(validation.ok).toBe(true);
    if (!validation.ok) return;
    const { plan } = validation;
    expect(plan).toMatchObject({
      name: 'Untitled',
      seed: 1,
      settleMs: 10_000,
      network: { access: { rttMs: 40, lossPct: 0, rateKbps: null }, datacenter: { rttMs: 0.5 } },
      edge: { tls: '1.3', http: '1.1', loadBalancer: null, proxy: null },
      servers: { count: 1, replayBuffer: { messages: 1_000 }, durable: false },
      backplane: { kind: 'direct' },
      faults: [],
      expect: [],
    });
    expect(plan.publishers[0]).toMatchObject({ startMs: 0, bytes: 100, text: null });
    expect(plan.clients[0]).toMatchObject({ startMs: 0, startSpreadMs: 0, rooms: ['doc-123'] });
    expect(plan.clients[0]?.transport).toMatchObject({ kind: 'sse', retryMs: 3_000 });
  });

  test('a group’s network is laid over the access link', () => {
    const network = {
      access: { rttMs: 100, upMs: 80, lossModel: { kind: 'gilbert-elliott', p: 0.1, r: 0.5 } },
    };
    const validation = validate({ ...BASE, ...group({ network: { rttMs: 20, lossPct: 3 } }), network });
    expect(validation.ok && validation.plan.clients[0]?.network).toMatchObject({
      rttMs: 20,
      upMs: null,
      lossPct: 3,
      lossModel: null,
      queueBytes: 64_000,
    });
  });

  test('moments come in the order of time', () => {
    const arrivals = { kind: 'at', timesMs: [300, 10, 2_000] };
    const validation = validate({ ...BASE, publishers: [{ ...BASE.publishers[0], arrivals }] });
    expect(validation.ok && validation.plan.publishers[0]?.arrivals).toEqual({
      kind: 'at',
      timesMs: [10, 300, 2_000],
    });
  });

  test('a group may watch a room that nobody publishes to', () => {
    expect(problemsWith(group({ rooms: ['lobby'] }))).toEqual([]);
  });

  test.each(PRESETS.map((preset) => [preset.name, preset.scenario] as const))(
    'the plan of %s is a scenario of its own',
    (_, scenario) => {
      const first = validate(scenario);
      expect(first).toMatchObject({ ok: true });
      if (!first.ok) return;
      expect(JSON.parse(JSON.stringify(first.plan))).toEqual(first.plan);
      expect(validate(first.plan)).toEqual(first);
    },
  );
});

describe('what must be allowed', () => {
  test.each<[string, object]>([
    ['an hour', { durationMs: 3_600_000, settleMs: 3_600_000 }],
    ['a thousand clients', group({ count: 1_000 })],
    [
      'a thousand pollers for an hour',
      { durationMs: 3_600_000, ...group({ count: 1_000, transport: { kind: 'polling' } }) },
    ],
    [
      'ten thousand messages a second',
      { publishers: [{ ...BASE.publishers[0], arrivals: { kind: 'poisson', perSecond: 10_000 } }] },
    ],
    ['every quantile', metric('groups.sse.deliveries.latencyMs.quantiles[99]')],
    ['a server', metric('servers.server-1.busyMs')],
  ])('%s', (_, change) => {
    expect(problemsWith(change)).toEqual([]);
  });
});

/** A preset in which something, somewhere, was replaced by something else. */
const spoiled = fc
  .tuple(
    fc.constantFrom(...PRESETS),
    fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    fc.jsonValue({ maxDepth: 3 }),
  )
  .map(([preset, way, value]) => {
    const input = structuredClone(preset.scenario) as unknown as Record<string, unknown>;
    let place = input;
    for (const step of way) {
      const keys = Object.keys(place);
      const key = keys[step % keys.length] as string;
      const next = place[key];
      const last =
        step === way.at(-1) || typeof next !== 'object' || next === null || Object.keys(next).length === 0;
      if (!last) {
        place = next as Record<string, unknown>;
        continue;
      }
      place[key] = value;
      break;
    }
    return input;
  });

test('any JSON gives a plan or problems with their places, and is left as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), spoiled), (input) => {
      const before = JSON.stringify(input);
      const validation = validate(input);
      expect(JSON.stringify(input)).toBe(before);
      if (validation.ok) {
        expect(JSON.parse(JSON.stringify(validation.plan))).toEqual(validation.plan);
        expect(validate(validation.plan)).toEqual(validation);
      } else {
        expect(validation.problems.length).toBeGreaterThan(0);
        for (const { path, message } of validation.problems) {
          expect(path).toMatch(/^[^\n]*$/);
          expect(message).toMatch(/^[^\n]+$/);
        }
      }
    }),
    { numRuns: cases(2_000, 250) },
  );
});
