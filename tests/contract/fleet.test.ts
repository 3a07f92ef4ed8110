import { describe, expect, it } from 'vitest';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';

/** Several servers, four clients of a transport, and `over` laid over it. */
function run(kind: string, over: object) {
  const checked = validate({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    network: { access: { rttMs: 40 } },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 250 } }],
    clients: [{ name: 'group', count: 4, rooms: ['doc'], transport: { kind } }],
    ...over,
  } as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const world = createRun(checked.plan, 'all');
  world.advance(world.endUs);
  const deliveries = new Map<string, number>();
  for (const { kind, client } of world.trace.all())
    if (kind === 'message.delivered') {
      const name = world.trace.header?.clients[Number(client)]?.name ?? '';
      deliveries.set(name, (deliveries.get(name) ?? 0) + 1);
    }
  return { report: world.report(), trace: world.trace, deliveries };
}

describe.each(Object.keys(TRANSPORTS))('several servers, %s', (kind) => {
  it('deals the clients out in turn', () => {
    const { report } = run(kind, { servers: { count: 3 } });
    expect(Object.values(report.servers).map(({ connectionsPeak }) => connectionsPeak)).toEqual([2, 1, 1]);
  });

  it('works with one server and breaks with two, where the source talks to one', () => {
    const one = run(kind, { servers: { count: 1 } });
    expect(one.report.totals.deliveries.lost).toBe(0);
    const two = run(kind, { servers: { count: 2 } });
    expect([...two.deliveries.keys()].sort()).toEqual(['group/1', 'group/3']);
    expect(two.report.totals.deliveries.lost).toBe(two.report.totals.deliveries.expected / 2);
  });

  it('sends whoever finds no server to the next one', () => {
    const { report, trace } = run(kind, {
      servers: { count: 2 },
      faults: [{ kind: 'server-crash', target: 'server-2', atMs: 5_000 }],
    });
    // The clients of server-2 end at server-1, and get what is published from then on.
    expect(report.servers['server-2']).toMatchObject({ crashes: 1, connectionsOpen: 0 });
    expect(report.servers['server-1']).toMatchObject({ crashes: 0 });
    const late = [...trace.all(['message.delivered'])].filter((r) => r.atUs > 15_000_000);
    expect(new Set(late.map(({ client }) => client))).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe.each(Object.keys(TRANSPORTS))('a fleet that changes, %s', (kind) => {
  const fleet = { servers: { count: 2 }, backplane: { kind: 'redis-pubsub' } };

  it('has nobody at a server before it joins', () => {
    const faults = [{ kind: 'server-join', target: 'server-2', atMs: 8_000 }];
    const { report, trace } = run(kind, { ...fleet, faults });
    const joined = [...trace.all(['connection.established'])].find((r) => r.down === 1);
    expect(joined?.atUs).toBeLessThan(8_000_000);
    expect(report.groups.group?.neverReady).toBe(0);
    expect(report.servers['server-1']?.connectionsPeak).toBeGreaterThanOrEqual(4);
    expect(report.servers['server-2']).toMatchObject({ crashes: 0, requests: 0 });
    // From then on it is there for who comes.
    const late = { name: 'late', count: 2, rooms: ['doc'], transport: { kind }, startMs: 10_000 };
    const clients = [{ name: 'group', count: 4, rooms: ['doc'], transport: { kind } }, late];
    const more = run(kind, { ...fleet, faults, clients }).report;
    expect(more.servers['server-2']?.connectionsOpen).toBeGreaterThanOrEqual(1);
  });

  it('gives a draining server’s clients to the others, one after the other, and nobody is cut off', () => {
    const faults = [
      { kind: 'server-drain', target: 'server-2', atMs: 5_000, forMs: 14_000, spreadMs: 2_000 },
    ];
    const { report, trace } = run(kind, { ...fleet, faults });
    const away = [...trace.all(['client.sent-away'])];
    // Whoever asks again and again goes with the next answer.
    if (!kind.includes('polling'))
      expect(away.map(({ client, atUs }) => [client, atUs])).toEqual([
        [1, 5_000_000],
        [3, 6_000_000],
      ]);
    expect(report.servers['server-2']).toMatchObject({ crashes: 0, sentAway: away.length });
    const handedTo = (r: { kind: string; server?: unknown }) => r.kind === 'message.handed' && r.server === 1;
    const last = [...trace.all()].filter(handedTo).at(-1);
    // It is told of the room until nobody has watched it for a while.
    expect(last?.atUs).toBeLessThan(18_000_000);
    const late = [...trace.all(['message.delivered'])].filter((r) => r.atUs > 18_000_000);
    expect(new Set(late.map(({ client }) => client))).toEqual(new Set([0, 1, 2, 3]));
    const resets = [...trace.all(['connection.closed'])].filter((r) => r.reason === 'reset');
    expect(resets).toEqual([]);
  });
});

it('breaks the one server that a fault names, and its link alone', () => {
  const cut = run('websocket', {
    servers: { count: 2 },
    faults: [{ kind: 'link-down', target: 'server-1', atMs: 5_000 }],
  });
  const after = (client: number) =>
    [...cut.trace.all()].filter(
      (r) => r.kind === 'message.delivered' && r.client === client && r.atUs > 6_000_000,
    ).length;
  expect(after(0)).toBe(0);
  const lost = [...cut.trace.all(['packet.sent'])].filter((r) => r.reason === 'link down');
  expect(lost.length).toBeGreaterThan(0);
  const links = cut.trace.header?.links.map(({ name }) => name) ?? [];
  expect(links.slice(-2)).toEqual(['datacenter/server-1', 'datacenter/server-2']);
});
