import { expect } from 'vitest';
import {
  chainOfCauses,
  EXPLANATIONS,
  heldBehind,
  isExpected,
  nowSentence,
  type Story,
  slowestUntil,
  storyOf,
  storyOfClient,
  storyOfConnection,
  storyOfDelivery,
  storyOfPacket,
} from '../../src/trace/story/index.ts';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { holds, same } from '../holds.ts';
import { afresh } from './story-runs.ts';

type Link = ReturnType<typeof chainOfCauses>[number];

const DELIVERED = COLUMN['message.delivered'];

/** Every nth of what there is, so that a long run takes no longer than a short one. */
function* some(count: number, most: number): Generator<number> {
  const step = Math.max(1, Math.ceil(count / most));
  for (let i = 0; i < count; i += step) yield i;
}

function soundStory(story: Story | null): void {
  if (story === null) return;
  const wrong = (what: string) => () => `${what}: ${JSON.stringify(story)}`;
  holds(story.title !== '', wrong('no title'));
  holds(!/undefined|NaN|null/.test(story.sentence), wrong('a sentence with a hole'));
  let before = Number.NEGATIVE_INFINITY;
  for (const { atUs, text, term } of story.steps) {
    holds(atUs >= before, wrong('steps out of order'));
    holds(!/undefined|NaN/.test(text), wrong('a step with a hole'));
    holds(text !== '', wrong('a step without words'));
    if (term) soundTerm(term);
    before = atUs;
  }
  for (const term of story.terms) soundTerm(term);
}

const soundTerm = (term: string) => holds(EXPLANATIONS.has(term), () => `${term} is not explained`);

/** Parts add up and none is negative; what is missing has a reason. */
export function soundDeliveries(trace: Trace, most: number): void {
  const delivered = trace.table('message.delivered');
  for (const row of some(delivered.length, most)) {
    const message = delivered.get(row, DELIVERED.message);
    const client = delivered.get(row, DELIVERED.client);
    const story = storyOfDelivery(trace, message, client);
    soundStory(story);
    same(story?.state, 'delivered');
    same(story?.latencyUs, delivered.get(row, DELIVERED.latencyUs));
    const parts = story?.parts ?? [];
    const wrong = (what: string) => () => `${what}, ${message} to ${client}: ${JSON.stringify(story)}`;
    same(
      parts.reduce((sum, { us }) => sum + us, 0),
      story?.latencyUs,
      wrong('parts do not add up'),
    );
    for (const { us, kind } of parts) {
      holds(us > 0, wrong('a part that takes no time'));
      holds(kind !== 'unknown', wrong('an unknown part'));
    }
    for (const { us } of heldBehind(trace, message, client)) holds(us > 0, wrong('held for no time'));
  }
  const published = trace.table('message.published').length;
  const clients = trace.header?.clients.length ?? 0;
  for (const pair of some(published * clients, most * 4)) {
    const message = 1 + Math.floor(pair / clients);
    const story = storyOfDelivery(trace, message, pair % clients);
    if (story === null || story.state === 'delivered') continue;
    soundStory(story);
    const wrong = (what: string) => () => `${what}: ${JSON.stringify(story)}`;
    holds(story.reason !== '', wrong('no reason'));
    if (isExpected(trace, message, pair % clients))
      holds(story.state !== 'none', wrong('expected, and none'));
  }
}

/** Any record, selected at any time, has a story that can be told, and a chain that ends and only goes back. */
export function soundRecords(trace: Trace, most: number): void {
  for (const seq of some(trace.records, most)) {
    const record = trace.find(seq);
    soundStory(storyOf(trace, { kind: 'record', seq }, record?.atUs ?? 0));
    const chain = chainOfCauses(trace, seq);
    same(chain.at(-1)?.seq, seq);
    for (let i = 1; i < chain.length; i++) {
      const [cause, effect] = chain.slice(i - 1, i + 1) as [Link, Link];
      holds(cause.seq < effect.seq && cause.atUs <= effect.atUs, () => `a cause after its effect, ${seq}`);
    }
  }
  for (const row of some(trace.table('packet.sent').length, most))
    soundStory(storyOfPacket(trace, trace.table('packet.sent').get(row, 0)));
  for (const i of some(trace.table('connection.attempted').length, most))
    soundStory(storyOfConnection(trace, i + 1));
  const endUs = trace.header?.endUs ?? 0;
  for (const atUs of [0, endUs * 0.3, endUs * 0.7, endUs]) {
    for (const client of some(trace.header?.clients.length ?? 0, 6))
      soundStory(storyOfClient(trace, client, atUs));
    soundStory(storyOf(trace, { kind: 'server', server: 0 }, atUs));
    for (const actor of some(12, 6)) soundStory(storyOf(trace, { kind: 'actor', actor }, atUs));
    slowestUntil(trace, atUs);
  }
  trace.header?.faults.forEach((_, fault) => soundStory(storyOf(trace, { kind: 'fault', fault }, endUs)));
  soundStory(storyOf(trace, { kind: 'message', message: 1, client: null }, endUs));
}

/** What is said now depends on nothing but the time and the speed. */
export function soundNow(trace: Trace): void {
  const endUs = trace.header?.endUs ?? 0;
  const times = [0.9, 0.1, 0.5, 0.51, 0.2, 1, 0.05, 0.7].map((share) => Math.round(share * endUs));
  const forwards = times.toSorted((a, b) => a - b);
  const other = afresh(trace);
  for (const speed of [0.001, 0.1, 1, null]) {
    const said = new Map(times.map((atUs) => [atUs, nowSentence(trace, atUs, speed)]));
    for (const atUs of forwards) {
      const one = nowSentence(other, atUs, speed);
      same(one, said.get(atUs));
      if (one === null) continue;
      holds(one.atUs <= atUs, () => `said before its time, at ${atUs}`);
      holds(
        !/undefined|NaN/.test(`${one.headline} ${one.why}`),
        () => `a hole in ${one.headline} ${one.why}`,
      );
      for (const term of one.terms) soundTerm(term);
      soundStory(storyOf(trace, one.subject, atUs));
    }
  }
  const told = momentsUntil(trace, endUs).map(({ atUs }) => atUs);
  expect(told).toEqual([...told].sort((a, b) => a - b));
}
