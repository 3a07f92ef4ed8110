import { expect, test } from 'vitest';
import { storyOf } from '../../src/trace/story/index.ts';
import { ghostArrows } from '../../src/views/ladder/ghosts.ts';
import { frameOf } from '../../src/views/ladder/layout.ts';
import { DENSE_FROM, stripsOf } from '../../src/views/latency/model.ts';
import { Pointing } from '../../src/views/pointing.ts';
import { includes, isPacketOf, messagesOf } from '../../src/views/reading/lit.ts';
import { earlierText } from '../../src/views/stage/earlier.ts';
import { simulated } from './run.ts';

const CUT = [{ kind: 'link-down', atMs: 4500, forMs: 2000 }];
const original = simulated('race');
const changed = simulated('race', { faults: CUT });
const header = changed.header!;
const frameAt = (nowUs: number) =>
  frameOf(changed, header, {
    clients: [0, 2, 3],
    depth: 1,
    scale: 'time',
    width: 800,
    height: 400,
    anchor: { us: nowUs, y: 380 },
    pxPerUs: 0.0001,
    nowUs,
  });

test('an earlier run is drawn on the ladder where it went otherwise, and nowhere else', () => {
  expect(ghostArrows(original, header, frameAt(4_400_000))).toEqual([]);
  expect(ghostArrows(changed, header, frameAt(6_400_000))).toEqual([]);
  const ghosts = ghostArrows(original, header, frameAt(6_400_000));
  expect(ghosts.length).toBeGreaterThan(0);
  // What the cut took away was sent while it held, or because of what was lost in it.
  for (const { facts } of ghosts) expect(facts.endUs).toBeGreaterThan(4_500_000);
});

test('a card says what its reader had in the earlier run, if that is something else', () => {
  for (const client of [0, 1, 2, 3]) {
    expect(earlierText(original, changed, header, client, 4_400_000)).toBe('');
    expect(earlierText(original, changed, header, client, 6_400_000)).toMatch(/^“…?.+”$/);
    expect(earlierText(null, changed, header, client, 6_400_000)).toBe('');
  }
});

test('the slowest deliveries are dots, however many there are', () => {
  const model = stripsOf(original, original.header!);
  // There and back: what is kept from one time must not show at another.
  for (const nowUs of [25_000_000, 3_000_000, 12_000_000, 25_000_000]) {
    for (const { count, maxUs, slowest, dots } of model.at(nowUs)) {
      expect(slowest?.us ?? 0).toBe(count === 0 ? 0 : maxUs);
      if (slowest !== null) expect(dots).toContainEqual(slowest);
      expect(dots.length).toBe(count < DENSE_FROM ? count : new Set(dots.map(({ message }) => message)).size);
    }
  }
});

test('a fault tells what each client lost, and the parts are the whole', () => {
  const story = storyOf(changed, { kind: 'fault', fault: 0 }, 25_000_000);
  const total = Number(/(\d+) packets were lost/.exec(story?.sentence ?? '')?.[1]);
  const figures = story?.leads[0]?.items.map(({ figure }) => /, (\d+) packets?$/.exec(figure)?.[1]) ?? [];
  expect(figures).toHaveLength(4);
  expect(figures.reduce((sum, packets) => sum + Number(packets), 0)).toBe(total);
});

test('a packet and the messages that it carries are lit by each other', () => {
  const table = original.table('packet.sent');
  let carriers = 0;
  for (let row = 0; row < table.length; row++) {
    const messages = messagesOf(original, { kind: 'packet', seq: table.get(row, 0) });
    if (messages === null) continue;
    carriers++;
    const client = messages.client ?? -1;
    expect(isPacketOf(original, row, { kind: 'message', message: messages.first, client })).toBe(true);
    expect(isPacketOf(original, row, { kind: 'message', message: messages.end, client })).toBe(false);
    expect(includes(messages, messages.first, client)).toBe(true);
  }
  expect(carriers).toBeGreaterThan(100);
});

test('pointing tells of changes only', () => {
  const pointing = new Pointing();
  let told = 0;
  const stop = pointing.subscribe(() => told++);
  pointing.point({ kind: 'client', client: 1 });
  pointing.point({ kind: 'client', client: 1 });
  expect(told).toBe(1);
  pointing.point(null);
  expect([told, pointing.at]).toEqual([2, null]);
  stop();
  pointing.point({ kind: 'server', server: 0 });
  expect(told).toBe(2);
});
