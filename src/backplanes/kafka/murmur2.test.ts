import { expect, test } from 'vitest';
import { murmur2, partitionFor } from './murmur2.ts';

// org.apache.kafka.common.utils.UtilsTest#testMurmur2
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
  ['', 275646681],
])('%s hashes as in the Java client', (key, hash) => {
  expect(murmur2(key)).toBe(hash);
});

test('a negative hash loses its sign, and nothing else', () => {
  expect(partitionFor('21', 1000)).toBe((-973932308 & 0x7fffffff) % 1000);
  expect(partitionFor('abc', 7)).toBe(479470107 % 7);
});
