import { expect, it } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { nowSentence, storyOfDelivery, storyOfPacket } from '../../src/trace/story/index.ts';
import { recordWords } from '../../src/trace/story/record-words.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { describeRecord } from '../../src/views/log/describe.ts';

/** Two servers on Redis; server-2 is out of reach while Redis restarts. */
function run(): Trace {
  const checked = validate({
    version: 1,
    seed: 2,
    durationMs: 14_000,
    servers: { count: 2 },
    backplane: { kind: 'redis-pubsub' },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
      {
        name: 'typing',
        room: 'doc',
        startMs: 2_000,
        client: 'sse/1',
        echo: false,
        arrivals: { kind: 'periodic', everyMs: 900 },
      },
    ],
    clients: [
      { name: 'websocket', count: 2, transport: { kind: 'websocket' } },
      { name: 'sse', count: 2, transport: { kind: 'sse' } },
    ],
    faults: [
      { kind: 'partition', between: ['server-2', 'redis'], atMs: 8_000, forMs: 3_000 },
      { kind: 'broker-crash', target: 'redis', atMs: 8_050, forMs: 100 },
    ],
  } as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  return world.trace;
}

const trace = run();
const published = [...trace.all(['message.published'])];
const stories = published.flatMap(({ message }) =>
  [0, 1, 2, 3].map((client) => storyOfDelivery(trace, Number(message), client)),
);

it('tells the way through the datacenter, and what of the latency it was', () => {
  const delivered = stories.filter((story) => story?.state === 'delivered');
  expect(delivered.length).toBeGreaterThan(300);
  for (const story of delivered) {
    const sum = story?.parts.reduce((total, { us }) => total + us, 0);
    expect(sum).toBe(story?.latencyUs);
    expect(story?.parts.map(({ label }) => label)).not.toContain('not recorded');
  }
  const plain = delivered.find((story) => story?.client === 1);
  expect(plain?.parts.slice(0, 4).map(({ label }) => label)).toEqual([
    'hop 2: Editor → Redis',
    'hop 2: Redis',
    'hop 2: Redis → Server 2',
    'hop 2: Server 2',
  ]);
  // In a sentence hop 2 is one figure.
  expect(plain?.sentence).toMatch(/ms = .*\d hop 2/);
  const texts = plain?.steps.map(({ text }) => text) ?? [];
  expect(texts).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Editor → Redis: PUBLISH \d+$/),
      expect.stringMatching(/^Redis → Server 2: message \d+$/),
      'Server 2’s application has it',
    ]),
  );
  // What went to the other server is another story.
  expect(texts.some((text) => text.includes('Server 1'))).toBe(false);
});

it('names the step at which a message was lost', () => {
  const lost = stories.filter((story) => story?.state === 'lost');
  expect(lost.length).toBeGreaterThan(40);
  // Clients 2 and 4 are at server-2.
  expect(new Set(lost.map((story) => (story?.client ?? 0) % 2))).toEqual(new Set([1]));
  const reasons = new Set(lost.map((story) => story?.reason));
  expect([...reasons]).toContain('lost: it ended at Redis: not subscribed at that moment');
});

it('has words for every record of hop 2, none of them a bare number or a client that is not there', () => {
  const wrong: string[] = [];
  for (const record of trace.all()) {
    const row = trace.table(record.kind).rowOfSeq(record.seq);
    const line = describeRecord(trace, record.kind, row, trace.knownUntilUs);
    const words = `${line.who} ${line.words} ${recordWords(trace, record).text}`;
    if (line.who === '' || /undefined|NaN|Client 0|client 0|Server 0|-1/.test(words)) wrong.push(words);
  }
  expect(wrong).toEqual([]);
});

it('speaks of places, not of clients that are not there, in whatever it says of the moment and of packets', () => {
  const said = new Set<string>();
  for (let atUs = 0; atUs < trace.knownUntilUs; atUs += 50_000) {
    const now = nowSentence(trace, atUs);
    if (now !== null) said.add(`${now.headline} ${now.why}`);
  }
  const packets = [...trace.all(['packet.sent'])];
  for (const { seq } of packets) said.add(storyOfPacket(trace, seq)?.title ?? '');
  for (const words of said) expect(words).not.toMatch(/client client|client 0|Client 0|undefined/);
  expect(
    [...said].some((words) => /^Message \d+ “?.*ends at Redis: Server 2 does not get it/.test(words)),
  ).toBe(true);
  expect([...said].some((words) => /^Segment from Redis to Server 1$/.test(words))).toBe(true);
});
