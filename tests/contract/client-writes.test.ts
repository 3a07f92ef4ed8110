import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { storyOfDelivery } from '../../src/trace/story/delivery.ts';
import { cases } from '../effort.ts';
import { recordsOf, run } from './worlds.ts';

/** Clients that write on their sockets, and others that write by POST, while servers die and connections end. */
const world = (kind: string, over: object): object => ({
  version: 1,
  durationMs: 6_000,
  settleMs: 40_000,
  servers: { count: kind === 'direct' ? 1 : 3 },
  backplane: { kind },
  network: { access: { rttMs: 80 } },
  publishers: [
    {
      name: 'typing',
      room: 'doc',
      client: 'chat',
      startMs: 500,
      arrivals: { kind: 'periodic', everyMs: 37 },
    },
    {
      name: 'sending',
      room: 'doc',
      client: 'form',
      startMs: 500,
      arrivals: { kind: 'periodic', everyMs: 61 },
    },
  ],
  clients: [
    {
      name: 'chat',
      count: 3,
      rooms: ['doc'],
      transport: { kind: 'websocket', pingIntervalMs: 500, pongTimeoutMs: 400 },
    },
    { name: 'form', count: 3, rooms: ['doc'], transport: { kind: 'sse' } },
  ],
  ...over,
});

interface Fate {
  /** A server’s application was handed it, or a client’s has it. */
  arrived: boolean;
  /** Why all copies of it, or those for some server, ended, and where. */
  drops: { place: number; reason: string }[];
}

function fatesOf(of: Run): Map<number, Fate> {
  const fates = new Map<number, Fate>();
  for (const { message } of recordsOf(of, 'message.published'))
    fates.set(Number(message), { arrived: false, drops: [] });
  const fate = (message: unknown) => fates.get(Number(message)) as Fate;
  for (const kind of ['message.handed', 'message.delivered'] as const)
    for (const { message } of recordsOf(of, kind)) fate(message).arrived = true;
  for (const { message, place, reason } of recordsOf(of, 'message.dropped'))
    fate(message).drops.push({ place: Number(place), reason: String(reason) });
  return fates;
}

const atMs = fc.integer({ min: 400_000, max: 6_000_000 }).map((us) => us / 1000);
const fault = fc.oneof(
  fc.record({
    kind: fc.constant('server-crash'),
    target: fc.constantFrom('server-1', null),
    atMs,
    forMs: fc.integer({ min: 1, max: 1_500 }),
  }),
  fc.record({ kind: fc.constant('network-switch'), atMs }),
  fc.record({ kind: fc.constant('client-disconnect'), atMs, forMs: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('link-down'), atMs, forMs: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('server-pause'), atMs, forMs: fc.integer({ min: 1, max: 1_500 }) }),
);

const balancer = fc.constantFrom(null, null, { kind: 'layer-4' }, { kind: 'layer-7' });

it.each(['direct', 'redis-pubsub', 'nats'])(
  '%s: what became of every message that a client wrote is on record',
  (kind) => {
    const input = fc.record({
      seed: fc.nat(1e6),
      faults: fc.array(fault, { minLength: 1, maxLength: 3 }),
      loadBalancer: balancer,
    });
    fc.assert(
      fc.property(input, ({ seed, faults, loadBalancer }) => {
        const of = run(world(kind, { seed, faults, edge: { loadBalancer } }));
        for (const [message, { arrived, drops }] of fatesOf(of)) {
          // A lone server hands on to itself what it has taken, which is no record; the stories tell of it all the same.
          if (kind !== 'direct') expect(arrived || drops.length > 0, `message ${message}`).toBe(true);
          // What reached no server has been nowhere.
          if (drops.some(({ place }) => place < 0))
            expect([message, arrived, drops.length]).toEqual([message, false, 1]);
          if (arrived) continue;
          const story = storyOfDelivery(of.trace, message, 0);
          expect(story?.state).not.toBe('waiting');
          expect(story?.reason).toContain(drops.at(-1)?.reason ?? 'lost: ');
        }
      }),
      { numRuns: cases(12, 4), seed: 6 },
    );
  },
  120_000,
);

it('a write that is on its way to a server when that dies ends there, and its story says so', () => {
  const calm = run(world('nats', {}));
  const servers = new Map(
    recordsOf(calm, 'connection.attempted').map(({ connection, server }) => [connection, server]),
  );
  const write = recordsOf(calm, 'unit.sent').find(
    ({ atUs, what, connection }) =>
      what === 'websocket.write' && atUs > 2_000_000 && servers.get(connection) === 0,
  );
  const atUs = (write?.atUs ?? 0) + 20_000;
  const of = run(
    world('nats', {
      faults: [{ kind: 'server-crash', target: 'server-1', atMs: atUs / 1000, forMs: 2_000 }],
    }),
  );
  const drops = recordsOf(of, 'message.dropped');
  const message = Number(write?.message);
  expect(drops.find((drop) => drop.message === message)).toMatchObject({ atUs, place: 0, server: -1 });
  expect(storyOfDelivery(of.trace, message, 1)).toMatchObject({
    state: 'lost',
    reason: 'lost: it ended at Server 1: the server crashed before it had it',
  });
});
