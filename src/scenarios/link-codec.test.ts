import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases } from '../../tests/effort.ts';
import { decodeScenario, encodeScenario } from './link-codec.ts';
import { PRESETS } from './presets/index.ts';
import { RACE } from './presets/race.ts';
import { validate } from './validate.ts';

const pack = (text: string) => `1.${deflateRawSync(text).toString('base64url')}`;

test('every preset comes back as it went', async () => {
  for (const { scenario } of PRESETS) {
    const text = await encodeScenario(scenario);
    expect(text).toMatch(/^1\.[A-Za-z0-9_-]+$/);
    expect(await decodeScenario(text)).toEqual({
      ...validate(scenario),
      input: JSON.parse(JSON.stringify(scenario)),
    });
  }
});

test('any name comes back as it went', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(), async (name, seed) => {
      const scenario = { ...RACE.scenario, name, seed };
      const decoded = await decodeScenario(await encodeScenario(scenario));
      expect(decoded.ok && decoded.input).toEqual(JSON.parse(JSON.stringify(scenario)));
    }),
  );
});

test.each([
  ['nothing', '', /carries no scenario/],
  ['other letters', '1.abc$', /carries no scenario/],
  ['another version', '2.abcd', /another version \(2\)/],
  ['no deflate', '1.AAAA', /damaged/],
  ['no base64', '1.A', /damaged/],
  ['no JSON', pack('hello'), /no JSON/],
  ['no UTF-8', `1.${deflateRawSync(Buffer.from([0x22, 0xff, 0x22])).toString('base64url')}`, /damaged/],
  ['no scenario', pack('[]'), /does not hold: expected an object/],
  ['a bomb', pack(' '.repeat(cases(300_000_000, 20_000_000))), /holds more than/],
  ['a long link', `1.${'A'.repeat(2_000_000)}`, /longer than/],
])('%s is refused in one sentence', async (_, text, problem) => {
  const decoded = await decodeScenario(text);
  expect(decoded).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
});

test('whatever happened to a link, it never throws', async () => {
  const good = await encodeScenario(RACE.scenario);
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length), fc.nat(good.length), fc.base64String(), async (from, to, other) => {
      const text = good.slice(0, Math.min(from, to)) + other + good.slice(Math.max(from, to));
      const decoded = await decodeScenario(text);
      if (!decoded.ok) expect(decoded.problem).toMatch(/^This link [^\n]+$|^The scenario [^\n]+$/);
    }),
    { numRuns: cases(500, 80) },
  );
});
