import { expect, test } from 'vitest';
import { nowSentence } from '../../src/trace/story/index.ts';
import { type MomentKind, RANK } from '../../src/trace/story/moments.ts';
import { simulated } from './run.ts';

/** What brings about what, where both come within a sentence's time. */
const BECAUSE_OF: readonly (readonly [cause: MomentKind, symptom: MomentKind])[] = [
  ...(['owner', 'member', 'loss', 'dropped', 'refused', 'closed'] as const).map(
    (one) => ['fault', one] as const,
  ),
  ...(['dropped', 'refused', 'closed', 'late'] as const).flatMap((one) => [
    ['owner', one] as const,
    ['member', one] as const,
  ]),
  ...(['resent', 'held', 'closed', 'late'] as const).map((one) => ['loss', one] as const),
  ['closed', 'opened'],
  ['resent', 'released'],
  ['held', 'late'],
  ['opened', 'gap'],
  ['owner', 'duplicated'],
];

test.each(BECAUSE_OF)('a moment of the kind %s is not cut short by one of the kind %s', (cause, symptom) => {
  expect(RANK[cause]).toBeGreaterThanOrEqual(RANK[symptom]);
});

test('an election is told among the connections that are refused for want of it', () => {
  const trace = simulated('kafka-acks-1');
  for (const speed of [0.1, 1]) {
    expect(nowSentence(trace, 12_900_000, speed)?.headline).toContain(
      'has no connection to Broker 1 (refused',
    );
    expect(nowSentence(trace, 13_200_000, speed)?.headline).toBe(
      'Leader of partition 0 is Broker 2’s now, and was Broker 1’s.',
    );
  }
  const away = simulated('pulsar-broker-fails');
  expect(nowSentence(away, 13_400_000, 1)?.headline).toBe('Topic partition 0 belongs to nobody now.');
});
