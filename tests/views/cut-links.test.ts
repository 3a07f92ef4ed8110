import { describe, expect, test } from 'vitest';
import { linkReader } from '../../src/app/edit/network-at.ts';
import type { ScenarioInput } from '../../src/scenarios/validate.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { peerLinksOf } from '../../src/views/reading/peer-links.ts';
import { legCut, peerTrouble } from '../../src/views/reading/places.ts';
import { linkTrouble } from '../../src/views/stage/host-state.ts';
import { serverOfClient } from '../../src/views/stage/server-of.ts';
import { fleetPlan, fleetTrace } from './fleet-world.ts';

const TWO = { durationMs: 3_000, settleMs: 0, servers: { count: 2 } };
const planOf = (changes: Partial<ScenarioInput>) => fleetPlan({ ...TWO, ...changes });
const traceOf = (changes: Partial<ScenarioInput>) => fleetTrace({ ...TWO, ...changes });

describe.each(['both', 'up', 'down'] as const)('links that are down, which way: %s', (direction) => {
  const faults = (target: string) =>
    [{ kind: 'link-down', target, direction, atMs: 1_000, forMs: 1_500 }] as ScenarioInput['faults'];
  const loadBalancer = { kind: 'layer-7', healthCheck: { intervalMs: 200, timeoutMs: 100 } };
  const backplane = { kind: 'redis-pubsub' };

  /** Which ways packets of a link vanish while the fault is in force, and do not. */
  function fateOf(trace: Trace, link: RegExp) {
    const fate = { up: new Set<boolean>(), down: new Set<boolean>() };
    for (const { link: name, atUs, dropsAtUs } of trace.all(['packet.sent'])) {
      const [, way] = link.exec(String(name)) ?? [];
      if (way === undefined || atUs < 1_000_000 || atUs > 2_400_000) continue;
      fate[way as 'up' | 'down'].add(Number(dropsAtUs) >= 0);
    }
    return fate;
  }

  test.each([1, 2])('between the load balancer and its server, of %i', (count) => {
    const servers = { count };
    const target = `server-${count}`;
    const input = { servers, backplane, edge: { loadBalancer }, faults: faults(target) };
    const trace = traceOf(input as Partial<ScenarioInput>);
    const cutAt = (us: number) => legCut(trace, count - 1, us);
    expect([900_000, 1_100_000, 2_600_000].map(cutAt)).toEqual(['', direction, '']);
    if (count === 2) expect(legCut(trace, 0, 1_100_000)).toBe('');
    const fate = fateOf(trace, count === 1 ? /^datacenter\/(up|down)$/ : /^datacenter\/server-2\/(up|down)$/);
    expect(fate.up).toEqual(new Set([direction !== 'down']));
    // What cannot be asked is not answered; what is pushed meets its fate all the same.
    expect([...fate.down].every((vanished) => vanished === (direction !== 'up'))).toBe(true);
    // The clients' own links are whole, whoever draws them.
    expect(linkTrouble(trace, 0, 1_100_000)).toEqual({ cut: '', text: '' });
    expect(linkReader(planOf(input as Partial<ScenarioInput>))('sse/1', 1_100_000).cut).toBe('');
  });

  test.each([1, 2])('of a server that clients reach without a detour, of %i', (count) => {
    const input = { servers: { count }, backplane, faults: faults('server-1') } as Partial<ScenarioInput>;
    const trace = traceOf(input);
    const { clients } = trace.header as NonNullable<Trace['header']>;
    clients.forEach((_, client) => {
      const isCut = serverOfClient(trace, client, 1_100_000) === 0;
      expect(linkTrouble(trace, client, 1_100_000).cut).toBe(isCut ? direction : '');
      expect(linkTrouble(trace, client, 2_600_000).cut).toBe('');
    });
    expect(linkReader(planOf(input))('sse/1', 1_100_000).cut).toBe(count === 1 ? direction : '');
  });

  test('of a client, and of a node of hop 2', () => {
    const trace = traceOf({ faults: [...(faults('sse') ?? []), ...(faults('kafka-1') ?? [])] });
    const words = direction === 'both' ? 'link down' : `link cut ${direction}ward`;
    expect(linkTrouble(trace, 0, 1_100_000)).toEqual({ cut: direction, text: words });
    expect(linkTrouble(trace, 7, 1_100_000)).toEqual({ cut: '', text: '' });
    const { places } = trace.header as NonNullable<Trace['header']>;
    const place = (name: string) => places.findIndex((one) => one.name === name);
    const link = peerLinksOf(trace).between(place('server-1'), place('kafka-1'));
    expect(peerTrouble(trace, link, 1_100_000).cut).toBe(direction);
    const fate = fateOf(trace, /^server-1–kafka-1\/(up|down)$/);
    expect([...fate.up].every((vanished) => vanished === (direction !== 'down'))).toBe(true);
    expect([...fate.down].every((vanished) => vanished === (direction !== 'up'))).toBe(true);
    expect(new Set([...fate.up, ...fate.down]).has(true)).toBe(true);
  });
});
