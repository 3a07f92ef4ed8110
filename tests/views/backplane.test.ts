import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { hopWords } from '../../src/trace/story/hop-words.ts';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { Trace as EmptyTrace, KIND } from '../../src/trace/trace.ts';
import { captionOf } from '../../src/views/hop/backplane.tsx';
import { type Copy, insideOf } from '../../src/views/hop/inside.ts';
import { nodeFact } from '../../src/views/hop/node-inside.tsx';
import { pendingIn } from '../../src/views/hop/pending.ts';
import { arcsOf } from '../../src/views/hop/ring.tsx';
import { ModelNotes } from '../../src/views/readout/model-notes.tsx';
import { fixtureHeader } from './fixture.ts';
import { simulated } from './run.ts';

const kafka = simulated('kafka-rebalance-eager');
const lost = simulated('kafka-acks-1');
const redis = simulated('slow-subscriber');

/** The inside by a look at every record up to a time. */
function brute(trace: Trace, nowUs: number) {
  const ends = new Map<string, Copy & { entries: Map<number, number> }>();
  const cursors = new Map<string, number>();
  const buffers = new Map<string, { bytes: number; messages: number }>();
  const members = new Map<string, string>();
  const owners = new Map<string, number>();
  for (const one of trace.all()) {
    if (one.atUs > nowUs) break;
    if (one.kind === 'entry.appended') {
      const key = `${one.log} ${one.partition} ${one.place}`;
      const copy = ends.get(key) ?? {
        place: Number(one.place),
        log: Number(one.log),
        partition: Number(one.partition),
        first: 0,
        end: 0,
        entries: new Map(),
      };
      copy.end = Number(one.offset) + 1;
      for (const offset of [...copy.entries.keys()]) if (offset >= copy.end) copy.entries.delete(offset);
      copy.entries.set(Number(one.offset), Number(one.message));
      ends.set(key, copy);
    }
    if (one.kind === 'cursor.moved')
      cursors.set(`${one.log} ${one.partition} ${one.consumer} ${one.committed}`, Number(one.offset));
    if (one.kind === 'buffer.changed')
      buffers.set(`${one.place} ${one.peer}`, { bytes: Number(one.bytes), messages: Number(one.messages) });
    if (one.kind === 'member.changed') members.set(`${one.group} ${one.place}`, String(one.state));
    if (one.kind === 'owner.changed') owners.set(`${one.what} ${one.part}`, Number(one.owner));
  }
  return { ends, cursors, buffers, members, owners };
}

test.each([
  ['kafka', kafka],
  ['kafka with a log that was cut', lost],
  ['redis', redis],
])('%s: the inside at any time is what a look at every record finds', (_, trace) => {
  const inside = insideOf(trace);
  const endUs = trace.header?.endUs ?? 0;
  // Not in the order of time: a playhead jumps.
  for (const share of [0.9, 0.1, 0.33, 0.34, 1, 0.5, 0.6, 0]) {
    const now = Math.round(endUs * share);
    const { ends, cursors, buffers, members, owners } = brute(trace, now);
    const copies = inside.copiesAt(now);
    expect(copies.length).toBe(ends.size);
    for (const copy of copies) {
      const own = ends.get(`${copy.log} ${copy.partition} ${copy.place}`)!;
      expect(copy.end).toBe(own.end);
      const newest = [...own.entries].sort(([a], [b]) => a - b).slice(-12);
      const entries = inside.entriesOf(copy, now, 12).filter(({ offset }) => offset >= copy.end - 12);
      expect(entries.map(({ offset, message }) => [offset, message])).toEqual(newest);
      for (const { consumer, read, committed } of inside.cursorsAt(copy.log, copy.partition, now)) {
        expect(read).toBe(cursors.get(`${copy.log} ${copy.partition} ${consumer} 0`) ?? -1);
        expect(committed).toBe(cursors.get(`${copy.log} ${copy.partition} ${consumer} 1`) ?? -1);
      }
    }
    const held = inside
      .buffersAt(now)
      .map(({ place, peer, bytes, messages }) => [`${place} ${peer}`, { bytes, messages }]);
    expect(Object.fromEntries(held)).toEqual(
      Object.fromEntries([...buffers].filter(([, { bytes, messages }]) => bytes > 0 || messages > 0)),
    );
    expect(
      new Map(inside.membersAt(now).map(({ group, place, state }) => [`${group} ${place}`, state])),
    ).toEqual(members);
    expect(new Map(inside.ownersAt(now).map(({ what, part, owner }) => [`${what} ${part}`, owner]))).toEqual(
      owners,
    );
  }
});

test('the caption and the nodes say what is there', () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  const header = lost.header!;
  const at = (nowUs: number) => plain(captionOf(lost, header, insideOf(lost), nowUs));
  expect(at(0)).toBe('Kafka at 0.00 s: nothing written yet.');
  expect(at(8_000_000)).toMatch(/^Kafka at 8\.00 s: 20 entries in 1 log, .*Broker 1 not running\.$/);
  const place = (name: string) => header.places.findIndex((one) => one.name === name);
  expect(nodeFact(lost, place('kafka-1'), 3_000_000)).toBe('leads 1 of 1');
  expect(plain(nodeFact(lost, place('kafka-2'), 3_000_000))).toBe('8 entries');
  expect(
    plain(
      nodeFact(
        redis,
        redis.header!.places.findIndex(({ name }) => name === 'redis'),
        3_200_000,
      ),
    ),
  ).toMatch(/^holds \d+ kB$/);
});

test('the view tells how its backplane is modelled, with every source and what is left out', () => {
  const { title, about, sources, leavesOut } = redis.header!.backplane;
  const page = renderToStaticMarkup(createElement(ModelNotes, { title, notes: redis.header!.backplane }));
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;');
  expect(sources.length).toBeGreaterThan(0);
  for (const text of [`How ${title} is modelled`, about, ...sources, ...leavesOut])
    expect(page).toContain(escaped(text));
});

test('what is owned is counted alike, or by arcs that end at points of a circle', () => {
  const trace = new EmptyTrace('all');
  trace.header = fixtureHeader({});
  const own = (atUs: number, what: string, part: number, owner: number, before: number) =>
    trace.add(KIND['owner.changed'], atUs, trace.text(what), part, owner, before);
  own(0, 'slot', 0, 0, -1);
  own(0, 'slot', 1, 1, -1);
  for (const point of [0x80000000 | 0, 0x1000_0000, 0xc0000000 | 0]) own(0, 'arc', point, 0, -1);
  own(0, 'pending entry of doc,', 7, 1, -1);
  own(0, 'pending entry of doc,', 8, 1, -1);
  own(5_000, 'arc', 0x1000_0000, 1, 0);
  own(6_000, 'pending entry of doc,', 7, -1, 1);
  trace.knownUntilUs = 10_000;
  const of = (what: string, nowUs: number) =>
    insideOf(trace)
      .ownersAt(nowUs)
      .filter((one) => one.what === what);
  expect(arcsOf(of('slot', 100), 100, 50)).toMatchObject([
    { part: 0, owner: 0, from: 0, to: 0.5, moved: false },
    { part: 1, owner: 1, from: 0.5, to: 1, moved: false },
  ]);
  const arcs = arcsOf(of('arc', 6_000), 6_000, 2_000);
  // The first goes round by the top: from the last one's end.
  expect(arcs.map(({ owner, from, to, moved }) => [owner, from, to, moved])).toEqual([
    [1, -0.25, 0.0625, true],
    [0, 0.0625, 0.5, false],
    [0, 0.5, 0.75, false],
  ]);
  expect(arcs.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(1);
  expect(arcsOf(of('arc', 9_000), 9_000, 2_000).some(({ moved }) => moved)).toBe(false);
  expect(pendingIn(insideOf(trace).ownersAt(5_500), 'doc')).toEqual(
    new Map([
      [7, 1],
      [8, 1],
    ]),
  );
  expect(pendingIn(insideOf(trace).ownersAt(6_500), 'doc')).toEqual(new Map([[8, 1]]));
});

test('a pending entry is handed out, claimed and acknowledged, and only the claim is news', () => {
  const trace = new EmptyTrace('all');
  const what = trace.text('pending entry of doc,');
  trace.add(KIND['owner.changed'], 1_000, what, 7, 0, -1);
  trace.add(KIND['owner.changed'], 2_000, what, 7, 1, 0);
  trace.add(KIND['owner.changed'], 3_000, what, 7, -1, 1);
  const said = [0, 1, 2].map((row) => hopWords(trace, trace.record('owner.changed', row)));
  expect(said).toEqual([
    { who: 'Place 1', words: 'is handed entry 7 of doc, to acknowledge it' },
    { who: 'Place 2', words: 'claims entry 7 of doc from Place 1' },
    { who: 'Entry 7 of doc', words: 'is acknowledged, and no longer pending' },
  ]);
  expect(momentsUntil(trace, 4_000).map(({ kind, row }) => [kind, row])).toEqual([['owner', 1]]);
});
