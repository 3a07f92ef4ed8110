import { expect, test } from 'vitest';
import { isExpected, nowSentence, storyOf, storyOfDelivery } from '../../src/trace/story/index.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../src/trace/trace.ts';
import { clientName } from '../../src/views/log/owners.ts';
import { asText, clean, traceOf } from './story-runs.ts';

/** The first message published at or after a time. */
function messageAt(trace: Trace, ms: number): number {
  const table = trace.table('message.published');
  return table.get(table.firstAtOrAfter(ms * 1000), COLUMN['message.published'].message);
}

const golden = (name: string) => `./stories/${name}.txt`;
const told = (trace: Trace, message: number) => asText(trace, storyOfDelivery(trace, message, 0));
const drop = (nth: number, atMs = 5_990) => ({
  kind: 'packet-drop',
  atMs,
  target: 'reader',
  direction: 'down',
  packet: 'data',
  nth,
});

test('a clean delivery', async () => {
  const trace = traceOf(clean({ kind: 'sse' }, 500));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('clean'));
});

test('a lone message lost: the tail loss probe notices', async () => {
  const trace = traceOf(clean({ kind: 'websocket' }, 2_000, [drop(1)]));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('tail-loss-probe'));
});

test('a message lost in a stream: RACK notices', async () => {
  const trace = traceOf(clean({ kind: 'websocket' }, 50, [drop(1)]));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('rack'));
});

test('a message held back behind a lost one', async () => {
  const trace = traceOf(clean({ kind: 'websocket' }, 50, [drop(1)]));
  await expect(told(trace, messageAt(trace, 6_000) + 1)).toMatchFileSnapshot(golden('held-back'));
});

test('the probe is lost as well: the timeout', async () => {
  const trace = traceOf(clean({ kind: 'sse' }, 2_000, [drop(1), drop(2)]));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('rto'));
});

test('a poll', async () => {
  const trace = traceOf(clean({ kind: 'polling', intervalMs: 1_000 }, 700));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('poll'));
});

test('the gap between two long polls', async () => {
  const trace = traceOf(clean({ kind: 'long-polling' }, 70));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('long-poll-gap'));
});

test('a WebSocket misses what is published while it is away', async () => {
  const away = { kind: 'client-disconnect', atMs: 5_500, forMs: 1_000, target: 'reader' };
  const trace = traceOf(clean({ kind: 'websocket' }, 500, [away]));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('websocket-away'));
});

test('an EventSource gets it after its reconnection', async () => {
  const away = { kind: 'client-disconnect', atMs: 5_500, forMs: 1_000, target: 'reader' };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [away]));
  await expect(told(trace, messageAt(trace, 6_000))).toMatchFileSnapshot(golden('sse-replayed'));
});

test('an update while the server is down', async () => {
  const crash = { kind: 'server-crash', atMs: 5_500, forMs: 1_000 };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [crash]));
  const refused = trace.table('message.refused');
  const story = storyOf(trace, { kind: 'record', seq: refused.get(0, 0) }, 7_000_000);
  await expect(asText(trace, story)).toMatchFileSnapshot(golden('refused'));
});

test('a message whose connection dies under it, in the crash of the server', async () => {
  const crash = { kind: 'server-crash', atMs: 6_010, forMs: 1_000 };
  const trace = traceOf(clean({ kind: 'websocket' }, 500, [crash, drop(1)]));
  const message = messageAt(trace, 6_000);
  expect(isExpected(trace, message, 0)).toBe(true);
  await expect(told(trace, message)).toMatchFileSnapshot(golden('crash'));
});

test('a numbered client has one name: that of its card', () => {
  const trace = traceOf(
    clean({ kind: 'websocket' }, 500, [], {
      clients: [{ name: 'user', count: 3, transport: { kind: 'websocket' } }],
    }),
  );
  const row = trace.table('message.delivered').length - 1;
  const atUs = trace.table('message.delivered').atUs(row);
  const named = /^Message .* is at (User [123]), after /;
  expect(nowSentence(trace, atUs, 1)?.headline).toMatch(named);
  const [, name] = named.exec(nowSentence(trace, atUs, 1)?.headline ?? '') ?? [];
  expect(trace.header?.clients.map((_, client) => clientName(trace.header as TraceHeader, client))).toContain(
    name,
  );
});
