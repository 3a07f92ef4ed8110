import { expect, test } from 'vitest';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import { say } from '../../src/trace/story/now-words.ts';
import { presetWith, traceOf } from './story-runs.ts';

/** Everything that is said at the moments of a preset, headline and reason. */
function saidIn(name: string): string[] {
  const trace = traceOf(presetWith(name, {}));
  return momentsUntil(trace, trace.header?.endUs ?? 0).map((moment) => {
    const { headline, why } = say(trace, moment);
    return `${headline} ${why}`;
  });
}

test('a replica that falls behind and a broker that is fenced are told as what they are, not as shares dealt out', () => {
  const said = saidIn('kafka-acks-1');
  expect(said).toContainEqual(
    expect.stringMatching(/^Broker 1 is out of sync with partition 0\. It does not have/),
  );
  expect(said).toContainEqual(expect.stringMatching(/^Broker 1 is fenced: the cluster goes on without it\./));
  expect(said).toContainEqual(expect.stringMatching(/^Broker 1 is in the cluster\. /));
  expect(said.filter((text) => /members of (replicas|cluster)/.test(text))).toEqual([]);
});

test('what changes hands on a ring has a name: a client its own, an arc its place', () => {
  const moved = saidIn('modulo-eleventh').filter((text) => text.includes('’s now'));
  expect(moved[0]).toMatch(/^User \d+ is Server \d+’s now, and was Server \d+’s\./);
  const arcs = saidIn('ring-eleventh').filter((text) => text.includes('’s now'));
  expect(arcs[0]).toMatch(/^The arc that ends at \d+\.\d % of the ring is Server 11’s now/);
});

test('a partition that a server gets back was not somebody else’s', () => {
  const said = saidIn('kafka-rebalance-eager').filter((text) => text.startsWith('Partition'));
  expect(said).toContainEqual(expect.stringMatching(/is Server 3’s again\./));
  expect(said.filter((text) => /is (Server \d)’s now, and was \1’s/.test(text))).toEqual([]);
});

test('several frames in one packet are many', () => {
  const said = [...saidIn('cubic-window'), ...saidIn('slow-link')];
  const wrong = said.filter((text) =>
    /(and \d+ more|[a-z] \d+, [a-z]+ \d+)( to [^.]*)? (is|was) /.test(text),
  );
  expect(wrong).toEqual([]);
  expect(said).toContainEqual(expect.stringMatching(/^Frame \d+, frame \d+ to .* were lost/));
});

test('a process that died has not given its connections up, and does not try again before it is up', () => {
  const said = saidIn('kafka-acks-1').filter((text) => / has no connection to /.test(text));
  expect(said).toContainEqual(
    expect.stringMatching(/^Broker 1 has no connection to .* \(its process died\)\. What it/),
  );
  // Who lived on and finds nobody there does try again.
  expect(said).toContainEqual(
    expect.stringMatching(/^Server 2 has no connection to Broker 1 .* It tries again/),
  );
});
