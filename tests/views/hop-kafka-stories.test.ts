import { expect, it } from 'vitest';
import { nowSentence, storyOf, storyOfDelivery } from '../../src/trace/story/index.ts';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { simulated } from './run.ts';

const lost = simulated('kafka-acks-1');
const again = simulated('kafka-commit-after');
const order = simulated('kafka-order');
const rebalance = simulated('kafka-rebalance-eager');

const stories = (trace: Trace) => {
  const messages = trace.table('message.published').length;
  const clients = trace.header?.clients.length ?? 0;
  return Array.from({ length: messages * clients }, (_, i) =>
    storyOfDelivery(trace, Math.floor(i / clients) + 1, i % clients),
  ).filter((story) => story !== null);
};

it('adds up every latency, hop by hop', () => {
  for (const trace of [lost, again, order, rebalance])
    for (const story of stories(trace)) {
      if (story.state !== 'delivered') continue;
      expect(story.parts.reduce((sum, { us }) => sum + us, 0)).toBe(story.latencyUs);
      expect(story.parts[0]?.label).toMatch(/^hop 2: /);
    }
});

it('tells where a message was written, and where the only copy of it was lost', () => {
  const story = stories(lost).find(({ state }) => state === 'lost');
  const texts = story?.steps.map(({ text }) => text) ?? [];
  expect(texts).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Broker 1 writes it to updates, partition 0, at 1\d$/)]),
  );
  expect(story?.reason).toMatch(/^lost: it ended at Broker \d/);
});

it('tells who came to lead or to read its partition while a message waited', () => {
  const all = (trace: Trace) => stories(trace).map(({ steps }) => steps.map(({ text }) => text));
  const elected = all(simulated('kafka-acks-all')).find((texts) =>
    texts.includes('Broker 2 leads partition 0'),
  );
  expect(elected?.indexOf('Broker 2 leads partition 0')).toBeLessThan(
    elected?.findIndex((text) => /^Editor → Broker 2: Produce/.test(text)) ?? -1,
  );
  expect(all(rebalance).flat()).toContainEqual(expect.stringMatching(/^Server \d owns partition \d$/));
});

it('tells of a message that a server had twice', () => {
  const twice = stories(again).filter(({ steps }) =>
    steps.some(({ text, tone }) => /^Server \d’s application has it again$/.test(text) && tone === 'wait'),
  );
  expect(twice.length).toBeGreaterThan(0);
});

it('tells of a message that came behind later ones', () => {
  const behind = stories(order).flatMap(({ steps }) => steps.flatMap(({ detail }) => detail ?? []));
  expect(behind.some((detail) => /^out of order: behind \d+ messages? that came later$/.test(detail))).toBe(
    true,
  );
});

it('says at the moment that another leads, and that what a group shares is dealt out anew', () => {
  // So slowly that no sentence hides behind the one before: a client that is refused again and again has one each time.
  const said = (trace: Trace) => {
    const sentences = new Set<string>();
    for (let at = 0; at < (trace.header?.endUs ?? 0); at += 20_000)
      sentences.add(nowSentence(trace, at, 0.01)?.headline ?? '');
    return [...sentences];
  };
  expect(said(lost)).toContain('Leader of partition 0 is Broker 2’s now, and was Broker 1’s.');
  expect(
    said(rebalance).some((headline) =>
      /^Partition \d (is Server \d’s now|belongs to nobody now)/.test(headline),
    ),
  ).toBe(true);
  const members = momentsUntil(rebalance, 25_000_000).filter(({ kind }) => kind === 'member');
  expect(members.some(({ atUs }) => atUs >= 8_000_000 && atUs <= 25_000_000)).toBe(true);
});

it('tells of a node what it owned, and when it was down', () => {
  const place = lost.header?.places.findIndex(({ name }) => name === 'kafka-1') ?? -1;
  const story = storyOf(lost, { kind: 'place', place }, 14_000_000);
  expect(story).toMatchObject({ title: 'Broker 1', figure: 'down' });
  expect(story?.steps.map(({ text }) => text).join('\n')).toMatch(/Broker 1 crashes/);
  expect(storyOf(lost, { kind: 'place', place: 99 }, 0)).toBeNull();
  const server = storyOf(rebalance, { kind: 'server', server: 0 }, 24_000_000);
  expect(server?.figure).toBe('up');
  expect(server?.steps.some(({ text }) => /Server 1 owns partition \d/.test(text))).toBe(true);
  // The crash was another server's.
  expect(server?.steps.some(({ text }) => /crash/.test(text))).toBe(false);
});
