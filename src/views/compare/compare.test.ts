import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../../../tests/effort.ts';
import { KIND, Trace, type TraceHeader } from '../../trace/trace.ts';
import { compareRuns } from './comparison.ts';
import { firstDivergence } from './divergence.ts';

const client = (group: string, link: number) => ({
  name: `${group}/1`,
  group,
  groupTitle: group,
  transport: group,
  link,
  rooms: [0],
});
const header = {
  publishers: [{ name: 'editor', room: 0 }],
  rooms: ['doc'],
  clients: [client('sse', 0), client('polling', 1)],
  links: [{ name: 'sse/1' }, { name: 'polling/1' }],
} as unknown as TraceHeader;

/** What happens: a kind with a few numbers, and a text. */
type Happening = { gap: number; kind: 0 | 1 | 2; value: number; text: string; cause: number };

function traceOf(happenings: readonly Happening[], earlier: readonly string[] = []): Trace {
  const trace = new Trace('all');
  trace.header = header;
  for (const text of earlier) trace.text(text); // numbers texts differently, which is no difference
  let atUs = 0;
  for (const { gap, kind, value, text, cause } of happenings) {
    atUs += gap;
    trace.cause = cause;
    if (kind === 0) trace.add(KIND['message.published'], atUs, value, 0, 0, 10, trace.text(text));
    else if (kind === 1) trace.add(KIND['unit.received'], atUs, value);
    else {
      const reason = trace.text(text);
      trace.add(KIND['packet.sent'], atUs, value & 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1, reason);
    }
  }
  trace.knownUntilUs = atUs;
  return trace;
}

function bruteForce(a: Trace, b: Trace): { same: number; atUs: number } | null {
  const [left, right] = [[...a.all()], [...b.all()]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]];
    if (JSON.stringify(one) === JSON.stringify(other)) continue;
    const times = [one, other].flatMap((record) => record?.atUs ?? []);
    return { same: at, atUs: Math.min(...times) };
  }
  return null;
}

const happening = fc.record({
  gap: fc.nat(3),
  kind: fc.constantFrom(0 as const, 1 as const, 2 as const),
  value: fc.nat(3),
  text: fc.constantFrom('', 'a', 'b'),
  cause: fc.integer({ min: -1, max: 2 }),
});

describe('where two runs part', () => {
  it('is where a look at every record finds it', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 30 }),
        fc.array(happening, { maxLength: 10 }),
        fc.array(happening, { maxLength: 10 }),
        (shared, restA, restB) => {
          const [a, b] = [traceOf([...shared, ...restA]), traceOf([...shared, ...restB], ['b', 'z'])];
          expect(firstDivergence(a, b)).toEqual(bruteForce(a, b));
          expect(firstDivergence(b, a)).toEqual(bruteForce(b, a));
        },
      ),
      { numRuns: cases(500, 100) },
    );
  });

  it('is nowhere for a run and itself', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (all) => {
        expect(firstDivergence(traceOf(all), traceOf(all, ['z', 'a']))).toBeNull();
      }),
    );
  });

  it('is found across chunks of a table', () => {
    const many = Array.from({ length: 20_000 }, (_, value) => ({
      gap: 1,
      kind: 1 as const,
      value,
      text: '',
      cause: -1,
    }));
    const changed = many.map((one, index) => (index === 17_001 ? { ...one, value: -5 } : one));
    expect(firstDivergence(traceOf(many), traceOf(changed))).toEqual({ same: 17_001, atUs: 17_002 });
    expect(firstDivergence(traceOf(many), traceOf(many.slice(0, 9000)))).toEqual({
      same: 9000,
      atUs: 9001,
    });
  });
});

/** Both clients are ready at 0; each message is published at its time and delivered after as long as it is given. */
function deliveries(
  messages: { atUs: number; refused?: boolean; after: (number | null)[]; twice?: boolean }[],
) {
  const trace = new Trace('all');
  trace.header = header;
  for (const number of [0, 1]) trace.add(KIND['client.ready'], 0, number, 5);
  let number = 0;
  for (const { atUs, refused, after, twice } of messages) {
    if (refused) trace.add(KIND['message.refused'], atUs, 0, 0);
    else trace.add(KIND['message.published'], atUs, ++number, 0, 0, 10, 0);
    after.forEach((us, to) => {
      if (us === null || refused) return;
      trace.add(KIND['message.delivered'], atUs + us, number, to, us, 1, 0);
      if (twice) trace.add(KIND['message.duplicated'], atUs + us + 1, number, to);
    });
  }
  return trace;
}

describe('two runs message by message', () => {
  it('a run compared with itself has no difference', () => {
    const trace = deliveries([
      { atUs: 10, after: [50, null] },
      { atUs: 20, after: [60, 70], twice: true },
    ]);
    const { rows, differing, same, divergence } = compareRuns(trace, trace);
    expect([rows, differing, same, divergence]).toEqual([[], 0, 4, null]);
  });

  it('what was lost in one comes first, then the largest difference; a refused message shifts no other', () => {
    const a = deliveries([
      { atUs: 10, after: [50, 500] },
      { atUs: 20, after: [50, 500] },
      { atUs: 30, after: [50, 500] },
      { atUs: 40, after: [50, 500] },
    ]);
    const b = deliveries([
      { atUs: 10, after: [50, 500] },
      { atUs: 20, refused: true, after: [] },
      { atUs: 30, after: [70, 500] },
      { atUs: 40, after: [null, 900] },
    ]);
    const { rows, same, pairs, divergence } = compareRuns(a, b);
    expect(pairs).toMatchObject({ by: 'time', atOnce: 4 });
    expect(divergence?.atUs).toBe(20);
    expect(rows.map(({ pair, client: to, byUs }) => [pair.a?.atUs, to, byUs])).toEqual([
      [20, 0, null],
      [20, 1, null],
      [40, 0, null],
      [40, 1, 400],
      [30, 0, 20],
    ]);
    expect(rows[0]?.b.kind).toBe('refused');
    expect(same).toBe(3);
  });

  it('counts messages off where they are published at other times', () => {
    const a = deliveries([10, 20, 30].map((atUs) => ({ atUs, after: [50, 500] })));
    const b = deliveries([11, 21, 31].map((atUs) => ({ atUs, after: [60, 500] })));
    const { rows, pairs } = compareRuns(a, b);
    expect(pairs.by).toBe('number');
    expect(rows.map(({ byUs }) => byUs)).toEqual([10, 10, 10]);
  });
});
