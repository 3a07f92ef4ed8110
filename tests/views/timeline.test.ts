import { expect, test } from 'vitest';
import { activeFaults, concernsClient } from '../../src/views/reading/faults.ts';
import { activityOf } from '../../src/views/timeline/activity.ts';
import { freeLane, placeFlags } from '../../src/views/timeline/flags.ts';
import { faultBands, keyTarget, timeTicks } from '../../src/views/timeline/layout.ts';
import { fixtureTrace } from './fixture.ts';

const fault = (kind: string, target: string, atMs: number, endMs: number, label: string) => ({
  kind,
  target,
  atUs: atMs * 1000,
  endUs: endMs * 1000,
  label,
  detail: '',
});
const crowded = fixtureTrace({
  count: 2,
  faults: Array.from({ length: 30 }, (_, i) =>
    fault('link-down', '', 500 + i * 700, 900 + i * 700, `links down ${i}`),
  ),
});

test('words of faults never cover each other, stay inside, and leave no fault out', () => {
  for (const width of [260, 600, 1200]) {
    const flags = placeFlags(crowded.header!.faults, crowded.header!.endUs, width);
    flags.forEach((flag, i) => {
      expect(flag.x).toBeGreaterThanOrEqual(0);
      expect(flag.x + flag.width).toBeLessThanOrEqual(width);
      for (const other of flags.slice(i + 1)) {
        if (other.lane === flag.lane) expect(other.x).toBeGreaterThanOrEqual(flag.x + flag.width);
      }
    });
    expect(flags.flatMap(({ faults }) => faults).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, i) => i),
    );
  }
});

test('a fault with a length is a band, an instant is not', () => {
  const trace = fixtureTrace({
    faults: [
      fault('server-crash', 'server-1', 8000, 9000, 'crash'),
      fault('packet-drop', 'sse', 8500, 8500, 'drop'),
    ],
  });
  expect(faultBands(trace.header!.faults, trace.header!.endUs, 2200)).toEqual([
    { fault: 0, x: 800, width: 100 },
  ]);
  expect(activeFaults(trace, 7_999_999)).toEqual([]);
  expect(activeFaults(trace, 8_500_000)).toEqual([0]);
  expect(activeFaults(trace, 9_000_000)).toEqual([]);
});

test('targets: a group, one of its clients, everybody', () => {
  const sse2 = crowded.header!.clients.findIndex(({ name }) => name === 'sse/2');
  expect(concernsClient(crowded, fault('', 'sse', 0, 0, ''), sse2)).toBe(true);
  expect(concernsClient(crowded, fault('', 'sse/2', 0, 0, ''), sse2)).toBe(true);
  expect(concernsClient(crowded, fault('', 'sse/1', 0, 0, ''), sse2)).toBe(false);
  expect(concernsClient(crowded, fault('', '', 0, 0, ''), sse2)).toBe(true);
});

test('bins count every packet once', () => {
  const table = crowded.table('packet.sent');
  for (const bins of [1, 40, 333]) {
    const parts = activityOf(crowded, crowded.header!.endUs).bins(bins);
    expect(parts.length).toBe(bins);
    expect(parts.reduce((sum, { packets }) => sum + packets, 0)).toBe(table.length);
  }
});

test('ticks have room for their labels', () => {
  for (const endUs of [300_000, 22_000_000, 70_000_000, 3_600_000_000]) {
    for (const width of [200, 700, 1300]) {
      const { ticks, stepUs } = timeTicks(endUs, width);
      expect((stepUs / endUs) * width).toBeGreaterThanOrEqual(60);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
    }
  }
  expect(timeTicks(22_000_000, 1000).ticks.map(({ label }) => label.replace('\u00a0', ' '))).toContain('8 s');
  expect(timeTicks(3_600_000_000, 700).ticks.map(({ label }) => label.replace('\u00a0', ' '))).toContain(
    '20 min',
  );
});

test('keys move the playhead within the run', () => {
  expect(keyTarget('ArrowRight', 1_000_000, 22_000_000, 2_000_000)).toBe(1_100_000);
  expect(keyTarget('ArrowLeft', 50_000, 22_000_000, 2_000_000)).toBe(0);
  expect(keyTarget('PageUp', 21_000_000, 22_000_000, 2_000_000)).toBe(22_000_000);
  expect(keyTarget('Home', 5, 10, 1)).toBe(0);
  expect(keyTarget('End', 5, 10, 1)).toBe(10);
  expect(keyTarget(' ', 5, 10, 1)).toBeNull();
});

test('the word of the stretch that settles stands where neither a word of a fault nor its stem is', () => {
  const flag = (x: number, lane: number, fromX = x) => ({
    faults: [0],
    text: 'cut',
    x,
    width: 40,
    lane,
    fromX,
    instant: false,
  });
  expect(freeLane([], 100, 160, 1)).toBe(0);
  expect(freeLane([flag(110, 0)], 100, 160, 1)).toBe(-1);
  expect(freeLane([flag(110, 0)], 100, 160, 2)).toBe(1);
  // Its word is above, and its stem comes down through the lane below.
  expect(freeLane([flag(110, 1)], 100, 160, 2)).toBe(-1);
  expect(freeLane([flag(110, 1, 60)], 100, 160, 2)).toBe(0);
  expect(freeLane([flag(10, 0)], 100, 160, 1)).toBe(0);
});
