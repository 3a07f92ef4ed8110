import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { cases } from '../effort.ts';

/** Header sizes of a run without cookies, and what conditional requests add and leave out, bytes. */
const [REQUEST, RESPONSE, QUERY] = [498, 163, 26];
const [IF_NONE_MATCH, ETAG, ABOUT_CONTENT, EMPTY_BODY] = [51, 42, 52, 28];

function runOf(transport: object, over: object = {}) {
  const checked = validate({
    version: 1,
    durationMs: 20_000,
    settleMs: 3_000,
    publishers: [{ name: 'p', room: 'r', startMs: 3_500, arrivals: { kind: 'periodic', everyMs: 5_000 } }],
    clients: [{ name: 'reader', rooms: ['r'], transport: { kind: 'polling', ...transport } }],
    ...over,
  } as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const run = createRun(checked.plan, 'all');
  run.advance(run.endUs);
  const table = run.trace.table('unit.sent');
  const { what, bytes } = COLUMN['unit.sent'];
  const units: { what: string; bytes: number }[] = [];
  for (let row = 0; row < table.length; row++) {
    const name = run.trace.strings[table.get(row, what)] ?? '';
    if (name.startsWith('polling.')) units.push({ what: name.slice(8), bytes: table.get(row, bytes) });
  }
  return { report: run.report(0), units };
}

describe('polling with conditional requests', () => {
  const plain = runOf({});
  const asked = runOf({ conditional: true });

  test('an answer without news is a 304 where the client has one for the same cursor, a 200 the first time', () => {
    // Polls at 0, 1 … 23 s: the first sets the cursor, then one empty 200 for each cursor, and 304 from there on.
    const words = asked.units.filter((_, index) => index % 2 === 1).map(({ what }) => what);
    expect(words.slice(0, 6)).toEqual([
      'empty',
      'empty',
      'not-modified',
      'not-modified',
      'response',
      'empty',
    ]);
    for (const [index, word] of words.entries())
      if (word === 'not-modified') expect(['empty', 'not-modified']).toContain(words[index - 1]);
    expect(words.filter((word) => word === 'response').length).toBe(4);
  });

  test('every byte of it is counted, and it costs more than it saves: an empty answer is small', () => {
    asked.units.forEach(({ what, bytes }, index) => {
      const answer = asked.units[index + 1]?.what;
      if (answer === 'not-modified') expect(bytes).toBe(REQUEST + QUERY + IF_NONE_MATCH);
      if (what === 'not-modified') expect(bytes).toBe(RESPONSE + ETAG - ABOUT_CONTENT);
      if (what === 'empty') expect(bytes).toBe(RESPONSE + EMPTY_BODY + ETAG);
    });
    const total = ({ units }: typeof asked) => units.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total(asked)).toBeGreaterThan(total(plain));
  });

  test('what is delivered and how late, and what counts as empty, is the same', () => {
    const { deliveries, http } = asked.report.groups.reader ?? {};
    expect(deliveries).toEqual(plain.report.groups.reader?.deliveries);
    expect(http).toEqual(plain.report.groups.reader?.http);
  });
});

test('whatever happens, a conditional poll brings what a plain one brings', () => {
  const fault = fc.record({
    kind: fc.constantFrom('server-crash', 'link-down', 'client-sleep', 'client-disconnect'),
    atMs: fc.integer({ min: 1_000, max: 15_000 }),
    forMs: fc.integer({ min: 1, max: 4_000 }),
  });
  const over = fc.record({
    seed: fc.nat(),
    publishers: fc.constant([{ name: 'p', room: 'r', arrivals: { kind: 'poisson', perSecond: 0.5 } }]),
    faults: fc.array(fault, { maxLength: 3 }),
    edge: fc.record({ responseHeaderBytes: fc.constantFrom(1, 163) }),
  });
  fc.assert(
    fc.property(over, (input) => {
      const [plain, asked] = [runOf({}, input), runOf({ conditional: true }, input)];
      const counts = ({ report }: typeof plain) => {
        const { expected, delivered, duplicates, outOfOrder } = report.totals.deliveries;
        return { expected, delivered, duplicates, outOfOrder };
      };
      expect(counts(asked)).toEqual(counts(plain));
      for (const { bytes } of asked.units) expect(bytes).toBeGreaterThan(0);
    }),
    { numRuns: cases(25, 2) },
  );
});
