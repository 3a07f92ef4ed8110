import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { type DeliveryStory, storyOfDelivery } from '../../src/trace/story/delivery.ts';
import { cases } from '../effort.ts';
import { recordsOf, run } from './worlds.ts';

/** Clients that write on their sockets, and others that write by POST, while servers die and connections end. */
const world = (
  kind: string,
  { retryMs, ...over }: { retryMs?: number; [option: string]: unknown },
): object => ({
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
    {
      name: 'form',
      count: 3,
      rooms: ['doc'],
      transport: { kind: 'sse', ...(retryMs === undefined ? {} : { retryMs }) },
    },
  ],
  ...over,
});

interface Fate {
  /** A server’s application was handed it, or a client’s has it. */
  arrived: boolean;
  /** The clients that have it. */
  got: Set<number>;
  /** Why all copies of it, or those for some server, ended, and where. */
  drops: { place: number; server: number; reason: string }[];
}

function fatesOf(of: Run): Map<number, Fate> {
  const fates = new Map<number, Fate>();
  for (const { message } of recordsOf(of, 'message.published'))
    fates.set(Number(message), { arrived: false, got: new Set(), drops: [] });
  const fate = (message: unknown) => fates.get(Number(message)) as Fate;
  for (const kind of ['message.handed', 'message.delivered'] as const)
    for (const { message } of recordsOf(of, kind)) fate(message).arrived = true;
  for (const { message, client } of recordsOf(of, 'message.delivered')) fate(message).got.add(Number(client));
  for (const { message, place, server, reason } of recordsOf(of, 'message.dropped'))
    fate(message).drops.push({ place: Number(place), server: Number(server), reason: String(reason) });
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
  '%s: what became of every message that a client wrote is on record, and told to every client',
  (kind) => {
    const input = fc.record({
      seed: fc.nat(1e6),
      faults: fc.array(fault, { minLength: 1, maxLength: 3 }),
      loadBalancer: balancer,
    });
    fc.assert(
      fc.property(input, ({ seed, faults, loadBalancer }) => {
        const of = run(world(kind, { seed, faults, edge: { loadBalancer } }));
        for (const [message, { arrived, got, drops }] of fatesOf(of)) {
          // A lone server hands on to itself what it has taken, which is no record; the stories tell of it all the same.
          if (kind !== 'direct') expect(arrived || drops.length > 0, `message ${message}`).toBe(true);
          // What reached no server has been nowhere.
          if (drops.some(({ place }) => place < 0))
            expect([message, arrived, drops.length]).toEqual([message, false, 1]);
          // What ended for all servers has one reason; what ended for one, or came to some, has as many as there are clients.
          const forAll = arrived ? undefined : drops.findLast(({ server }) => server < 0);
          for (const client of of.trace.header?.clients.keys() ?? []) {
            if (got.has(client)) continue;
            const { state, reason } = storyOfDelivery(of.trace, message, client) as DeliveryStory;
            // All is quiet by now: what is not there will not come.
            expect([client, message, state]).not.toEqual([client, message, 'waiting']);
            if (state === 'lost') expect(reason).toContain(forAll?.reason ?? '');
          }
        }
      }),
      { numRuns: cases(12, 1) },
    );
  },
  120_000,
);

describe('what passed before a client was there is lost to it, whatever the server is that it comes to later', () => {
  it('NATS passed it on while another server alone watched the room', () => {
    const faults = [{ kind: 'server-crash', target: null, atMs: 2200.517, forMs: 863 }];
    const of = run(world('nats', { seed: 82_825, faults }));
    expect(fatesOf(of).get(91)).toEqual({
      arrived: false,
      got: new Set(),
      drops: [{ place: 3, server: 2, reason: 'not subscribed at that moment' }],
    });
    const stories = [0, 1, 2, 3].map((client) => storyOfDelivery(of.trace, 91, client)?.reason);
    expect(stories).toMatchInlineSnapshot(`
      [
        "lost: it came while the client had no connection (the last one, 288 ms before: refused: nobody listens there); a WebSocket keeps no memory",
        "lost: it came before the client’s Upgrade was answered; a WebSocket keeps no memory",
        "lost: it ended at NATS: not subscribed at that moment",
        "lost: nobody watched its room at Server 2 when it passed, and the client came there later",
      ]
    `);
  });

  it('Redis passed it on before a server whose clients had opened their sockets had subscribed', () => {
    const faults = [{ kind: 'server-crash', target: null, atMs: 4550.445, forMs: 812 }];
    const of = run(
      world('redis-pubsub', { seed: 777_296, faults, edge: { loadBalancer: { kind: 'layer-7' } } }),
    );
    expect(fatesOf(of).get(196)).toEqual({
      arrived: false,
      got: new Set(),
      drops: [{ place: 3, server: 0, reason: 'not subscribed at that moment' }],
    });
    const stories = [0, 1, 2, 3].map((client) => storyOfDelivery(of.trace, 196, client)?.reason);
    expect(stories).toMatchInlineSnapshot(`
      [
        "lost: it came while the client had no connection (the last one, 200 ms before: closed in order); a WebSocket keeps no memory",
        "lost: it came while the client had no connection (the last one, 183 ms before: closed in order); a WebSocket keeps no memory",
        "lost: it ended at Redis: not subscribed at that moment",
        "lost: it ended at Redis: not subscribed at that moment",
      ]
    `);
  });

  it('a lone server took it from a POST while nobody had a stream or a socket there', () => {
    const faults = [
      { kind: 'server-crash', target: 'server-1', atMs: 400, forMs: 210 },
      { kind: 'client-disconnect', atMs: 400, forMs: 1 },
    ];
    const of = run(
      world('direct', { seed: 751_263, retryMs: 1, faults, edge: { loadBalancer: { kind: 'layer-7' } } }),
    );
    expect(fatesOf(of).get(24)).toEqual({ arrived: false, got: new Set(), drops: [] });
    const stories = [0, 1, 2, 3].map((client) => storyOfDelivery(of.trace, 24, client)?.reason);
    expect(stories).toMatchInlineSnapshot(`
      [
        "lost: it came before the client’s Upgrade was answered; a WebSocket keeps no memory",
        "lost: it came while the client had no connection (the last one, 1.22 s before: closed in order); a WebSocket keeps no memory",
        "lost: it came while the client had no connection (the last one, 1.22 s before: closed in order); a WebSocket keeps no memory",
        "lost: the load balancer answered the EventSource GET with an error, after which nobody asks again",
      ]
    `);
  });

  it('it was written to an EventSource whose network was gone, and that was refused when it came back', () => {
    const faults = [
      { kind: 'client-disconnect', atMs: 2654.915, forMs: 282 },
      { kind: 'server-crash', target: 'server-1', atMs: 2900.337, forMs: 507 },
    ];
    const of = run(
      world('direct', { seed: 13, retryMs: 1, faults, edge: { loadBalancer: { kind: 'layer-7' } } }),
    );
    expect(storyOfDelivery(of.trace, 92, 3)).toMatchObject({
      state: 'lost',
      reason:
        'lost: the connection that carried it ended before it arrived (given up by this end); the load balancer answered the EventSource GET with an error, after which nobody asks again',
    });
  });
});

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
