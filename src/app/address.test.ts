import { describe, expect, it } from 'vitest';
import { RACE as PRESET } from '../scenarios/presets/race.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import { readAddress, writeAddress } from './address.ts';

const RACE = PRESET.scenario;

describe('the address', () => {
  it('names a preset, its seed and a moment', async () => {
    const hash = await writeAddress({ scenario: { ...RACE, seed: 9 }, preset: PRESET, atUs: 1_250_500 });
    expect(hash).toBe('#/play?preset=race&seed=9&t=1250.5');
    expect(await readAddress(hash)).toEqual({
      ok: true,
      place: { scenario: { ...RACE, seed: 9 }, preset: PRESET, atUs: 1_250_500 },
    });
  });

  it('carries a changed scenario whole', async () => {
    const scenario = { ...RACE, edge: { tls: 'none' } } as ScenarioInput;
    const hash = await writeAddress({ scenario, preset: PRESET, atUs: null });
    expect(hash).toMatch(/^#\/play\?s=1\.[\w-]+&of=race$/);
    expect(await readAddress(hash)).toEqual({ ok: true, place: { scenario, preset: PRESET, atUs: null } });
    // It does without the preset.
    for (const other of [hash.replace('&of=race', ''), hash.replace('of=race', 'of=gone')])
      expect(await readAddress(other)).toEqual({ ok: true, place: { scenario, preset: null, atUs: null } });
  });

  it('is the race if it says nothing', async () => {
    for (const hash of ['', '#', '#/', '#/play']) {
      expect(await readAddress(hash)).toMatchObject({ ok: true, place: { preset: PRESET } });
    }
  });

  it('says in one sentence what is wrong with it', async () => {
    const bad: [string, RegExp][] = [
      [
        '#/play?preset=none',
        /^preset: expected a name out of the menu of scenarios, such as race, got "none"\.$/,
      ],
      ['#/play?of=race', /^of: expected beside s only\.$/],
      ['#/play?preset=redis-awy', /did you mean "redis-away"/],
      ['#/play?seed=1.5', /^seed: expected a whole number/],
      ['#/play?seed=1e3', /^seed: /],
      ['#/play?t=later', /^t: expected milliseconds/],
      ['#/play?t=1&t=2', /^t: expected once, got 2 times/],
      ['#/play?s=1.abc&seed=2', /^s: expected alone/],
      ['#/play?__proto__=1', /^"__proto__": expected one of/],
      [`#/${'x'.repeat(1000)}`, /^There is no page "\/x{39}…"/],
    ];
    for (const [hash, says] of bad) {
      const reading = await readAddress(hash);
      expect(reading).toMatchObject({ ok: false, text: hash });
      expect(!reading.ok && reading.message).toMatch(says);
    }
  });
});
