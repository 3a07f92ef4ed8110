import { expect, test } from 'vitest';
import { nowSentence } from '../../src/trace/story/index.ts';
import { clean, traceOf } from './story-runs.ts';

/** What is said of a server's crash when it happens. */
function saidOf(target: string, change: object): string {
  const crash = { kind: 'server-crash', atMs: 5_500, forMs: 1_000, target };
  return nowSentence(traceOf(clean({ kind: 'sse' }, 500, [crash], change)), 5_500_000)?.why ?? '';
}

test('a source without a server is told of only where there is one', () => {
  const alone = 'finds nobody to take an update';
  expect(saidOf('server-1', {})).toContain(alone);
  const two = { servers: { count: 2 } };
  expect(saidOf('server-1', two)).toContain(alone);
  expect(saidOf('server-2', two)).toContain('talks to another server');
  const kafka = saidOf('server-2', { ...two, backplane: { kind: 'kafka' } });
  expect(kafka).toContain('up to hop 2');
  expect(kafka).not.toContain(alone);
});

test('a partition is told in a sentence, with its direction, and its end', () => {
  const said = (direction: string, atUs: number) => {
    const fault = { kind: 'partition', between: ['server-2', 'redis'], direction, atMs: 5_500, forMs: 1_000 };
    const trace = traceOf(
      clean({ kind: 'sse' }, 500, [fault], { servers: { count: 2 }, backplane: { kind: 'redis-pubsub' } }),
    );
    return nowSentence(trace, atUs)?.headline;
  };
  expect(said('both', 5_500_000)).toBe('Server 2 and Redis are cut off from each other.');
  expect(said('forth', 5_500_000)).toBe('Nothing gets from Server 2 to Redis any more.');
  expect(said('back', 5_500_000)).toBe('Nothing gets from Redis to Server 2 any more.');
  expect(said('both', 6_500_000)).toBe('Server 2 and Redis reach each other again.');
});

test('a change of links is told with whose links they are, and its end', () => {
  const said = (target: string | undefined, atUs: number) => {
    const change = { kind: 'link-change', atMs: 5_500, forMs: 1_000, target, set: { rateKbps: 64 } };
    const groups = [
      { name: 'reader', transport: { kind: 'sse' } },
      { name: 'crowd', count: 2, transport: { kind: 'websocket' } },
    ];
    const trace = traceOf(
      clean({ kind: 'sse' }, 500, [change], {
        clients: groups,
        servers: { count: 2 },
        backplane: { kind: 'redis-pubsub' },
      }),
    );
    return nowSentence(trace, atUs)?.headline;
  };
  expect(said(undefined, 5_500_000)).toBe('Links of all clients: 64 kbit/s.');
  expect(said(undefined, 6_500_000)).toBe('Over, for links of all clients: 64 kbit/s.');
  expect(said('reader', 5_500_000)).toBe('Link of Reader: 64 kbit/s.');
  expect(said('crowd', 5_500_000)).toBe('Links of Crowd: 64 kbit/s.');
  expect(said('crowd/2', 5_500_000)).toBe('Link of Crowd 2: 64 kbit/s.');
  expect(said('redis', 5_500_000)).toBe('Links of Redis: 64 kbit/s.');
});

test('a packet that is aimed at is told with whose it is and what becomes of it', () => {
  const said = (kind: string, more: object) => {
    const fault = { kind, atMs: 5_500, ...more };
    const trace = traceOf(clean({ kind: 'sse' }, 500, [fault], { servers: { count: 2 } }));
    return nowSentence(trace, 5_500_000)?.headline;
  };
  expect(said('packet-drop', { target: 'reader' })).toBe('The next data packet to Reader will be dropped.');
  expect(said('packet-delay', { byMs: 200, direction: 'up', packet: 'any' })).toBe(
    'The next packet from each client will be late.',
  );
  expect(said('packet-duplicate', { nth: 3 })).toBe('Data packet no. 3 to each client will arrive twice.');
});
