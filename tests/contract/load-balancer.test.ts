import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRANSPORTS } from '../../src/transports/index.ts';
import { cases } from '../effort.ts';
import { CHECK, LAYERS, run } from './balanced.ts';

/** Whether a connection is a client's, and not one of the balancer's own. */
const isClients = (records: ReturnType<typeof run>['records'], connection: unknown) =>
  records('connection.attempted').some((one) => one.connection === connection && Number(one.client) >= 0);

const PAIRS = LAYERS.flatMap((layer) => Object.keys(TRANSPORTS).map((kind) => [layer, kind] as const));

describe.each(PAIRS)('%s, %s', (layer, kind) => {
  it('delivers all as without one, and adds what its place on the way costs', () => {
    const direct = run(kind, null as never);
    const { report, group } = run(kind, { kind: layer });
    expect(group.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(group.deliveries.expected).toBe(direct.group.deliveries.expected);
    expect(group.neverReady).toBe(0);
    const added =
      (group.deliveries.latencyMs.p50 as number) - (direct.group.deliveries.latencyMs.p50 as number);
    expect(Math.abs(added)).toBeLessThan(1);
    expect(report.servers['server-1']?.handshakes).toBe(layer === 'layer-4' ? 6 : 0);
  });

  it('spreads connections evenly in turn', () => {
    const { balancer } = run(kind, { kind: layer }, { servers: { count: 3 } });
    const chosen = Object.values(balancer.servers).map((server) => server.chosen);
    expect(Math.max(...chosen) - Math.min(...chosen)).toBeLessThanOrEqual(1);
  });

  it('sends clients to a dead server until the checks have noticed, and not after that', () => {
    const faults = [{ kind: 'server-crash', target: 'server-2', atMs: 5_000 }];
    const { records, report } = run(
      kind,
      { kind: layer, healthCheck: { ...CHECK, protocol: 'tcp' } },
      { servers: { count: 2 }, faults },
    );
    const [noticed, ...more] = records('health.changed');
    expect(noticed).toMatchObject({ server: 1, healthy: 0, reason: 'refused' });
    expect(more).toEqual([]);
    // Two checks in a row, the first of them within an interval.
    expect(noticed?.atUs).toBeGreaterThan(6_000_000);
    expect(noticed?.atUs).toBeLessThan(7_100_000);
    const late = records('route.chosen').filter(({ atUs }) => atUs > (noticed?.atUs as number));
    expect(late.every(({ server }) => server === 0)).toBe(true);
    expect(report.servers['server-2']?.connectionsOpen).toBe(0);
  });

  it('is dead and back, and so are its clients', () => {
    const faults = [{ kind: 'load-balancer-crash', atMs: 5_000, forMs: 1_000 }];
    const { group, balancer, trace } = run(kind, { kind: layer }, { faults, settleMs: 60_000 });
    expect(balancer.crashes).toBe(1);
    expect(group.connections.reconnects).toBeGreaterThanOrEqual(6);
    const after = trace.table('message.delivered');
    const clients = new Set<number>();
    for (let row = after.firstAfter(17_000_000); row < after.length; row++) clients.add(after.get(row, 3));
    // Who only listens to a layer-4 balancer that has forgotten it hears of that by its next probe.
    if (layer === 'layer-7' || kind.endsWith('polling')) expect(clients.size).toBe(6);
  });
});

describe('layer 4', () => {
  it('forgets a silent connection, and resets what comes of it later', () => {
    const { records, balancer } = run(
      'websocket',
      { kind: 'layer-4', idleTimeoutMs: 3_000 },
      { publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'at', timesMs: [10_000] } }] },
    );
    expect(balancer.idleTimeouts).toBe(6);
    const forgotten = records('route.ended');
    expect(forgotten.every(({ reason, atUs }) => reason === 'idle' && atUs < 5_000_000)).toBe(true);
    const resets = records('connection.closed').filter(({ reason }) => reason === 'reset');
    // The server hears of it when it sends, the client does not.
    expect(resets.map(({ down }) => down)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(resets.every(({ atUs }) => atUs > 10_000_000)).toBe(true);
  });

  it('takes all servers for healthy while none is, as it does by default; otherwise it refuses connections', () => {
    const faults = [{ kind: 'server-crash', atMs: 0, forMs: 8_000 }];
    const plan = { kind: 'layer-4', healthCheck: CHECK };
    const over = { faults, clients: [{ name: 'group', startMs: 5_000, transport: { kind: 'websocket' } }] };
    const closed = run('websocket', { ...plan, failOpen: false }, over);
    expect(closed.balancer.unavailable).toBeGreaterThan(0);
    const open = run('websocket', plan, over);
    expect(open.balancer.unavailable).toBe(0);
    for (const { records, group } of [closed, open]) {
      expect(
        records('connection.closed').find(
          ({ connection, down }) => down === 0 && isClients(records, connection),
        ),
      ).toMatchObject({ reason: 'refused' });
      expect(group.connections.failed).toBeGreaterThan(0);
      expect(group.neverReady).toBe(0);
    }
  });

  it('passes a TCP check of a server that stands still, and fails an HTTP check', () => {
    const over = {
      servers: { count: 2 },
      faults: [{ kind: 'server-pause', target: 'server-2', atMs: 5_000 }],
    };
    const of = (protocol: string) =>
      run('websocket', { kind: 'layer-4', healthCheck: { ...CHECK, protocol } }, over).balancer
        .becameUnhealthy;
    expect([of('tcp'), of('http')]).toEqual([0, 1]);
  });
});

describe('layer 7', () => {
  it('answers 502 where the server refuses, 503 where none is healthy', () => {
    const faults = [{ kind: 'server-crash', atMs: 5_000, forMs: 10_000 }];
    const { balancer, records, group } = run(
      'polling',
      { kind: 'layer-7', healthCheck: { ...CHECK, protocol: 'http' } },
      { faults, servers: { durable: true } },
    );
    const statuses = records('route.ended').map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([502, 503]));
    expect(statuses.lastIndexOf(502)).toBeLessThan(statuses.indexOf(503));
    expect(balancer.badGateway + balancer.unavailable).toBe(statuses.length);
    // Polls go on on the connections that they have.
    expect(group.connections).toMatchObject({ attempts: 6, closed: 0 });
    expect(group.deliveries.lost).toBe(0);
  });

  it('cuts what says nothing for the idle timeout, each in its own way', () => {
    const quiet = {
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'at', timesMs: [19_000] } }],
    };
    const plan = { kind: 'layer-7', idleTimeoutMs: 4_000 };
    const held = run('long-polling', plan, quiet);
    expect(held.balancer.gatewayTimeout).toBeGreaterThanOrEqual(12);
    expect(held.balancer.idleTimeouts).toBe(0);
    const first = held.records('route.ended')[0];
    const asked = held.records('route.chosen').filter(({ connection }) => connection === first?.connection);
    const before = asked.filter(({ atUs }) => atUs < (first?.atUs as number)).at(-1);
    // Four seconds after the request left for the server, or a little more if its connection was still to be made.
    expect(((first?.atUs as number) - (before?.atUs as number)) / 1e6).toBeCloseTo(4, 2);
    for (const kind of ['sse', 'websocket']) {
      const cut = run(kind, plan, quiet);
      expect(cut.balancer).toMatchObject({ gatewayTimeout: 0, badGateway: 0 });
      expect(cut.balancer.idleTimeouts).toBeGreaterThanOrEqual(12);
      expect(cut.group.connections.reconnects).toBe(cut.balancer.idleTimeouts);
    }
  });

  it('keeps a client where its cookie says, and has the cookie’s bytes on the wire', () => {
    // Five, so that in turn each poll finds another server.
    const clients = [
      { name: 'group', count: 5, rooms: ['doc'], startSpreadMs: 600, transport: { kind: 'polling' } },
    ];
    const over = { servers: { count: 3 }, clients };
    const plain = run('polling', { kind: 'layer-7' }, over);
    const sticky = run('polling', { kind: 'layer-7', stickiness: 'cookie' }, over);
    const serversOf = ({ records }: typeof plain) => {
      const byConnection = new Map<unknown, Set<unknown>>();
      for (const { connection, server } of records('route.chosen'))
        byConnection.set(connection, (byConnection.get(connection) ?? new Set()).add(server));
      return [...byConnection.values()].map(({ size }) => size);
    };
    expect(serversOf(plain)).toEqual([3, 3, 3, 3, 3]);
    expect(serversOf(sticky)).toEqual([1, 1, 1, 1, 1]);
    // `Cookie: SRV=server-1` with its line's end, in every request but the first.
    const bytes = ({ records }: typeof plain) => {
      const attempts = records('connection.attempted').filter(({ client }) => Number(client) >= 0);
      const clients = new Set(attempts.map(({ connection }) => connection));
      return records('unit.sent')
        .filter(({ what, connection }) => what === 'polling.request' && clients.has(connection))
        .map((unit) => unit.bytes as number);
    };
    expect(Math.max(...bytes(sticky)) - Math.max(...bytes(plain))).toBe('Cookie: SRV=server-1\r\n'.length);
  });

  it('holds an event stream back where it collects', () => {
    const { group } = run('sse', { kind: 'layer-7', bufferBytes: 2_000 });
    const through = run('sse', { kind: 'layer-7' });
    expect(through.group.setupMs.p50).toBeLessThan(200);
    expect(group.setupMs.p50).toBeGreaterThan(1_000);
    expect(group.deliveries.latencyMs.max).toBeGreaterThan(1_000);
    // And what was collected goes out as one write, not event by event.
    expect(group.wire.packets).toBeLessThan(through.group.wire.packets / 2);
  });

  it('ends clients’ TLS, and resumes it with whatever server comes next', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 5_000, forMs: 1_000 }];
    const of = (kind: string) =>
      run('websocket', { kind, healthCheck: CHECK }, { servers: { count: 2 }, faults })
        .records('connection.secured')
        .filter(({ atUs }) => atUs > 5_000_000)
        .map(({ resumed }) => resumed);
    expect(new Set(of('layer-7'))).toEqual(new Set([1]));
    // At layer 4 the other server never gave a ticket.
    expect(of('layer-4')).toContain(0);
  });
});

const span = { atMs: fc.integer({ min: 0, max: 15_000 }), forMs: fc.integer({ min: 0, max: 6_000 }) };
const fault = fc.oneof(
  fc.record({
    kind: fc.constantFrom('server-crash', 'server-pause', 'link-down'),
    target: fc.constantFrom('server-1', 'server-2', 'server-3'),
    ...span,
  }),
  fc.record({ kind: fc.constantFrom('load-balancer-crash', 'load-balancer-pause'), ...span }),
  fc.record({
    kind: fc.constant('partition'),
    between: fc.constantFrom('server-1', 'servers').map((server) => ['load-balancer', server]),
    direction: fc.constantFrom('both', 'forth', 'back'),
    ...span,
  }),
  fc.record({
    kind: fc.constantFrom('client-disconnect', 'link-down'),
    target: fc.constant('group'),
    ...span,
  }),
  fc.record({ kind: fc.constant('network-switch'), target: fc.constant('group'), atMs: span.atMs }),
);
const kind = fc.oneof(
  fc.constant({ kind: 'layer-4' }),
  fc.record({ kind: fc.constant('layer-7'), upgrade: fc.constantFrom('passed', 'removed') }),
);
const others = fc.record({
  algorithm: fc.constantFrom('round-robin', 'least-connections', 'source-hash'),
  idleTimeoutMs: fc.constantFrom(700, 5_000, 60_000),
  failOpen: fc.boolean(),
  healthCheck: fc
    .record({ protocol: fc.constantFrom('tcp', 'http') })
    .map((check) => ({ ...CHECK, ...check })),
});
const balancer = fc.tuple(kind, others).map(([one, rest]) => ({ ...one, ...rest }));

it('whatever goes wrong, the accounts are balanced and the run is the same again', () => {
  fc.assert(
    fc.property(
      balancer,
      fc.constantFrom(...Object.keys(TRANSPORTS)),
      fc.constantFrom('none', '1.2', '1.3'),
      fc.array(fault, { maxLength: 4 }),
      fc.constantFrom(0, 5),
      (loadBalancer, kind, tls, faults, lossPct) => {
        const over = {
          edge: { tls, loadBalancer },
          servers: { count: 3 },
          network: { access: { rttMs: 40, lossPct } },
          faults,
        };
        const { report, group, balancer: facts } = run(kind, loadBalancer, over, 'fingerprint');
        expect(group.deliveries.expected).toBe(group.deliveries.delivered + group.deliveries.lost);
        expect(group.deliveries).toMatchObject({ duplicates: 0, outOfOrder: 0 });
        expect(group.setupMs.count + group.neverReady).toBe(group.clients);
        const { attempts, opened, failed, closed } = group.connections;
        expect(opened + failed).toBeLessThanOrEqual(attempts);
        expect(closed).toBeLessThanOrEqual(opened);
        const servers = Object.values(facts.servers);
        const taken = facts.kind === 'layer-4' ? facts.connections : facts.requests - facts.unavailable;
        expect(servers.reduce((sum, { chosen }) => sum + chosen, 0)).toBeLessThanOrEqual(taken);
        for (const { open, peak, chosen } of servers) {
          expect(open).toBeGreaterThanOrEqual(0);
          expect(open).toBeLessThanOrEqual(peak);
          expect(peak).toBeLessThanOrEqual(chosen);
        }
        for (const { connectionsOpen } of Object.values(report.servers))
          expect(connectionsOpen).toBeGreaterThanOrEqual(0);
        expect(facts.failedChecks).toBeLessThanOrEqual(facts.checks);
        expect(Math.abs(facts.becameUnhealthy - facts.becameHealthy)).toBeLessThanOrEqual(
          3 * (1 + facts.crashes),
        );
        const again = run(kind, loadBalancer, over, 'fingerprint').report;
        expect({ ...again, engine: again.engine.fingerprint }).toEqual({
          ...report,
          engine: report.engine.fingerprint,
        });
      },
    ),
    { numRuns: cases(40, 2) },
  );
}, 240_000);
