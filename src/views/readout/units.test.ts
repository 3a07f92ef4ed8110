import { expect, test } from 'vitest';
import {
  chosenSeconds,
  clock,
  count,
  duration,
  kilobytes,
  milliseconds,
  plural,
  waitSeconds,
} from './units.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test.each([
  [0, '0.00 ms'],
  [420, '0.42 ms'],
  [1_040, '1.0 ms'],
  [51_400, '51 ms'],
  [999_400, '999 ms'],
  [999_600, '1.00 s'],
  [12_340_000, '12.3 s'],
  [75_000_000, '75.0 s'],
  [1_234_000_000, '1 234 s'],
])('%d µs is %s', (us, text) => expect(plain(duration(us))).toBe(text));

test('figures', () => {
  expect(plain(clock(12_340_999))).toBe('00:12.340');
  expect(clock(3_612_340_000)).toBe('1:00:12.340');
  expect(plain(waitSeconds(849_000))).toBe('0.8 s');
  expect(milliseconds(1_046_200)).toBe('1\u202f046');
  expect(milliseconds(420)).toBe('0.42');
  expect(kilobytes(11_249)).toBe('11.2');
  expect(kilobytes(1_234_567)).toBe('1\u202f235');
  expect(count(1_000_000)).toBe('1\u202f000\u202f000');
  expect(plural(1, 'packet')).toBe('1 packet');
  expect(plural(3, 'packet')).toBe('3 packets');
});

test.each([
  [2_000_000, '2 s'],
  [10_000_000, '10 s'],
  [100_000_000, '100 s'],
  [1_500_000, '1.5 s'],
  [250_000, '0.25 s'],
  [10_010_000, '10.01 s'],
])('%d µs, chosen by somebody, is %s', (us, text) => expect(plain(chosenSeconds(us))).toBe(text));
