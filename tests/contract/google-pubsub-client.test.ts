import { describe, expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** A source and a server; what goes to the service is watched. */
const world = (publisher: object, over: { backplane?: object; [part: string]: unknown } = {}) =>
  run({
    version: 1,
    seed: 2,
    durationMs: 30_000,
    settleMs: 150_000,
    publishers: [{ name: 'editor', room: 'doc', startMs: 1_000, ...publisher }],
    clients: [{ name: 'reader', rooms: ['doc'], transport: { kind: 'websocket' } }],
    ...over,
    backplane: { kind: 'google-pubsub', ...over.backplane },
  });

/** How many messages each call had that published some. */
const calls = (of: ReturnType<typeof run>) =>
  recordsOf(of, 'unit.sent')
    .filter(({ what }) => what === 'pubsub.publish')
    .map(({ messages }) => Number(messages));

const burst = (size: number, bytes: number) => ({
  arrivals: { kind: 'burst', everyMs: 60_000, size },
  bytes,
});

describe('a publisher', () => {
  // src/publisher/message-batch.ts: canFit, by count and by bytes; the defaults are 100 messages and 1 MB.
  it('sends what it has before it would be more than a megabyte', () => {
    expect(calls(world(burst(12, 200_000)))).toEqual([5, 5, 2]);
    expect(calls(world(burst(4, 200_000), { backplane: { batchMaxBytes: 100_000 } }))).toEqual([1, 1, 1, 1]);
    expect(calls(world(burst(250, 100)))).toEqual([100, 100, 50]);
  });

  // src/publisher/message-queues.ts, OrderedQueue.add: while a batch is in flight the next may be as large as the API takes.
  it('gathers for an ordering key, while a call is under way, as much as the API takes', () => {
    const backplane = { enableMessageOrdering: true };
    expect(calls(world(burst(250, 100), { backplane }))).toEqual([100, 150]);
    expect(calls(world(burst(1_200, 100), { backplane }))).toEqual([100, 1_000, 100]);
  });

  // src/v1/publisher_client_config.json: 100 ms, times 4, at most 60 s; gax waits any part of that.
  it('waits longer and longer before it makes a call again, four times as long each time', () => {
    const faults = [{ kind: 'broker-crash', target: 'pubsub', atMs: 5_000, forMs: 20_000 }];
    const again = world({ arrivals: { kind: 'periodic', everyMs: 1_000 } }, { faults });
    const waits = new Map<unknown, number[]>();
    for (const { actor, timer, atUs, dueAtUs } of recordsOf(again, 'timer.started')) {
      if (timer !== 'retryDelay') continue;
      if (Number(atUs) < 5_000_000) continue;
      waits.set(actor, [...(waits.get(actor) ?? []), (Number(dueAtUs) - Number(atUs)) / 1_000]);
    }
    // The stream doubles; a call's first wait is at most 100 ms.
    const ofCalls = [...waits.values()].filter((of) => of.every((ms, k) => ms <= 100 * 4 ** k));
    expect(ofCalls.length).toBeGreaterThan(10);
    expect(Math.max(...ofCalls.map((of) => of[3] ?? 0))).toBeGreaterThan(1_600);
    expect(again.report().totals.deliveries.lost).toBe(0);
  });
});
