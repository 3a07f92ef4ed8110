import { describe, expect, it } from 'vitest';
import { run } from './balanced.ts';

const REMOVES = { kind: 'layer-7', upgrade: 'removed' };
/** A client's connection attempt fails for good after a few, so that a run has a countable end. */
const TRIES = { kind: 'exponential', baseMs: 500, jitter: 'none', maxAttempts: 3 };
const group = (over: object) => ({
  clients: [{ name: 'group', count: 4, rooms: ['doc'], transport: { kind: 'websocket' }, ...over }],
});

type Records = ReturnType<typeof run>['records'];

/** What was sent as what, on clients' connections or on the balancer's own. */
function unitsOf(records: Records, own: boolean) {
  const opened = records('connection.attempted').filter(({ client }) => Number(client) < 0 === own);
  const mine = new Set(opened.map(({ connection }) => connection));
  return records('unit.sent').filter(({ connection }) => mine.has(connection));
}

const called = (units: ReturnType<typeof unitsOf>, name: string) => units.filter(({ what }) => what === name);

describe('a load balancer that leaves Upgrade out', () => {
  it('passes a plain GET on, which is answered 426, and no WebSocket comes about', () => {
    const {
      records,
      group: counts,
      balancer,
      report,
    } = run('websocket', REMOVES, group({ reconnect: TRIES }));
    expect(counts).toMatchObject({ clients: 4, neverReady: 4 });
    expect(counts.deliveries).toMatchObject({ expected: 0, delivered: 0, lost: 0 });
    // The first attempt and three more each, one request on each connection, which is then closed in order.
    const requests = 4 * 4;
    expect(balancer).toMatchObject({ requests, upgradesRemoved: requests, badGateway: 0, gatewayTimeout: 0 });
    expect(counts.connections).toMatchObject({ attempts: requests, opened: requests, closed: requests });
    // Health checks are requests as well.
    expect(report.servers['server-1']?.requests).toBe(requests + balancer.checks);
    for (const [own, request] of [
      [false, 'websocket.upgrade'],
      [true, 'load-balancer.get'],
    ] as const) {
      const units = unitsOf(records, own);
      expect(called(units, request)).toHaveLength(requests);
      expect(called(units, 'websocket.426')).toHaveLength(requests);
      expect(called(units, 'websocket.101')).toHaveLength(0);
    }
    const closed = records('connection.closed').filter(({ down }) => down === 0);
    expect(new Set(closed.map(({ reason }) => reason))).toEqual(new Set(['finished']));
  });

  it('has fewer bytes for the server by two header lines, and an answer of as many as ws sends', () => {
    const removed = unitsOf(run('websocket', REMOVES, group({ reconnect: TRIES })).records, true);
    const passed = unitsOf(run('websocket', { kind: 'layer-7' }, group({})).records, true);
    const [before] = called(passed, 'websocket.upgrade');
    const [after] = called(removed, 'load-balancer.get');
    const lines = 'Upgrade: websocket\r\nConnection: Upgrade\r\n';
    expect(Number(before?.bytes) - Number(after?.bytes)).toBe(lines.length);
    // Measured: ws 8.21 on Node 20.20, to a GET without Upgrade.
    expect(called(removed, 'websocket.426')[0]?.bytes).toBe(179);
  });

  it('is tried again by the client’s own backoff, each wait twice as long, until it may no more', () => {
    const { records } = run('websocket', REMOVES, group({ count: 1, reconnect: TRIES }));
    const moves = records('machine.moved').filter(({ event }) => event === 'refused');
    expect(moves.map(({ to }) => to)).toEqual(['waiting', 'waiting', 'waiting', 'stopped']);
    const attempts = records('connection.attempted').filter(({ client }) => client === 0);
    const waits = attempts.slice(1).map(({ atUs }, i) => (atUs - Number(moves[i]?.atUs)) / 1000);
    expect(waits.map(Math.round)).toEqual([500, 1000, 2000]);
  });

  it.each(['sse', 'long-polling', 'polling'])('is nothing to %s, which is plain requests', (kind) => {
    const removed = run(kind, REMOVES, {}, 'fingerprint');
    const passed = run(kind, { kind: 'layer-7' }, {}, 'fingerprint');
    expect(removed.balancer.upgradesRemoved).toBe(0);
    expect(removed.group).toEqual(passed.group);
    expect(removed.report.engine.fingerprint).toBe(passed.report.engine.fingerprint);
  });

  it('wakes nothing at the server: no session, no room that is watched, no snapshot', () => {
    const over = group({ reconnect: TRIES, repair: { snapshot: 'connect' } });
    const { records, report } = run('websocket', REMOVES, { ...over, backplane: { kind: 'redis-pubsub' } });
    expect(records('actor.started')).toEqual([]);
    expect(records('room.watched')).toEqual([]);
    expect(report.servers['server-1']).toMatchObject({ snapshots: 0, sends: 0 });
  });

  it('is answered by a server whose threads are few, one after the other', () => {
    const over = { ...group({ reconnect: TRIES }), servers: { threads: 1 } };
    const { records, balancer } = run('websocket', REMOVES, over);
    expect(called(unitsOf(records, false), 'websocket.426')).toHaveLength(balancer.upgradesRemoved);
    const states = records('thread.changed').map(({ state }) => state);
    expect(states.filter((state) => state === 'taken').length).toBe(
      states.filter((state) => state === 'freed').length,
    );
  });

  it('does not concern a balancer at layer 4, which sees packets only', () => {
    const { group: counts, balancer } = run('websocket', { kind: 'layer-4' });
    expect(counts).toMatchObject({ neverReady: 0 });
    expect(balancer.upgradesRemoved).toBe(0);
  });
});

it('what is answered in the server’s place is refused as well, and once', () => {
  const faults = [{ kind: 'server-crash', atMs: 0, forMs: 4_000 }];
  const { records, group: counts } = run('websocket', { kind: 'layer-7' }, { ...group({}), faults });
  const refused = records('machine.moved').filter(({ event }) => event === 'refused');
  expect(refused).toHaveLength(called(unitsOf(records, false), 'load-balancer.error').length);
  expect(refused.length).toBeGreaterThan(0);
  expect(counts.neverReady).toBe(0);
});
