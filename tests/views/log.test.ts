import { expect, test } from 'vitest';
import { KIND_NAMES, type Kind } from '../../src/trace/kinds.ts';
import type { TraceRecord } from '../../src/trace/trace.ts';
import { CATEGORIES, categoryOf, clientOfRecord } from '../../src/views/log/categories.ts';
import { isChosen, selectionOf } from '../../src/views/log/choose.ts';
import { describeRecord, eventWord } from '../../src/views/log/describe.ts';
import { EVERYTHING, type LogFilter, logModel } from '../../src/views/log/model.ts';
import { recordIndexOf } from '../../src/views/log/record-index.ts';
import { activeAfter, offsetOf, scrollFor, visibleRows } from '../../src/views/log/window.ts';
import { sameSelection } from '../../src/views/pointing.ts';
import { holds, same } from '../holds.ts';
import { simulated } from './run.ts';

const trace = simulated('server-crash');
const header = trace.header!;
const all = [...trace.all()];
const TIMES = [0, 120_500, 3_000_000, 10_066_250, 12_345_678, 99_000_000];

/** The client that a record is about, found the slow way. */
function bruteClient(record: TraceRecord): number {
  const attempt = (connection: unknown) =>
    all.find((r) => r.kind === 'connection.attempted' && r.connection === connection)?.client ?? -1;
  if (record.client !== undefined) return record.client as number;
  if (record.link !== undefined) {
    const name = (record.link as string).replace(/\/(up|down)$/, '');
    return header.links.find((link) => link.name === name)!.client;
  }
  if (record.connection !== undefined) return attempt(record.connection) as number;
  if (record.actor !== undefined) {
    const own = header.actors[record.actor as number];
    return (own?.client ??
      all.find((r) => r.kind === 'actor.started' && r.actor === record.actor)?.client) as number;
  }
  if (record.unit !== undefined)
    return attempt(all.find((r) => r.kind === 'unit.sent' && r.unit === record.unit)?.connection) as number;
  return -1;
}

test('every record is found by its seq, and counted by its time', () => {
  const index = recordIndexOf(trace);
  for (const record of all) {
    same(index.kindOf(record.seq), record.kind);
    same(trace.record(record.kind, index.rowOf(record.seq)), record);
    same(index.atUs(record.seq), record.atUs);
  }
  for (const now of TIMES) expect(index.countAt(now)).toBe(all.filter(({ atUs }) => atUs <= now).length);
});

test('the client of a record is the one that a look at every record finds', () => {
  const index = recordIndexOf(trace);
  for (const record of all)
    same(clientOfRecord(trace, record.kind, index.rowOf(record.seq)), bruteClient(record));
});

test.each<[string, LogFilter]>([
  ['everything', EVERYTHING],
  ['kinds', { ...EVERYTHING, categories: new Set(['Connections', 'Faults']) }],
  ['a client', { ...EVERYTHING, client: 2 }],
  ['words', { ...EVERYTHING, text: 'REFUSED' }],
  ['all three', { categories: new Set(['Connections', 'Machines']), client: 2, text: 'connection' }],
])('a filter by %s lets through what it should, at any time in any order', (_, filter) => {
  const model = logModel(trace, filter);
  const index = recordIndexOf(trace);
  const passing = all.filter((record) => {
    const row = index.rowOf(record.seq);
    const { who, words } = describeRecord(trace, record.kind, row, Number.POSITIVE_INFINITY);
    return (
      (filter.categories.size === 0 || filter.categories.has(categoryOf(record.kind))) &&
      (filter.client === null || bruteClient(record) === filter.client) &&
      `${who} ${words}`.toLowerCase().includes(filter.text.toLowerCase())
    );
  });
  for (const now of [...TIMES].reverse().concat(TIMES)) {
    const expected = passing.filter(({ atUs }) => atUs <= now);
    let { count, complete } = model.at(now);
    while (!complete) ({ count, complete } = model.at(now));
    expect(Array.from({ length: count }, (_, line) => model.seq(line))).toEqual(
      expected.map(({ seq }) => seq),
    );
  }
});

test('every kind has a category and words; none of them is a field’s number by mistake', () => {
  const index = recordIndexOf(trace);
  const seen = new Set<Kind>();
  for (const record of all) {
    seen.add(record.kind);
    const { who, words } = describeRecord(trace, record.kind, index.rowOf(record.seq), record.atUs);
    holds(who !== '', () => `record ${record.seq} is nobody’s`);
    holds(!/undefined|NaN|xstate|null/.test(words), () => words);
  }
  expect(seen.size).toBeGreaterThan(16);
  for (const kind of KIND_NAMES) expect(CATEGORIES).toContain(categoryOf(kind));
});

test('how a packet fares is not told before it has', () => {
  const race = simulated('race');
  const lost = [...race.all()].find((record) => record.dropsAtUs !== undefined)!;
  const row = race.table('packet.sent').rowOfSeq(lost.seq);
  const at = (now: number) => describeRecord(race, 'packet.sent', row, now);
  expect(at(lost.atUs)).toMatchObject({ words: expect.stringContaining('under way'), mark: '' });
  expect(at((lost.dropsAtUs as number) - 1).mark).toBe('');
  expect(at(lost.dropsAtUs as number)).toMatchObject({
    words: expect.stringContaining('lost'),
    mark: 'loss',
  });
});

test('events of timers are named by their timer', () => {
  expect(eventWord('xstate.after.next poll.polling client.clocked.waiting', 'polling client')).toBe(
    'after “next poll”',
  );
  expect(eventWord('response', 'polling client')).toBe('response');
});

test('what is selected by a record is what its rows are marked for', () => {
  const index = recordIndexOf(trace);
  for (const record of all.filter(({ seq }) => seq % 7 === 0)) {
    const row = index.rowOf(record.seq);
    const selection = selectionOf(trace, record.kind, row);
    expect(isChosen(trace, record.kind, row, selection)).toBe(true);
    expect(isChosen(trace, record.kind, row, null)).toBe(false);
    expect(sameSelection(selection, { ...selection })).toBe(true);
  }
  expect(sameSelection({ kind: 'client', client: 1 }, { kind: 'client', client: 2 })).toBe(false);
});

test('the window shows the rows in sight and no others, however many there are', () => {
  for (const count of [0, 3, 500, 4_000_000]) {
    const bounds = { count, rowHeight: 28, view: 280 };
    for (const share of [0, 0.31, 1]) {
      const { spacer } = visibleRows(bounds, 0);
      expect(spacer).toBeLessThanOrEqual(8_000_000);
      const scrolled = Math.max(0, spacer - bounds.view) * share;
      const { first, last, top } = visibleRows(bounds, scrolled);
      const offset = offsetOf(bounds, scrolled);
      expect(first * 28).toBeLessThanOrEqual(offset);
      expect(last * 28).toBeGreaterThanOrEqual(Math.min(count * 28, offset + bounds.view));
      expect(last - first).toBeLessThanOrEqual(20);
      // The first row is drawn where it belongs, seen from the top of what is in sight.
      expect(top - scrolled).toBeCloseTo(first * 28 - offset, 3);
    }
    for (const row of [0, Math.floor(count / 2), count - 1]) {
      if (row < 0) continue;
      const scrolled = scrollFor(bounds, row, 0);
      const offset = offsetOf(bounds, scrolled);
      expect(row * 28).toBeGreaterThanOrEqual(offset - 0.01);
      expect(row * 28 + 28).toBeLessThanOrEqual(offset + bounds.view + 0.01);
    }
  }
});

test('keys move among the rows', () => {
  const bounds = { count: 100, rowHeight: 28, view: 280 };
  expect(activeAfter('ArrowDown', 3, bounds)).toBe(4);
  expect(activeAfter('ArrowUp', 0, bounds)).toBe(0);
  expect(activeAfter('PageDown', 3, bounds)).toBe(12);
  expect(activeAfter('Home', 55, bounds)).toBe(0);
  expect(activeAfter('End', 55, bounds)).toBe(99);
  expect(activeAfter('a', 55, bounds)).toBeNull();
  expect(activeAfter('ArrowDown', 0, { ...bounds, count: 0 })).toBeNull();
});

test('a trace that is full is a log of what was kept', () => {
  const short = simulated('race', {}, 500);
  expect(short.omitted).toBeGreaterThan(0);
  expect(logModel(short, EVERYTHING).at(short.header!.endUs).count).toBe(500);
});
