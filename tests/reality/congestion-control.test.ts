import { describe, expect, it } from 'vitest';
import { CONGESTION_CONTROLS } from '../../src/network/tcp/congestion/controls.ts';
import { quantile } from './judge.ts';
import { transferTime, underBulk } from './network/transfer.ts';

/**
 * What was measured of Linux's BBR beside CUBIC and is not among the records: lessons 17 and 18 of the page on them, in
 * round trips, and in ms beside a download.
 */
const optionsOf = (control: 'cubic' | 'bbr') => ({ createCongestion: CONGESTION_CONTROLS[control] });
const median = (sample: readonly number[]) =>
  quantile(
    [...sample].sort((a, b) => a - b),
    0.5,
  );

function roundTrips(congestionControl: 'cubic' | 'bbr', bytes: number, lossPct = 0): number {
  const runs = Array.from({ length: lossPct > 0 ? 40 : 3 }, (_, seed) =>
    transferTime({ rttMs: 100, lossPct }, { bytes, warm: false }, seed + 1, optionsOf(congestionControl)),
  );
  return median(runs) / 100;
}

describe('slow start', () => {
  it.each([
    [100_000, 4.1],
    [300_000, 5.7],
    [1_000_000, 7.5],
  ])('BBR sends %i bytes in %f round trips', (bytes, measured) => {
    expect(Math.abs(roundTrips('bbr', bytes) / measured - 1)).toBeLessThan(0.05);
  });

  it.each([
    [14_000, 1],
    [20_000, 2],
    [50_000, 3],
    [100_000, 3],
    [300_000, 5],
  ])('CUBIC sends %i bytes in %i', (bytes, measured) => {
    expect(Math.abs(roundTrips('cubic', bytes) / measured - 1)).toBeLessThan(0.05);
  });
});

it('at 1 % loss a megabyte takes BBR 10 round trips, and CUBIC two and more times as many', () => {
  const bbr = roundTrips('bbr', 1_000_000, 1);
  expect(Math.abs(bbr / 10 - 1)).toBeLessThan(0.05);
  expect(roundTrips('cubic', 1_000_000, 1)).toBeGreaterThan(2 * bbr);
});

it('beside a download BBR keeps the queue short whatever the buffer holds, and CUBIC fills it', () => {
  const latency = (congestionControl: 'cubic' | 'bbr', rateKbps: number, queueBytes: number) =>
    median(underBulk({ rttMs: 40, rateKbps, queueBytes }, 20, 15, 1, optionsOf(congestionControl)));
  for (const rateKbps of [5_000, 1_000]) {
    for (const queueBytes of [64_000, 256_000]) {
      const bbr = latency('bbr', rateKbps, queueBytes);
      expect(bbr).toBeGreaterThan(20);
      expect(bbr).toBeLessThan(80);
      expect(latency('cubic', rateKbps, queueBytes) / ((queueBytes * 8) / rateKbps)).toBeGreaterThan(0.8);
    }
  }
});
