import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROXY } from '../../src/trace/kinds.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';
import { cases } from '../effort.ts';
import { run } from './balanced.ts';

const KINDS = Object.keys(TRANSPORTS);
const PLAIN = KINDS.filter((kind) => kind !== 'websocket');

/** Clients of a transport behind a proxy that reads, `options` laid over it and `over` over the scenario. */
function proxied(
  kind: string,
  options: object = {},
  { edge = {}, ...over }: { edge?: object; [part: string]: unknown } = {},
) {
  const proxy = { kind: 'intercepting', ...options };
  const result = run(kind, null as never, { edge: { tls: 'none', proxy, ...edge }, ...over });
  return { ...result, proxy: result.report.proxy as NonNullable<typeof result.report.proxy> };
}

const direct = (kind: string, over: object = {}) =>
  run(kind, null as never, { edge: { tls: 'none' }, ...over });

type Records = ReturnType<typeof run>['records'];

/** What was sent on clients' connections, or on the proxy's own, under a name. */
function unitsOf(records: Records, own: boolean, name: string) {
  const opened = records('connection.attempted').filter(({ client }) => (client === PROXY) === own);
  const mine = new Set(opened.map(({ connection }) => connection));
  return records('unit.sent').filter(({ connection, what }) => mine.has(connection) && what === name);
}

/** Attempts of a client end after a few, so that a run has a countable end. */
const TRIES = { kind: 'exponential', baseMs: 500, jitter: 'none', maxAttempts: 3 };
const group = (over: object) => ({
  clients: [{ name: 'group', count: 4, rooms: ['doc'], transport: { kind: 'websocket' }, ...over }],
});

describe.each(KINDS)('%s', (kind) => {
  it.each(['1.2', '1.3'])('with TLS %s it is as if there were no proxy, packet by packet', (tls) => {
    const there = proxied(kind, { upgrade: 'refused', responses: 'buffered' }, { edge: { tls } });
    const gone = run(kind, null as never, { edge: { tls } });
    expect(there.report.engine.fingerprint).toBe(gone.report.engine.fingerprint);
    expect(there.group).toEqual(gone.group);
    expect(Math.max(...Object.values(there.proxy))).toBe(0);
  });

  it('gets all that it gets without one, where nothing is taken away', () => {
    const { group, proxy } = proxied(kind, { upgrade: 'passed' });
    const without = direct(kind);
    expect(group.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(group.deliveries.expected).toBe(without.group.deliveries.expected);
    expect(group.neverReady).toBe(0);
    // It takes no time, and a request waits for a handshake inside the datacenter at most.
    const added =
      (group.deliveries.latencyMs.p50 as number) - (without.group.deliveries.latencyMs.p50 as number);
    expect(Math.abs(added)).toBeLessThan(1);
    expect(proxy.connections).toBe(group.connections.opened);
    // The last request of a client may be on its way when the run ends.
    expect(group.http.requests - proxy.requests).toBeGreaterThanOrEqual(0);
    expect(group.http.requests - proxy.requests).toBeLessThanOrEqual(group.clients);
    expect(proxy.ownConnections).toBeLessThanOrEqual(proxy.requests);
  });
});

describe.each(['removed', 'refused'] as const)('Upgrade is %s', (upgrade) => {
  it.each(PLAIN)('which is nothing to %s', (kind) => {
    const { group, proxy, report } = proxied(kind, { upgrade });
    const passed = proxied(kind, { upgrade: 'passed' });
    expect(report.engine.fingerprint).toBe(passed.report.engine.fingerprint);
    expect(group.deliveries).toMatchObject({ lost: 0, duplicates: 0 });
    expect(proxy).toMatchObject({ upgradesRemoved: 0, upgradesRefused: 0 });
  });

  it('and no WebSocket comes about, whatever is behind the proxy', () => {
    for (const loadBalancer of [null, { kind: 'layer-4' }, { kind: 'layer-7' }]) {
      const { group: counts } = proxied('websocket', { upgrade }, { edge: { loadBalancer } });
      expect(counts).toMatchObject({ neverReady: counts.clients });
      expect(counts.deliveries.delivered).toBe(0);
      expect(counts.connections.failed).toBe(0);
    }
  });
});

describe('a WebSocket through a proxy that reads', () => {
  it('is a plain GET to the server where Upgrade is removed, which that answers 426', () => {
    const { records, proxy, report } = proxied('websocket', {}, group({ reconnect: TRIES }));
    const requests = 4 * 4;
    expect(proxy).toMatchObject({ connections: requests, requests, upgradesRemoved: requests });
    expect(report.servers['server-1']?.requests).toBe(requests);
    const [asked] = unitsOf(records, false, 'websocket.upgrade');
    const [passed] = unitsOf(records, true, 'proxy.get');
    const added = 'Via: 1.1 proxy (squid/6.6)\r\nX-Forwarded-For: 203.0.113.7\r\n';
    const taken = 'Upgrade: websocket\r\nConnection: Upgrade\r\n';
    expect(Number(passed?.bytes) - Number(asked?.bytes)).toBe(added.length - taken.length);
    expect(unitsOf(records, true, 'websocket.426')).toHaveLength(requests);
    expect(unitsOf(records, false, 'websocket.426')).toHaveLength(requests);
  });

  it('is answered 403 by the proxy itself where Upgrade is refused, and the server hears nothing', () => {
    const { records, proxy, report } = proxied(
      'websocket',
      { upgrade: 'refused' },
      group({ reconnect: TRIES }),
    );
    expect(proxy).toMatchObject({ upgradesRefused: 16, upgradesRemoved: 0, ownConnections: 0 });
    expect(report.servers['server-1']).toMatchObject({ requests: 0, connectionsPeak: 0 });
    expect(unitsOf(records, false, 'proxy.403')).toHaveLength(16);
    const answers = records('route.ended').map(({ status, reason }) => `${status} ${reason}`);
    expect(new Set(answers)).toEqual(new Set(['403 Upgrade']));
  });

  it('becomes a tunnel where it passes, both ways', () => {
    const writer = { name: 'editor', room: 'doc', client: 'group/1' };
    const arrivals = { kind: 'periodic', everyMs: 500 };
    const { group: counts, records } = proxied(
      'websocket',
      { upgrade: 'passed' },
      { ...group({}), publishers: [{ ...writer, arrivals }] },
    );
    expect(counts.deliveries.lost).toBe(0);
    expect(counts.deliveries.delivered).toBeGreaterThan(100);
    expect(unitsOf(records, true, 'websocket.write')).toHaveLength(
      unitsOf(records, false, 'websocket.write').length,
    );
  });
});

describe('a proxy that holds responses back until they are whole', () => {
  it('lets nothing of an event stream through, which never is', () => {
    const { group: counts, records } = proxied('sse', { responses: 'buffered' });
    expect(counts).toMatchObject({ neverReady: counts.clients });
    expect(counts.deliveries.delivered).toBe(0);
    expect(unitsOf(records, true, 'sse.event').length).toBeGreaterThan(0);
    expect(unitsOf(records, false, 'sse.event')).toEqual([]);
  });

  it.each(['polling', 'long-polling'])('is nothing to %s, whose answers are', (kind) => {
    const buffered = proxied(kind, { responses: 'buffered' });
    expect(buffered.report.engine.fingerprint).toBe(proxied(kind).report.engine.fingerprint);
  });
});

describe('where the server is away', () => {
  const errors = (records: Records) =>
    records('route.ended').map(({ status, reason }) => `${status} ${reason}`);

  it('the proxy answers 503 when it takes no connection, and when it takes none in time', () => {
    const dead = proxied('polling', {}, { faults: [{ kind: 'server-crash', atMs: 0, forMs: 4_000 }] });
    expect(dead.proxy.unavailable).toBeGreaterThan(0);
    expect(errors(dead.records)).toContain('503 refused');
    const faults = [{ kind: 'link-down', target: 'server-1', atMs: 0, forMs: 9_000 }];
    const cut = proxied('polling', { connectTimeoutMs: 2_000 }, { faults });
    expect(errors(cut.records)).toContain('503 no connection in time');
    // The clients' own links are whole: their connections are made.
    expect(cut.group.connections.failed).toBe(0);
  });

  it('it answers 502 when the server dies with the request, 504 when nothing comes, and cuts what has begun', () => {
    const faults = [{ kind: 'server-crash', atMs: 5_000, forMs: 1_000 }];
    const publishers = [{ name: 'editor', room: 'doc', arrivals: { kind: 'at', timesMs: [18_000] } }];
    const held = proxied('long-polling', {}, { faults, publishers });
    expect(held.proxy.badGateway).toBe(6);
    expect(
      proxied('long-polling', { idleTimeoutMs: 3_000 }, { publishers }).proxy.gatewayTimeout,
    ).toBeGreaterThan(6);
    const idle = { idleTimeoutMs: 3_000, upgrade: 'passed' };
    const tunnels = proxied('websocket', idle, { publishers });
    expect(tunnels.proxy.idleTimeouts).toBeGreaterThanOrEqual(6);
    expect(new Set(errors(tunnels.records))).toEqual(new Set(['0 idle']));
  });
});

describe('with a load balancer behind it', () => {
  const PAIRS = (['layer-4', 'layer-7'] as const).flatMap((layer) =>
    KINDS.map((kind) => [layer, kind] as const),
  );

  it.each(PAIRS)('%s: %s gets all, by a link between the two', (layer, kind) => {
    const edge = { loadBalancer: { kind: layer } };
    const { group: counts, trace } = proxied(kind, { upgrade: 'passed' }, { edge });
    expect(counts.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(counts.neverReady).toBe(0);
    const between = trace.header?.links.findIndex((link) => link.kind === 'edge') ?? -1;
    const packets = trace.table('packet.sent');
    const { link } = COLUMN['packet.sent'];
    const rows = Array.from({ length: packets.length }, (_, row) => row);
    expect(rows.filter((row) => packets.get(row, link) >> 1 === between).length).toBeGreaterThan(0);
  });

  it('all clients have one address, so a hash of it sends them all to one server', () => {
    const loadBalancer = { kind: 'layer-7', algorithm: 'source-hash' };
    const over = { servers: { count: 3 } };
    const chosen = ({ report }: ReturnType<typeof run>) =>
      Object.values(report.loadBalancer?.servers ?? {}).filter((server) => server.chosen > 0).length;
    expect(chosen(proxied('polling', {}, { edge: { loadBalancer }, ...over }))).toBe(1);
    expect(chosen(direct('polling', { edge: { tls: 'none', loadBalancer }, ...over }))).toBeGreaterThan(1);
  });

  it('a cookie that keeps a client at its server goes through', () => {
    const loadBalancer = { kind: 'layer-7', stickiness: 'cookie' };
    const { records } = proxied('polling', {}, { edge: { loadBalancer }, servers: { count: 3 } });
    expect(records('route.chosen').some(({ why }) => why === 'cookie')).toBe(true);
  });
});

const span = { atMs: fc.integer({ min: 0, max: 15_000 }), forMs: fc.integer({ min: 0, max: 6_000 }) };
const fault = fc.oneof(
  fc.record({
    kind: fc.constantFrom('server-crash', 'server-pause', 'link-down'),
    target: fc.constantFrom('server-1', 'server-2'),
    ...span,
  }),
  fc.record({
    kind: fc.constantFrom('client-disconnect', 'link-down', 'client-sleep'),
    target: fc.constant('group'),
    ...span,
  }),
  fc.record({ kind: fc.constant('network-switch'), target: fc.constant('group'), atMs: span.atMs }),
);
const options = fc.record({
  upgrade: fc.constantFrom('passed', 'removed', 'refused'),
  responses: fc.constantFrom('streamed', 'buffered'),
  connectTimeoutMs: fc.constantFrom(500, 60_000),
  idleTimeoutMs: fc.constantFrom(700, 5_000, 900_000),
  keepAliveTimeoutMs: fc.constantFrom(300, 120_000),
});
const edges = fc.record({
  tls: fc.constantFrom('none', 'none', '1.3'),
  loadBalancer: fc.constantFrom(null, { kind: 'layer-4' }, { kind: 'layer-7' }),
});

it('whatever goes wrong, the accounts are balanced and the run is the same again', () => {
  fc.assert(
    fc.property(
      options,
      edges,
      fc.constantFrom(...KINDS),
      fc.array(fault, { maxLength: 3 }),
      fc.constantFrom(0, 5),
      (its, edge, kind, faults, lossPct) => {
        const over = { edge, servers: { count: 2 }, network: { access: { rttMs: 40, lossPct } }, faults };
        const { report, group: counts, proxy } = proxied(kind, its, over);
        expect(counts.deliveries.expected).toBe(counts.deliveries.delivered + counts.deliveries.lost);
        expect(counts.deliveries).toMatchObject({ duplicates: 0, outOfOrder: 0 });
        expect(counts.setupMs.count + counts.neverReady).toBe(counts.clients);
        const reads = edge.tls === 'none';
        // A WebSocket is there if, and only if, its Upgrade may pass; nobody else has any.
        const hasNone = kind === 'websocket' && reads && its.upgrade !== 'passed';
        if (hasNone) expect(counts.setupMs.count).toBe(0);
        if (kind !== 'websocket' || !hasNone) expect(proxy.upgradesRemoved + proxy.upgradesRefused).toBe(0);
        if (kind === 'sse' && reads && its.responses === 'buffered') expect(counts.setupMs.count).toBe(0);
        if (!reads) expect(Math.max(...Object.values(proxy))).toBe(0);
        expect(proxy.connections).toBeLessThanOrEqual(counts.connections.attempts);
        for (const { connectionsOpen } of Object.values(report.servers))
          expect(connectionsOpen).toBeGreaterThanOrEqual(0);
        const again = proxied(kind, its, over).report;
        expect(again.engine.fingerprint).toBe(report.engine.fingerprint);
      },
    ),
    { numRuns: cases(40, 3) },
  );
}, 240_000);
