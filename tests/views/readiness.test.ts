import { expect, test } from 'vitest';
import { PRESETS } from '../../src/scenarios/presets/index.ts';
import { storyOfDelivery } from '../../src/trace/story/index.ts';
import { lookupOf } from '../../src/trace/story/lookup.ts';
import { say } from '../../src/trace/story/now-words.ts';
import { readinessParts } from '../../src/trace/story/readiness.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { clean, presetWith, traceOf } from './story-runs.ts';

/** What is said when a client was ready, the last of them unless another is named. */
function saidOf(trace: Trace, row = trace.table('client.ready').length - 1): string {
  const table = trace.table('client.ready');
  return say(trace, { kind: 'ready', rank: 5, atUs: table.atUs(row), seq: table.get(row, 0), row }).why;
}

test('what made a client ready adds up, and names only what there was', () => {
  expect(saidOf(traceOf(clean({ kind: 'sse' }, 500)))).toBe(
    'It took 327\u00a0ms = 105 TLS + 101 TCP + 101 the first request and its answer + 20 the name. From here on it is owed every update.',
  );
  const plain = clean({ kind: 'sse' }, 500, [], { edge: { tls: 'none' } });
  expect(saidOf(traceOf(plain))).not.toContain('TLS');
});

test('whoever had to wait for a thread is told so, not of round trips', () => {
  const said = saidOf(traceOf(presetWith('thread-per-request', {})));
  expect(said).toMatch(/^It took 1\d\.\d\u00a0s = 1\d\.\d waiting for a thread \+ /);
});

test.each(['polling', 'long-polling'])(
  'the first request of %s is not the errors that came before',
  (kind) => {
    const away = [{ kind: 'server-crash', atMs: 0, forMs: 3_000 }];
    const trace = traceOf(clean({ kind }, 500, away, { edge: { loadBalancer: { kind: 'layer-7' } } }));
    expect(saidOf(trace)).toMatch(/ = \d+\.\d+ requests that the load balancer refused \+ /);
    expect(saidOf(trace)).toContain('the next request and its answer');
    const [next] = readinessParts(lookupOf(trace), 0).slice(-1);
    expect(next?.us).toBeLessThan(110_000);
  },
);

test('what a load balancer collects is not told as its CPU’s work', () => {
  const trace = traceOf(presetWith('buffering-proxy', {}));
  expect(saidOf(trace)).toMatch(
    /^It took 10\.0\u00a0s = 9\.9 the first request and its answer, collected by /,
  );
  // Of three clients the first is the stream.
  const late = storyOfDelivery(trace, 60, 0);
  expect(late?.sentence).toContain('1.75 collected by the load balancer');
  expect(late?.parts.some(({ label }) => label === 'load balancer CPU')).toBe(false);
  expect(storyOfDelivery(trace, 60, 2)?.sentence).not.toContain('collected');
});

test('parts of becoming ready are whole in every preset', () => {
  const wrong: string[] = [];
  for (const { name } of PRESETS.filter((_, nth) => nth % 8 === 0)) {
    const trace = traceOf(presetWith(name, { durationMs: 4_000, settleMs: 0, faults: [], expect: [] }));
    const table = trace.table('client.ready');
    for (let row = 0; row < table.length; row++) {
      const us = readinessParts(lookupOf(trace), row).reduce((sum, part) => sum + part.us, 0);
      if (us !== table.get(row, COLUMN['client.ready'].setupUs)) wrong.push(`${name}: ${row}`);
    }
  }
  expect(wrong).toEqual([]);
});
