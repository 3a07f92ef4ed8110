import { expect, test } from 'vitest';
import type { TimelineFault } from '../../views/timeline/flags.ts';
import type { VariantItem } from './model.ts';
import { inCommon, sharedFaults } from './shared-faults.ts';

const crash = (label: string, atUs = 5_000_000): TimelineFault => ({
  kind: 'broker-crash',
  target: 'it',
  atUs,
  endUs: atUs + 1,
  label,
  detail: '',
});

/** Variants A, B … with these faults. */
const variants = (...all: TimelineFault[][]) =>
  all.map((faults, id) => ({
    id,
    letter: String.fromCharCode(65 + id),
    run: { trace: { header: { faults } } } as unknown as VariantItem['run'],
  }));
const words = (...all: TimelineFault[][]) =>
  sharedFaults(variants(...all)).map(({ fault: { label, title } }) => [label, title]);

test('a fault that all variants have by one name keeps it', () => {
  expect(words([crash('Redis crashes')], [crash('Redis crashes')])).toEqual([['Redis crashes', undefined]]);
});

test('where each breaks another node, the flag says what is true of all, and tells whose is whose', () => {
  expect(words([crash('Database crashes')], [crash('Redis crashes')], [crash('Redis crashes')])).toEqual([
    ['node crashes', 'A: Database crashes; B, C: Redis crashes'],
  ]);
});

test('a fault that only some have says of whom it is, and leads to one that has it', () => {
  const shared = sharedFaults(variants([], [crash('Broker 1 crashes', 9), crash('Broker 2 crashes', 3)]));
  expect(shared.map(({ fault }) => fault.label)).toEqual(['Broker 2 crashes (B)', 'Broker 1 crashes (B)']);
  expect(shared[0]?.in).toMatchObject([{ variant: 1, index: 1 }]);
});

test('two that begin together stay two', () => {
  expect(words([crash('x crashes'), crash('y crashes')], [crash('x crashes'), crash('y crashes')])).toEqual([
    ['x crashes', undefined],
    ['y crashes', undefined],
  ]);
});

test('a partition is called as on the timeline of Play', () => {
  const split = (label: string, way: 'both' | 'forth' | 'back'): TimelineFault => ({
    ...crash(label),
    kind: 'partition',
    parted: { from: [1], to: [2], way },
  });
  const called = (label: string, way: 'both' | 'forth' | 'back') =>
    words([split(label, way)], [split(label, way)])[0]?.[0];
  expect(called('Server 2 ↮ Redis', 'both')).toBe('Server 2 and Redis parted');
  expect(called('Server 2 ↛ Redis', 'forth')).toBe('nothing from Server 2 to Redis');
  expect(called('Server 2 ↚ Redis', 'back')).toBe('nothing from Redis to Server 2');
  expect(words([split('Server 2 ↮ Database', 'both')], [split('Server 2 ↮ Broker 1', 'both')])).toEqual([
    ['Server 2 and … parted', 'A: Server 2 and Database parted; B: Server 2 and Broker 1 parted'],
  ]);
});

test('what labels have in common is where they begin and where they end', () => {
  expect(inCommon(['Redis and Server 2 parted', 'Broker 1 and Server 2 parted'], '…')).toBe(
    '… and Server 2 parted',
  );
  expect(inCommon(['all down', 'all links down'], '…')).toBe('all … down');
  expect(inCommon(['one', 'two'], '…')).toBe('…');
});
