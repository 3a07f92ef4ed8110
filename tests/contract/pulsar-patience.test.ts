import { describe, expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** A source, two servers with a client each, and one partition, which broker 1 owns; nobody gives anything up. */
const scenario = ({ backplane = {}, ...over }: { backplane?: object; [part: string]: unknown }) =>
  run({
    version: 1,
    seed: 1,
    durationMs: 160_000,
    settleMs: 60_000,
    servers: { count: 2 },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 500 } },
    ],
    clients: [{ name: 'reader', count: 2, rooms: ['doc'], transport: { kind: 'websocket' } }],
    ...over,
    backplane: { kind: 'pulsar', partitions: 1, sendTimeoutMs: null, ...backplane },
  });
const world = (over: Parameters<typeof scenario>[0]) => scenario(over).report();

const stands = (target: string) => ({ kind: 'broker-pause', target, atMs: 10_000, forMs: 140_000 });

describe('who stands still, while its kernel goes on', () => {
  // PulsarHandler.java: a PING every 30 s, and the end of the connection where nothing came until the next: 30 to 60 s.
  // Its session is over by then. A lookup that asks it first takes an operationTimeout (30 s) more.
  it('a broker is left after its keep-alive interval, and its topic goes on at the other', () => {
    const { deliveries } = world({ faults: [stands('broker-1')] }).totals;
    expect(deliveries.lost).toBe(0);
    expect(deliveries.latencyMs.max).toBeGreaterThan(30_000);
    expect(deliveries.latencyMs.max).toBeLessThan(91_000);
  });

  // broker.conf: bookkeeperClientTimeoutInSeconds 30; then another bookie takes its place in the ensemble.
  it('a bookie holds up what is written for thirty seconds', () => {
    const { deliveries } = world({ faults: [stands('bookie-1')] }).totals;
    expect(deliveries.lost).toBe(0);
    expect(deliveries.latencyMs.max).toBeGreaterThan(30_000);
    expect(deliveries.latencyMs.max).toBeLessThan(30_600);
  });
});

it('a consumer that its broker cannot hear any more is followed by the next after 30 to 60 s', () => {
  const between = ['server-1', 'broker-1'];
  const faults = [{ kind: 'partition', between, atMs: 10_000, forMs: 140_000 }];
  const { deliveries } = world({ faults, backplane: { subscriptionType: 'failover' } }).totals;
  // Each message goes to one server of two.
  expect(deliveries.delivered).toBe(deliveries.expected / 2);
  expect(deliveries.latencyMs.max).toBeGreaterThan(30_000);
  expect(deliveries.latencyMs.max).toBeLessThan(62_000);
});

// Backoff.java: the waits add up to 25.5 s, and one more would go on to 51 s; the mandatory stop is at 29.9 s.
it('a producer tries once more before it would give up what it has', () => {
  // The last ping was at 10 s: the session of a broker that dies at 12 s is over at 40 s.
  const faults = [{ kind: 'broker-crash', target: 'broker-1', atMs: 12_000 }];
  const { deliveries } = world({ faults, backplane: { sendTimeoutMs: 30_000 } }).totals;
  expect(deliveries.lost).toBe(0);
});

// ConsumerImpl.messageProcessed: a message is watched from when the application takes it from the receiver queue.
it('what waits in the receiver queue does not count as unacknowledged', () => {
  const { backplane, totals } = world({
    durationMs: 20_000,
    servers: { count: 1, cpu: { perReceiveMs: 100 } },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'burst', everyMs: 60_000, size: 60 } },
    ],
    backplane: { ackTimeoutMs: 1_000, batchingMaxMessages: 1 },
  });
  expect(totals.deliveries.latencyMs.max).toBeGreaterThan(5_900);
  expect(backplane.redelivered).toBe(0);
});

// BatchMessageContainerBase.haveEnoughSpace, with batchingMaxBytes 128 KB and batchingMaxMessages 1000.
it.each([
  [10, 50_000, [2, 2, 2, 2, 2]],
  [3, 200_000, [1, 1, 1]],
  [1_200, 100, [1_000, 200]],
])('a burst of %i messages of %i bytes goes out in batches of %o', (size, bytes, batches) => {
  const arrivals = { kind: 'burst', everyMs: 60_000, size };
  const bursting = scenario({
    durationMs: 5_000,
    publishers: [{ name: 'editor', room: 'doc', startMs: 1_000, arrivals, bytes }],
  });
  const sent = recordsOf(bursting, 'unit.sent').filter(({ what }) => what === 'pulsar.send');
  expect(sent.map(({ messages }) => messages)).toEqual(batches);
});
