import { expect, it } from 'vitest';
import { recordsOf, run } from './worlds.ts';

/** When server 2 was found unhealthy, s: it is checked first after half an interval, and then every 2 s. */
const noticed = (kind: string, crashMs: number, faults: object[] = []) => {
  const world = run({
    version: 1,
    seed: 3,
    durationMs: 20_000,
    settleMs: 1_000,
    servers: { count: 2 },
    edge: {
      loadBalancer: {
        kind,
        healthCheck: { protocol: 'http', intervalMs: 2_000, timeoutMs: 500, unhealthyThreshold: 3 },
      },
    },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 500 } }],
    clients: [{ name: 'reader', rooms: ['doc'], transport: { kind: 'sse' } }],
    faults: [{ kind: 'server-crash', target: 'server-2', atMs: crashMs }, ...faults],
  });
  const changes = recordsOf(world, 'health.changed').filter(({ healthy }) => healthy === 0);
  return changes.map(({ atUs }) => Math.round(Number(atUs) / 100_000) / 10);
};

// HAProxy, server.c: a server begins with check.health = check.rise, "up, but will fall down at first failure"; one check
// that passes gives it all the failures that fall allows.
it('a balancer for HTTP believes the very first check of a server, and afterwards three in a row', () => {
  expect(noticed('layer-7', 500)).toEqual([1]);
  expect(noticed('layer-7', 1_500)).toEqual([7]);
  // A process that begins anew knows nothing of the one before.
  const again = [{ kind: 'load-balancer-crash', atMs: 10_000, forMs: 1_000 }];
  expect(noticed('layer-7', 1_500, again)).toEqual([7, 12]);
});

it('a balancer for TCP counts from the first check on', () => {
  expect(noticed('layer-4', 500)).toEqual([5]);
});
