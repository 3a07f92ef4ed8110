import { describe, expect, test } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { validate } from '../../src/scenarios/validate.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { arrowsOf } from '../../src/views/ladder/arrows.ts';
import { type Depth, depthOf } from '../../src/views/ladder/depth.ts';
import { holdsOf } from '../../src/views/ladder/holds.ts';
import { placeLabels } from '../../src/views/ladder/labels.ts';
import { frameOf, MOST_ARROWS, type View } from '../../src/views/ladder/layout.ts';
import { defaultHosts, layoutPairs, room } from '../../src/views/ladder/pairs.ts';
import { ticksOf, timeLabel } from '../../src/views/ladder/ticks.ts';
import { holds } from '../holds.ts';
import { fixtureHeader } from './fixture.ts';

const SENT = COLUMN['packet.sent'];

function simulated(name: string): Trace {
  const checked = validate(findPreset(name)!.scenario);
  if (!checked.ok) throw new Error(name);
  const run = createRun(checked.plan, 'all');
  run.advance(run.endUs);
  return run.trace;
}

const traces = Object.fromEntries(
  ['race', 'head-of-line', 'link-down', 'new-connection', 'slow-link'].map((name) => [name, simulated(name)]),
);
const at = (trace: Trace, nowS: number, changes: Partial<View> = {}): View => ({
  clients: trace.header!.clients.map((_, client) => client).slice(0, 4),
  depth: 4,
  scale: 'time',
  width: 1180,
  height: 560,
  anchor: { us: nowS * 1e6, y: 448 },
  pxPerUs: 0.0008,
  nowUs: nowS * 1e6,
  ...changes,
});
const frameAt = (name: string, nowS: number, changes: Partial<View> = {}) =>
  frameOf(traces[name]!, traces[name]!.header!, at(traces[name]!, nowS, changes));

/** Every packet of these clients at a depth that is under way between two times, found by looking at each. */
function brute(
  trace: Trace,
  clients: readonly number[],
  depth: Depth,
  fromUs: number,
  toUs: number,
): number[] {
  const table = trace.table('packet.sent');
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    const client = trace.header!.links[table.get(row, SENT.link) >> 1]!.client;
    const drops = table.get(row, SENT.dropsAtUs);
    const end = table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
    const arrowDepth = depth === 3 ? 2 : depth;
    if (!clients.includes(client) || depthOf(trace, row) > arrowDepth) continue;
    if (table.atUs(row) <= toUs && end >= fromUs) rows.push(row);
  }
  return rows;
}

describe.each(Object.keys(traces))('%s', (name) => {
  const trace = traces[name]!;

  test.each([1, 2, 3, 4] as const)(
    'every packet in the window is an arrow or is counted, depth %i',
    (depth) => {
      for (const [now, pxPerUs] of [
        [0.4, 0.001],
        [5.1, 0.0008],
        [13.7, 0.0001],
        [29.9, 0.000001],
      ] as const) {
        const frame = frameAt(name, now, { depth, pxPerUs });
        const { map, view, arrows, inWindow } = frame;
        const expected = brute(
          trace,
          view.clients,
          depth,
          map.us(0),
          Math.min(view.nowUs, map.us(view.height)),
        );
        const drawn = new Set(arrows.map(({ facts }) => facts.row));
        if (frame.density.length === 0)
          for (const row of expected) holds(drawn.has(row), () => `row ${row} is not drawn`);
        expect(inWindow).toBeGreaterThanOrEqual(expected.length);
        expect(arrows.length).toBe(Math.min(inWindow, arrows.length));
        expect(arrows.length).toBeLessThanOrEqual(MOST_ARROWS);
      }
    },
  );

  test('slope is latency: an arrow is as high as its flight is long, where nothing is folded', () => {
    for (const now of [0.4, 3.3, 11.1]) {
      const { arrows, map, pairs, view } = frameAt(name, now);
      for (const { facts, pair, x0, x1, y0, y1, fate } of arrows) {
        const end = Math.min(facts.endUs, view.nowUs);
        const folded = map.folds.some(({ fromUs, toUs }) => fromUs < end && toUs > facts.atUs);
        if (!folded) expect(y1 - y0).toBeCloseTo((end - facts.atUs) * view.pxPerUs, 6);
        const { serverX, clientX } = pairs[pair]!;
        expect(Math.min(x0, x1)).toBeGreaterThanOrEqual(serverX - 1e-6);
        expect(Math.max(x0, x1)).toBeLessThanOrEqual(clientX + 1e-6);
        if (fate === 'arrived' && facts.reach === 1)
          expect(Math.abs(x1 - x0)).toBeCloseTo(clientX - serverX, 6);
        expect(y1).toBeLessThanOrEqual(map.y(view.nowUs) + 1e-6);
      }
    }
  });

  test('pieces of the axis join: what is drawn and what is folded make up the window', () => {
    for (const now of [0.2, 1.5, 7.77, 16, 25]) {
      for (const scale of ['time', 'ordinal'] as const) {
        const { map, view } = frameAt(name, now, { scale, depth: 1 });
        map.segments.slice(1).forEach((segment, i) => {
          expect(segment.fromUs).toBe(map.segments[i]!.toUs);
          expect(segment.y0).toBeCloseTo(map.segments[i]!.y1, 6);
        });
        const total = map.segments.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
        expect(total).toBeCloseTo(map.segments.at(-1)!.toUs - map.segments[0]!.fromUs, 3);
        expect(map.y(view.anchor.us)).toBeCloseTo(view.anchor.y, 6);
        const heights = Array.from({ length: Math.floor(view.height / 17) + 1 }, (_, i) => 17 * i);
        expect(heights.filter((y) => !(Math.abs(map.y(map.us(y)) - y) < 5e-5))).toEqual([]);
        for (const { fromUs, toUs } of map.folds) {
          const inside = brute(trace, view.clients, 1, fromUs + 1, toUs - 1);
          const { resends } = arrowsOf(trace, view.clients, 1);
          expect(inside.length, `${fromUs}–${toUs} is quiet, ${resends.length}`).toBe(0);
        }
      }
    }
  });

  test('in order means in order, and no two events are nearer than any others', () => {
    const { map, arrows, view } = frameAt(name, 4.2, { scale: 'ordinal' });
    const times = arrows.flatMap(({ facts }) => [facts.atUs, facts.endUs]).filter((us) => us <= view.nowUs);
    const heights = [...new Set(times)].sort((a, b) => a - b).map((us) => map.y(us));
    heights.slice(1).forEach((y, i) => {
      if (y < 0 || y > view.height || heights[i]! < 0) return;
      expect(y - heights[i]!).toBeGreaterThan(23.9);
    });
  });

  test('holds are those found by looking at every record', () => {
    const records = [...trace.all(['stream.held'])];
    const endUs = trace.header!.endUs;
    const connections = new Set(records.map(({ connection }) => connection as number));
    for (const connection of connections) {
      for (const down of [0, 1] as const) {
        const own = records.filter((record) => record.connection === connection && record.down === down);
        const expected: [number, number][] = [];
        let since = -1;
        for (const { atUs, segments } of own) {
          if ((segments as number) > 0 && since < 0) since = atUs;
          else if (segments === 0 && since >= 0) {
            expected.push([since, atUs]);
            since = -1;
          }
        }
        const window = (fromUs: number, toUs: number) => ({ fromUs, toUs, nowUs: endUs });
        const found = holdsOf(trace, connection, down, window(0, endUs));
        expect(found.filter(({ toUs }) => Number.isFinite(toUs)).slice(0, expected.length)).toMatchObject(
          expected.map(([fromUs, toUs]) => ({ fromUs, toUs })),
        );
        for (const [fromUs, toUs] of expected.slice(0, 20)) {
          const middle = (fromUs + toUs) / 2;
          expect(holdsOf(trace, connection, down, window(middle, middle))).toMatchObject([{ fromUs, toUs }]);
        }
      }
    }
  });

  test('words cover neither each other nor a ✕, and the line of now runs through none', () => {
    const measure = Object.assign((text: string) => text.length * 6.4, { scale: 1 });
    for (const now of [0.5, 2.2, 12.6]) {
      const frame = frameAt(name, now, { depth: 2 });
      const { labels } = placeLabels(frame, measure, () => false);
      const level = labels.filter(({ angle, align }) => angle === 0 && align === 'left');
      level.forEach((a, i) => {
        // A line of words is 15 px high, and its letters are less.
        expect(Math.abs(a.y - frame.nowY), a.text).toBeGreaterThan(5);
        for (const b of level.slice(i + 1)) {
          const apart =
            Math.abs(a.y - b.y) >= 10 || a.x + measure(a.text) <= b.x || b.x + measure(b.text) <= a.x;
          expect(apart, `${a.text} / ${b.text}`).toBe(true);
        }
      });
    }
  });

  test('times beside the axis are round, rise, and leave room', () => {
    for (const scale of ['time', 'ordinal'] as const) {
      const { map, view } = frameAt(name, 6.6, { scale });
      const ticks = ticksOf(map, view.height, view.nowUs, scale === 'ordinal');
      expect(ticks.length).toBeGreaterThan(2);
      ticks.slice(1).forEach(({ y, us }, i) => {
        expect(y - ticks[i]!.y).toBeGreaterThanOrEqual(20);
        expect(us).toBeGreaterThan(ticks[i]!.us);
      });
    }
  });
});

test('times beside the axis are seconds, and minutes where they would be too long', () => {
  const label = (us: number, stepUs: number) => timeLabel(us, stepUs).replace('\u00a0', ' ');
  expect(label(12_346_000, 10_000)).toBe('12.35 s');
  expect(label(999_990_000, 10_000)).toBe('999.99 s');
  expect(label(1_799_800_000, 10_000)).toBe('29:59.80');
  expect(label(1_799_999_600, 1_000)).toBe('30:00.000');
  expect(label(3_605_000_000, 5_000_000)).toBe('60:05');
});

test('the segments of one message that leave together have one word', () => {
  const trace = simulated('nats-slow-consumer');
  const view = at(trace, 1.75, { depth: 1, clients: [0] });
  const measure = Object.assign((text: string) => text.length * 6.4, { scale: 1 });
  const frame = frameOf(trace, trace.header!, view);
  const first = frame.arrows.filter(({ facts }) => facts.labels[0] === 'frame 1');
  expect(first.length).toBeGreaterThan(5);
  const { labels } = placeLabels(frame, measure, () => false);
  // The rest of it leaves a round trip later, when the window has opened.
  const bursts = new Set(first.map(({ facts }) => Math.round(facts.atUs / 20_000)));
  expect(bursts.size).toBe(2);
  expect(labels.filter(({ text }) => text === 'frame 1')).toHaveLength(2);
});

test('what comes after now is not drawn', () => {
  const { spans, arrows, view, nowY } = frameAt('head-of-line', 0.78, { depth: 3 });
  for (const { fromUs, toUs } of spans) {
    expect(fromUs).toBeLessThanOrEqual(view.nowUs);
    expect(toUs).toBeLessThanOrEqual(view.nowUs);
  }
  for (const { y0, y1 } of arrows) expect(Math.max(y0, y1)).toBeLessThanOrEqual(nowY + 1e-6);
  const held = spans.find(({ kind }) => kind === 'held');
  expect(held?.open).toBe(true);
  expect(held?.title.replaceAll('\u00a0', ' ')).toBe('held back 30 ms so far');
});

test('one lost segment: who waits for what, and for how long', () => {
  const { spans } = frameAt('head-of-line', 0.9, { depth: 1 });
  const say = (kind: string) => {
    const span = spans.find((one) => one.kind === kind && one.client === 1);
    return `${span?.title}: ${span?.detail}`.replaceAll('\u00a0', ' ');
  };
  expect(say('held')).toBe('held back 101 ms: 3 later segments wait for frame 14');
  expect(say('resend')).toBe('sent again after 151 ms: later ones were acknowledged (RACK)');
});

test('a poll, what waits for it, and what it waits for', () => {
  const { spans } = frameAt('race', 5.1, { depth: 1 });
  const titles = spans
    .filter(({ client }) => client === 0)
    .map(({ title }) => title.replaceAll('\u00a0', ' '));
  expect(titles).toContain('“he” waits 534 ms');
  expect(titles).toContain('next poll after 899 ms');
});

test('a cut link is hatched between the lifelines for as long as it is cut', () => {
  const { spans } = frameAt('link-down', 14.5);
  const cut = spans.filter(({ kind }) => kind === 'fault');
  expect(cut.map(({ at: place, fromUs, toUs, title }) => [place, fromUs, toUs, title])).toEqual(
    [0, 1, 2, 3].map(() => ['link', 10e6, 14.5e6, 'all links down']),
  );
});

test('beyond what can be told apart, losses are kept and the rest is counted', () => {
  const frame = frameAt('slow-link', 60, { pxPerUs: 1e-6, clients: [0, 1, 2] });
  expect(frame.inWindow).toBeGreaterThan(3000);
  const lost = brute(traces['slow-link']!, [0, 1, 2], 4, 0, 60e6).filter(
    (row) => traces['slow-link']!.table('packet.sent').get(row, SENT.dropsAtUs) >= 0,
  );
  const drawn = new Set(frame.arrows.map(({ facts }) => facts.row));
  for (const row of lost) expect(drawn.has(row)).toBe(true);
  const counted = frame.density.reduce((sum, bins) => sum + bins.reduce((own, n) => own + n, 0), 0);
  expect(counted).toBe(frame.inWindow);
});

test('lifelines: one of each group where they fit, the selected client always, and none outside', () => {
  const header = fixtureHeader({ count: 3 });
  expect(defaultHosts(header, 4, null)).toEqual([0, 3, 6, 9]);
  expect(defaultHosts(header, 3, null)).toEqual([0, 6, 9]);
  expect(defaultHosts(header, 1, null)).toEqual([9]);
  expect(defaultHosts(header, 3, 7)).toEqual([0, 7, 9]);
  expect(defaultHosts(header, 1, 4)).toEqual([4]);
  for (const width of [320, 390, 820, 1180]) {
    const pairs = layoutPairs(
      header,
      header.clients.map((_, i) => i),
      width,
    );
    expect(pairs.length).toBe(Math.min(12, room(width).most));
    pairs.forEach(({ left, right, serverX, clientX }, i) => {
      expect(serverX).toBeGreaterThan(left);
      expect(clientX).toBeGreaterThan(serverX + 30);
      expect(right).toBeGreaterThan(clientX);
      expect(right).toBeLessThanOrEqual(width + 1e-6);
      if (i > 0) expect(left).toBeGreaterThanOrEqual(pairs[i - 1]!.right - 1e-6);
    });
  }
});
