import { expect, test } from 'vitest';
import { COLUMN } from '../../src/trace/trace.ts';
import { packetFace } from '../../src/views/reading/packet-face.ts';
import { readingOf } from '../../src/views/reading/reading.ts';
import { stageCaption } from '../../src/views/stage/caption.ts';
import { castOf } from '../../src/views/stage/cast.ts';
import { clientState, shownText } from '../../src/views/stage/client-state.ts';
import { packetsInFlight } from '../../src/views/stage/in-flight.ts';
import { placeLabels } from '../../src/views/stage/labels.ts';
import { layoutStage } from '../../src/views/stage/layout.ts';
import type { Box } from '../../src/views/stage/stage-layout.ts';
import { runningTimers } from '../../src/views/stage/timers.ts';
import { fixtureHeader, fixtureTrace } from './fixture.ts';

const trace = fixtureTrace();
const header = trace.header!;
const SENT = COLUMN['packet.sent'];
const size = { width: 850, height: 460 };
const layout = layoutStage(header, size);
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('packets in flight are those sent and not yet ended, each at its share of the way', () => {
  const table = trace.table('packet.sent');
  for (let now = 0; now < 22_000_000; now += 137_911) {
    const brute: number[] = [];
    for (let row = 0; row < table.length; row++) {
      const drops = table.get(row, SENT.dropsAtUs);
      const end = table.atUs(row) + (drops >= 0 ? drops : table.get(row, SENT.arrivesAtUs));
      if (table.atUs(row) <= now && end > now) brute.push(row);
    }
    const placed = packetsInFlight(trace, layout, now, 0, false);
    expect(placed.map(({ row }) => row)).toEqual(brute);
    for (const { row, share, face, lost } of placed) {
      expect(lost).toBe('');
      if (table.get(row, SENT.dropsAtUs) >= 0) continue;
      const covered = (now - table.atUs(row)) / table.get(row, SENT.arrivesAtUs);
      expect(face.down ? share : 1 - share).toBeCloseTo(covered, 9);
    }
  }
});

test('a lost packet stays where it was lost, and fades', () => {
  const table = trace.table('packet.sent');
  const row = Array.from({ length: table.length }, (_, i) => i).find(
    (i) => table.get(i, SENT.dropsAtUs) >= 0,
  )!;
  const lostUs = table.atUs(row) + table.get(row, SENT.dropsAtUs);
  const at = (now: number) => packetsInFlight(trace, layout, now, 200_000, false).find((p) => p.row === row);
  expect(at(lostUs - 1)?.lost).toBe('');
  expect(at(lostUs)?.lost).toBe('loss');
  expect(at(lostUs)?.fade).toBe(1);
  expect(at(lostUs + 150_000)?.place).toEqual(at(lostUs)?.place);
  expect(at(lostUs + 150_000)?.fade).toBeCloseTo(0.5);
  expect(at(lostUs + 200_000)).toBeUndefined();
});

test('a client shows the end of what it got', () => {
  const table = trace.table('message.delivered');
  const published = trace.table('message.published');
  for (const now of [0, 500_000, 5_600_000, 22_000_000]) {
    let text = '';
    for (let row = 0; row < table.length && table.atUs(row) <= now; row++) {
      if (table.get(row, COLUMN['message.delivered'].client) !== 2) continue;
      const message = table.get(row, COLUMN['message.delivered'].message);
      text += trace.strings[published.get(message - 1, COLUMN['message.published'].text)];
    }
    expect(shownText(trace, 2, now, 8)).toEqual({ text: text.slice(-8), more: text.length > 8 });
  }
});

test('timers run from their start until they are due, set anew or stopped', () => {
  expect(runningTimers(trace, 0, 300_000)).toEqual([]);
  expect(runningTimers(trace, 0, 1_000_000)).toEqual([
    { key: 'next poll', startedUs: 320_000, dueUs: 1_320_000 },
  ]);
  expect(runningTimers(trace, 0, 1_320_000)[0]?.startedUs).toBe(1_320_000);
});

test.each([
  [0, 10_000, 'off', 'not started'],
  [0, 80_000, 'plain', 'connecting 0.1 s'],
  [0, 340_000, 'plain', 'poll sent'],
  [0, 1_000_000, 'wait', 'next poll in 0.3 s'],
  // What was made up has no server that says what it does with a request.
  [1, 12_340_000, 'plain', /^no answer yet \d\.\d s$/],
  [3, 19_900_000, 'plain', /^open · last \d+ ms$/],
] as const)('client %d at %d µs: %s, %s', (client, now, kind, text) => {
  const { fact } = clientState(trace, header, client, now);
  expect(fact.kind).toBe(kind);
  expect(fact.text.replaceAll('\u00a0', ' ')).toMatch(text);
});

test('what is held behind a loss is said', () => {
  const held = trace.table('stream.held');
  expect(held.length).toBeGreaterThan(0);
  const client = held.get(0, COLUMN['stream.held'].connection) - 1;
  const { fact } = clientState(trace, header, client, held.atUs(0));
  expect(fact).toEqual({ kind: 'loss', text: '1 held behind a loss', left: 0 });
});

test('faces: what a packet carries decides how it looks', () => {
  const faces = Array.from({ length: trace.table('packet.sent').length }, (_, row) => packetFace(trace, row));
  const find = (label: RegExp) => faces.find((face) => label.test(face.label));
  expect(find(/^SYN$/)).toMatchObject({ kind: 'control', down: false });
  expect(find(/^SYN ACK$/)).toMatchObject({ kind: 'control', down: true });
  expect(find(/^poll$/)).toMatchObject({ kind: 'request' });
  expect(find(/^nothing new$/)).toMatchObject({ kind: 'response', messages: 0 });
  expect(find(/^SSE event 1$/)).toMatchObject({ kind: 'message', text: 'h', messages: 1 });
  expect(find(/again \(RACK\)$/)).toMatchObject({ kind: 'message', again: true });
  expect(find(/^answer \d+–\d+$/)?.text.length).toBeGreaterThan(1);
});

test.each([
  [1, 850, 460],
  [3, 850, 460],
  [3, 640, 420],
  [250, 850, 460],
  [1, 390, 440],
  [250, 390, 420],
  [1, 1600, 1000],
])(
  '%d clients a group at %d × %d: cards lie inside and apart, every client has one row',
  (count, width, height) => {
    const crowd = fixtureHeader({ count });
    const { rows, servers, source, rowOfClient, shown } = layoutStage(crowd, { width, height });
    const boxes = [source, ...servers.map(({ box }) => box), ...rows.map(({ box }) => box)];
    boxes.forEach((box, i) => {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
    });
    expect(rowOfClient.every((row) => row >= 0)).toBe(true);
    const members = rows.flatMap(({ row }) => (row.kind === 'client' ? [row.client] : row.clients));
    expect(members.sort((a, b) => a - b)).toEqual(crowd.clients.map((_, i) => i));
    expect(shown).toBeLessThanOrEqual(12);
  },
);

test('a crowd is shared out among the groups', () => {
  const rows = castOf(fixtureHeader({ count: 250 }), 10);
  expect(rows.filter(({ kind }) => kind === 'rest').length).toBe(4);
  expect(rows.filter(({ kind }) => kind === 'client').length).toBe(6);
  expect(castOf(fixtureHeader({ count: 250 }), 2).map((row) => row.name)).toEqual([
    'Polling: 250',
    '3 more groups',
  ]);
});

test('words cover neither each other nor a card', () => {
  const cards = [
    layout.source,
    ...layout.servers.map(({ box }) => box),
    ...layout.rows.map(({ box }) => box),
  ];
  const width = (text: string) => text.length * 6.5;
  for (let now = 0; now < 20_000_000; now += 53_000) {
    const packets = packetsInFlight(trace, layout, now, 200_000, false);
    const labels = placeLabels(packets, cards, true, () => false, width, size.width);
    const boxes = labels.map(({ text, x, y }) => ({
      x: x - width(text) / 2,
      y: y - 7,
      width: width(text),
      height: 14,
    }));
    boxes.forEach((box, i) => {
      const others = [...cards, ...boxes.slice(i + 1)];
      expect(others.filter((other) => overlap(box, other))).toEqual([]);
    });
  }
});

test('connections that are open are counted at either end', () => {
  const { openAt } = readingOf(trace);
  expect(openAt('client', 0, 100_000)).toBe(0);
  expect(openAt('client', 0, 120_000)).toBe(1);
  expect(openAt('server', 0, 169_999)).toBe(0);
  expect(openAt('server', 0, 170_000)).toBe(4);
});

test('the caption says what is in flight', () => {
  expect(stageCaption(trace, 30_000).replaceAll('\u00a0', ' ')).toBe(
    'At 0.03 s: 4 packets in flight, none lost in the last 100 ms',
  );
});
