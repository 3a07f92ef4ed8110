import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../src/backplanes/hash-ring/owners.ts';
import type { Run } from '../../src/scenarios/run.ts';
import type { TraceRecord } from '../../src/trace/trace.ts';
import { world } from './hash-world.ts';
import { presetScenario, recordsOf, run, showsItsLesson, variant } from './worlds.ts';

const numbers = (records: TraceRecord[], field: string) =>
  [...new Set(records.map((record) => Number(record[field])))].sort((a, b) => a - b);

describe.each(['modulo-eleventh', 'ring-eleventh', 'ring-stale-view', 'lease-expiry'])(
  'the lesson %s',
  (name) => {
    showsItsLesson(name);
  },
);

describe('the eleventh server', () => {
  it.each([
    ['modulo-hash', 'modulo', {}],
    ['hash-ring', 'ring', { algorithm: 'ring', virtualNodes: 10 }],
    ['hash-ring', 'ring', { algorithm: 'ring' }],
    ['hash-ring', 'rendezvous', { algorithm: 'rendezvous' }],
    ['hash-ring', 'jump', { algorithm: 'jump' }],
  ] as const)(
    '%s, %s %o: those who connect anew are exactly those whose owner is another',
    (kind, algorithm, options) => {
      const scenario = presetScenario('ring-eleventh');
      const grown = run({ ...scenario, backplane: { kind, ...options } });
      const servers = Array.from({ length: 11 }, (_, server) => `server-${server + 1}`);
      const nodes = 'virtualNodes' in options ? options.virtualNodes : 100;
      const [before, after] = [10, 11].map((count) => ownersOf(algorithm, servers.slice(0, count), nodes));
      const moved = Array.from({ length: 66 }, (_, client) => client).filter((client) => {
        const key = `user/${client + 1}`;
        return before?.ownerOf(key) !== after?.ownerOf(key);
      });
      expect(moved.length).toBeGreaterThan(0);
      const isLate = ({ atUs }: TraceRecord) => atUs > 7_900_000;
      const owners = recordsOf(grown, 'owner.changed').filter((r) => isLate(r) && r.what === 'client');
      expect(numbers(owners, 'part')).toEqual(moved);
      expect(numbers(recordsOf(grown, 'client.sent-away'), 'client')).toEqual(moved);
      expect(numbers(recordsOf(grown, 'connection.attempted').filter(isLate), 'client')).toEqual(moved);
      const { backplane, groups } = grown.report();
      expect(backplane).toMatchObject({ movedClients: moved.length, misrouted: 0 });
      expect(groups.user?.connections.reconnects).toBe(moved.length);
      if (algorithm !== 'modulo') expect(numbers(owners, 'owner')).toEqual([10]);
    },
  );

  it('has records of the whole ring, arc by arc, from which anybody can tell whose is what', () => {
    const grown = variant('ring-eleventh', { virtualNodes: 20 });
    const arcs = new Map<number, number>();
    for (const { what, part, owner } of recordsOf(grown, 'owner.changed'))
      if (what === 'arc') arcs.set(Number(part) >>> 0, Number(owner));
    const ends = [...arcs.keys()].sort((a, b) => a - b);
    const servers = Array.from({ length: 11 }, (_, server) => `server-${server + 1}`);
    const { points } = ownersOf('ring', servers, 20);
    expect(ends).toEqual(points.map(({ at }) => at));
    expect(ends.map((end) => arcs.get(end))).toEqual(points.map(({ owner }) => owner));
  });

  it('is known to every process within a few round trips of the datacenter', () => {
    const grown = run(presetScenario('ring-eleventh'));
    const seen = recordsOf(grown, 'member.changed').filter(({ state }) => state === 'at version 2');
    // Eleven servers, the router and the editor.
    expect(seen).toHaveLength(13);
    for (const { atUs } of seen) expect(atUs).toBeLessThan(8_020_000);
  });
});

describe('a stale view', () => {
  it('costs a hop more for each update that is passed on, and loses none', () => {
    const forwarding = run(presetScenario('ring-stale-view'));
    const forwards = recordsOf(forwarding, 'unit.sent').filter(({ what }) => what === 'owner.forward');
    expect(forwards.length).toBe(forwarding.report().backplane.misrouted);
    // They end as soon as the editor hears of the fourth server.
    const heard = recordsOf(forwarding, 'member.changed').filter(
      ({ state, place }) =>
        state === 'at version 2' && forwarding.trace.header?.places[Number(place)]?.name === 'editor',
    );
    expect(heard).toHaveLength(1);
    expect(heard[0]?.atUs).toBeGreaterThan(14_000_000);
    expect(forwards.at(-1)?.atUs).toBeLessThan((heard[0]?.atUs ?? 0) + 10_000);
  });

  it('is told who the owner is instead, with misrouted: "redirect", and loses none either', () => {
    const redirecting = variant('ring-stale-view', { misrouted: 'redirect' });
    const { backplane, totals } = redirecting.report();
    expect(backplane.misrouted).toBeGreaterThanOrEqual(20);
    expect(totals.deliveries.lost).toBe(0);
    expect(recordsOf(redirecting, 'unit.sent').some(({ what }) => what === 'owner.moved')).toBe(true);
  });

  it('mixes up the order in the moment in which it ends', () => {
    // The editor knows server-3 already when that comes back without its knowledge.
    const timesMs = [1_000, ...Array.from({ length: 750 }, (_, turn) => 12_000 + 4 * turn)];
    const mixed = world({
      network: { access: { rttMs: 40 }, datacenter: { rttMs: 40 } },
      backplane: { leaseTtlMs: 60_000 },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'at', timesMs } }],
      faults: [
        { kind: 'server-drain', target: 'server-3', atMs: 4_000, forMs: 6_000, spreadMs: 0 },
        { kind: 'partition', between: ['editor', 'etcd'], atMs: 9_000, forMs: 3_500 },
      ],
    });
    expect(mixed.report().backplane.misrouted).toBeGreaterThan(0);
    expect(mixed.report().totals.deliveries.outOfOrder).toBeGreaterThan(0);
  });
});

describe('a lease', () => {
  it('outlives its server until nobody has kept it alive for its length', () => {
    const dead = run(presetScenario('lease-expiry'));
    const expired = recordsOf(dead, 'member.changed').filter(({ state }) => state === 'expired');
    expect(expired).toHaveLength(1);
    // The last keep-alive was up to a third of ten seconds before the crash at 6 s, and half a second is between two looks.
    expect(expired[0]?.atUs).toBeGreaterThan(12_600_000);
    expect(expired[0]?.atUs).toBeLessThan(16_600_000);
    const dropped = recordsOf(dead, 'message.dropped');
    expect(numbers(dropped, 'server')).toEqual([1]);
    expect(dropped.every(({ atUs }) => atUs < (expired[0]?.atUs ?? 0) + 10_000)).toBe(true);
  });

  it('hides a restart that is quicker: nobody moves', () => {
    const quick = world({
      faults: [{ kind: 'server-crash', target: 'server-2', atMs: 6_000, forMs: 1_000 }],
    });
    expect(quick.report().backplane.movedClients).toBe(0);
    expect(quick.report().servers['server-2']?.connectionsOpen).toBeGreaterThan(0);
  });

  it('that a living server cannot renew is given up at both ends, and its clients are served elsewhere', () => {
    const faults = [{ kind: 'partition', between: ['server-2', 'etcd'], atMs: 6_000, forMs: 10_000 }];
    const careful = world({ faults });
    const careless = world({ faults, backplane: { stepDown: false } });
    const went = recordsOf(careful, 'client.sent-away').filter(({ server }) => server === 1);
    expect(went.length).toBeGreaterThan(0);
    for (const { why } of went) expect(why).toBe('its lease has run out');
    expect(recordsOf(careful, 'member.changed').map(({ state }) => state)).toContain('expired');
    // Whoever stays with a server that is none any more hears nothing until it has heard so itself.
    const lost = (of: Run) => of.report().totals.deliveries.lost;
    expect(lost(careless)).toBeGreaterThan(2 * lost(careful));
    expect(recordsOf(careless, 'message.dropped').map(({ reason }) => reason)).toContain(
      'its clients belong to other servers by the sender’s view',
    );
  });
});

describe('draining', () => {
  const faults = [{ kind: 'server-drain', target: 'server-2', atMs: 6_000, forMs: 8_000, spreadMs: 3_000 }];
  it('tells the coordinator first, then the clients one after the other, and is a member again afterwards', () => {
    const drained = world({ faults });
    const states = recordsOf(drained, 'member.changed').filter(
      ({ group, place }) => group === 'the fleet' && place === 1,
    );
    expect(states.map(({ state }) => state)).toEqual(['member', 'left', 'member']);
    expect(states[1]?.atUs).toBeLessThan(6_010_000);
    const went = recordsOf(drained, 'client.sent-away').filter(
      ({ server, atUs }) => server === 1 && atUs < 10_000_000,
    );
    expect(went.length).toBeGreaterThan(1);
    expect(went.at(-1)?.atUs).toBeGreaterThan(7_000_000);
    expect(drained.report().servers['server-2']?.crashes).toBe(0);
  });

  it('loses less where updates go to the former owner as well for a while', () => {
    const lost = (overlapMs: number) =>
      world({ faults, backplane: { overlapMs } }).report().totals.deliveries.lost;
    expect(lost(5_000)).toBeLessThan(lost(0));
  });
});

it('a room’s clients share a server where rooms are hashed', () => {
  const clients = ['a', 'b', 'c', 'd'].map((room) => ({
    name: `in-${room}`,
    count: 3,
    rooms: [room],
    transport: { kind: 'websocket' },
  }));
  const publishers = [
    { name: 'editor', room: 'a', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 200 } },
  ];
  const { servers, totals, backplane } = world({ clients, publishers, backplane: { key: 'room' } }).report();
  for (const { connectionsPeak } of Object.values(servers)) expect(connectionsPeak % 3).toBe(0);
  expect(totals.deliveries.lost).toBe(0);
  expect(backplane.forwarded).toBe(totals.published);
});

it.each(['layer-4', 'layer-7'] as const)('a load balancer, %s, sends clients to their owners', (kind) => {
  const balanced = world({ edge: { loadBalancer: { kind } } });
  expect(balanced.report().backplane.misrouted).toBe(0);
  expect(balanced.report().totals.deliveries.lost).toBe(0);
  for (const { why } of recordsOf(balanced, 'route.chosen')) expect(why).toBe('owner');
});
