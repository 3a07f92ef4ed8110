import { expect, test } from 'vitest';
import { setPath } from '../../src/scenarios/edit.ts';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { summarise } from '../../src/scenarios/summary.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { panned, stretchOf, ticksOf, zoomed, zoomedAtNow } from '../../src/views/waterfall/axis.ts';
import { exchangesOf } from '../../src/views/waterfall/exchanges.ts';
import { figuresOf, marksOf } from '../../src/views/waterfall/marks.ts';
import { connectionOf, connectionRows } from '../../src/views/waterfall/model.ts';
import { rowPaths } from '../../src/views/waterfall/paths.ts';
import { endingOf, spansOf } from '../../src/views/waterfall/spans.ts';
import { answerWords } from '../../src/views/waterfall/tools.tsx';
import { holds, same } from '../holds.ts';
import { simulated } from './run.ts';

const crash = simulated('server-crash');
const short = simulated('new-connection');
const lossy = simulated('race', { 'network.access.lossPct': 6 });

const connectionsOf = (trace: Trace, now = Number.POSITIVE_INFINITY) =>
  connectionRows(trace, now).map((row) => connectionOf(trace, row));

const spansAt = (trace: Trace, connection: ReturnType<typeof connectionOf>, now: number) =>
  spansOf(connection, exchangesOf(trace, connection.connection, 0, now), now);

test('rows are the attempts up to now, client by client', () => {
  for (const now of [0, 20_000, 10_800_000, 99_000_000]) {
    const attempts = [...crash.all(['connection.attempted'])].filter((r) => r.atUs <= now);
    const expected = attempts
      .sort((a, b) => (a.client as number) - (b.client as number) || a.seq - b.seq)
      .map(({ connection }) => connection);
    expect(connectionsOf(crash, now).map(({ connection }) => connection)).toEqual(expected);
  }
});

test.each([
  ['a crash', crash],
  ['a connection each', short],
  ['losses', lossy],
])('phases follow each other without a gap, end at now, and are never taken back: %s', (_, trace) => {
  for (const connection of connectionsOf(trace)) {
    let before: ReturnType<typeof spansAt> = [];
    for (let now = 50_000; now < trace.header!.endUs; now += 797_000) {
      if (now < connection.attemptedUs) continue;
      const spans = spansAt(trace, connection, now);
      spans.forEach((span, index) => {
        holds(span.toUs > span.fromUs, () => `${span.phase} has no length at ${now}`);
        same(span.fromUs, index === 0 ? connection.startUs : spans[index - 1]!.toUs);
        holds(span.toUs <= now, () => `${span.phase} ends after ${now}`);
      });
      // What was drawn a moment ago stands, but for the last bar, which has grown.
      same(spans.slice(0, Math.max(0, before.length - 1)), before.slice(0, -1));
      if (before.length > 0 && connection.stream === false) {
        const grown = spans[before.length - 1]!;
        same(grown.phase, before.at(-1)!.phase);
      }
      before = spans;
    }
  }
});

test('the set-up has the lengths that the records say', () => {
  const [first] = connectionsOf(crash);
  const spans = spansAt(crash, first!, 2_000_000);
  expect(spans.slice(0, 5).map(({ phase, fromUs, toUs }) => [phase, toUs - fromUs])).toEqual([
    ['DNS', 20_000],
    ['TCP connect', 100_500],
    ['TLS', expect.any(Number)],
    ['request', 50_250],
    ['waiting', expect.any(Number)],
  ]);
  const secured = [...crash.all(['connection.secured'])].find((r) => r.connection === 1)!;
  expect(spans[2]!.toUs).toBe(secured.atUs);
});

test('how it ended: refused, closed by the server, not yet', () => {
  const all = connectionsOf(crash);
  const words = (now: number) => all.map((connection) => endingOf(connection, now)?.words ?? '');
  expect(words(9_000_000).every((word) => word === '')).toBe(true);
  const later = words(99_000_000);
  const refused = [...crash.all(['connection.closed'])].filter((r) => r.reason === 'refused');
  expect(later.filter((word) => word === 'attempt failed: refused').length).toBe(refused.length);
  expect(later.filter((word) => word === 'closed by the server').length).toBe(4);
  for (const connection of connectionsOf(short).filter(({ ending }) => ending !== null)) {
    const spans = spansAt(short, connection, 99_000_000);
    // The answer is waited for, even though the server's FIN is on its way behind it.
    expect(spans.map(({ phase }) => phase)).toContain('waiting');
    const waiting = spans.find(({ phase }) => phase === 'waiting')!;
    expect(waiting.toUs - waiting.fromUs).toBeGreaterThan(50_000);
  }
});

test('figures and marks are those of every record up to now', () => {
  const all = [...lossy.all()];
  for (const now of [8_000_000, 400_000, 30_000_000]) {
    for (const { connection } of connectionsOf(lossy, now)) {
      const packets = all.filter((r) => r.kind === 'packet.sent' && r.connection === connection);
      const sent = packets.filter(({ atUs }) => atUs <= now);
      const { bytes, packets: count, requests } = figuresOf(lossy, connection, now);
      expect(bytes).toBe(sent.reduce((sum, packet) => sum + (packet.bytes as number), 0));
      expect(count).toBe(sent.length);
      expect(requests).toBe(
        all.filter(
          (r) =>
            r.kind === 'unit.sent' &&
            r.connection === connection &&
            r.atUs <= now &&
            lossy.header!.vocabulary[r.what as string]?.role === 'request',
        ).length,
      );
      const marks = marksOf(lossy, connection, 0, 1e12, now);
      expect(marks.againUs).toEqual(sent.filter(({ why }) => (why as number) > 0).map(({ atUs }) => atUs));
      const lost = sent.flatMap(({ dropsAtUs }) => (dropsAtUs === undefined ? [] : [dropsAtUs as number]));
      expect(marks.lostUs.sort()).toEqual(lost.filter((us) => us <= now).sort());
      for (const { fromUs, toUs } of marks.held) {
        expect(toUs).toBeLessThanOrEqual(now);
        expect(fromUs).toBeLessThanOrEqual(toUs);
      }
    }
  }
});

test('exchanges of a stretch are those of the whole that may be seen in it', () => {
  const whole = exchangesOf(short, 1, 0, 99_000_000);
  expect(whole.length).toBeGreaterThan(30);
  for (const [from, to] of [
    [0, 1_000_000],
    [9_700_000, 12_100_000],
    [70_000_000, 90_000_000],
  ] as const) {
    const part = exchangesOf(short, 1, from, to);
    const inside = whole.filter(({ requestUs }) => requestUs >= from && requestUs <= to);
    expect(part.slice(part.length - inside.length)).toEqual(inside);
    expect(part.length - inside.length).toBeLessThanOrEqual(1);
  }
});

test('nothing vanishes, nothing lies outside, and what is close together is drawn once', () => {
  const spans = Array.from({ length: 5000 }, (_, i) => ({
    phase: 'receiving' as const,
    fromUs: i * 1000,
    toUs: i * 1000 + 100,
  }));
  const marks = { againUs: [4_999_000], lostUs: [0, 10, 20], held: [], dataUs: [] };
  const paths = rowPaths(spans, marks, { fromUs: 0, toUs: 5_000_000 }, 400, 13);
  const boxes = [...paths.phases[0]!.path.matchAll(/M([\d.]+) \S+?h([\d.]+)/g)];
  expect(boxes.length).toBeLessThanOrEqual(900);
  for (const [, x, width] of boxes) expect(Number(x) + Number(width)).toBeLessThanOrEqual(400.11);
  expect(paths.lost.match(/M/g)?.length).toBe(1);
  expect(rowPaths(spans.slice(0, 1), marks, { fromUs: 0, toUs: 5e9 }, 400, 13).phases[0]!.path).toContain(
    'h2v',
  );
});

test('the axis shows what was asked for, inside the run', () => {
  expect(stretchOf({ kind: 'all' }, 12_300_000, 25_000_000)).toEqual({ fromUs: 0, toUs: 20_000_000 });
  expect(stretchOf({ kind: 'all' }, 24_000_000, 25_000_000)).toEqual({ fromUs: 0, toUs: 25_000_000 });
  const around = stretchOf({ kind: 'now', spanUs: 2_000_000 }, 12_300_000, 25_000_000);
  expect(around.fromUs).toBeLessThan(12_300_000);
  expect(around.toUs).toBeGreaterThan(12_300_000);
  const stretch = { fromUs: 2_000_000, toUs: 4_000_000 };
  expect(zoomed(stretch, 0.5, 0.5, 25_000_000)).toEqual({
    kind: 'fixed',
    fromUs: 2_500_000,
    toUs: 3_500_000,
  });
  expect(zoomed(stretch, 1e-9, 0.5, 25_000_000)).toMatchObject({ kind: 'fixed', toUs: 3_001_000 });
  expect(panned(stretch, -5, 25_000_000)).toEqual({ kind: 'fixed', fromUs: 0, toUs: 2_000_000 });
  expect(panned(stretch, 50, 25_000_000)).toEqual({ kind: 'fixed', fromUs: 23_000_000, toUs: 25_000_000 });
  expect(zoomedAtNow({ kind: 'all' }, 4, 1_000_000, 3_000_000)).toEqual({ kind: 'all' });
  for (const width of [200, 700]) {
    for (const toUs of [2_004_000, 2_900_000, 25_000_000]) {
      const ticks = ticksOf({ fromUs: 2_000_000, toUs }, width);
      expect(ticks.length).toBeLessThanOrEqual(width / 70 + 1);
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    }
  }
});

test.each([
  ['slow-link', {}],
  ['buffering-proxy', {}],
  ['lossy-mobile', { durationMs: 30_000 }],
  ['new-connection', { 'network.access.lossPct': 8, 'publishers[0].bytes': 30_000, durationMs: 30_000 }],
] as const)('first and last byte are drawn where the report counts them: %s', (name, changes) => {
  const input = Object.entries(changes).reduce((all, [path, value]) => {
    const changed = setPath(all, path, value);
    return changed.ok ? (changed.input as ScenarioInput) : all;
  }, findPreset(name)!.scenario as ScenarioInput);
  const checked = validate({ ...input, expect: [] });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const run = createRun(checked.plan, 'all');
  run.advance(run.endUs);
  const { trace } = run;
  const { clients, endUs } = trace.header!;
  const groups = Object.entries(run.report().groups);
  expect(groups.length).toBeGreaterThan(1);
  for (const [group, { http }] of groups) {
    const drawn = connectionsOf(trace)
      .filter(({ client }) => clients[client]?.group === group)
      .flatMap(({ connection }) => exchangesOf(trace, connection, 0, endUs));
    const begun = drawn.flatMap(({ requestUs, firstByteUs }) =>
      firstByteUs !== null && firstByteUs <= endUs ? [firstByteUs - requestUs] : [],
    );
    expect(summarise(begun)).toEqual(http.responses.firstByteMs);
    if (group === 'sse') continue;
    const ended = drawn.flatMap(({ requestUs, doneUs }) => (doneUs === null ? [] : [doneUs - requestUs]));
    expect(summarise(ended)).toEqual(http.responses.lastByteMs);
  }
});

test('an answer is told as far as it has come', () => {
  const exchange = { what: '', requestUs: 1_000_000, arrivedUs: 1_050_000, firstByteUs: 1_088_000 };
  const words = (nowUs: number, doneUs: number | null = 1_300_000, stream = false) =>
    answerWords([{ ...exchange, doneUs }], stream, nowUs).replaceAll('\u00a0', ' ');
  expect(words(1_087_999)).toBe('');
  expect(words(1_088_000)).toBe('Newest answer: first byte after 88 ms, last byte not here yet.');
  expect(words(9_000_000, null)).toBe('Newest answer: first byte after 88 ms, last byte not here yet.');
  expect(words(1_300_000)).toBe('Newest answer: first byte after 88 ms, last byte after 300 ms.');
  expect(words(1_300_000, 1_088_000, true)).toBe('Answer: first byte after 88 ms.');
});
