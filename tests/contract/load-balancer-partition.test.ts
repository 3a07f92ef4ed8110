import { describe, expect, it } from 'vitest';
import { CHECK, LAYERS, run } from './balanced.ts';

// Health checks notice what the server and the backplane do not: it lives, it hears of every message, and nobody asks it.
describe.each(LAYERS)('%s: a server parted from the load balancer alone', (layer) => {
  const faults = (direction: string) => [
    { kind: 'partition', between: ['load-balancer', 'server-2'], direction, atMs: 8_000, forMs: 6_000 },
  ];
  it.each(['both', 'forth', 'back'])('is found unhealthy, and healthy again afterwards: %s', (direction) => {
    const { records } = run(
      'polling',
      { kind: layer, healthCheck: CHECK },
      { servers: { count: 2 }, backplane: { kind: 'redis-pubsub' }, faults: faults(direction) },
    );
    const minds = records('health.changed').map(({ server, healthy, atUs }) => [
      server,
      healthy,
      Number(atUs),
    ]);
    expect(minds.map(([server, healthy]) => [server, healthy])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    const [found, again] = minds.map(([, , atUs]) => atUs as number) as [number, number];
    // Two checks of 1 s that each wait 500 ms in vain; two that pass.
    expect(found).toBeGreaterThan(8_500_000);
    expect(found).toBeLessThan(11_000_000);
    expect(again).toBeGreaterThan(14_000_000);
    expect(again).toBeLessThan(17_000_000);
    const handed = records('message.handed').filter(({ server }) => server === 1);
    expect(handed.some(({ atUs }) => Number(atUs) > found && Number(atUs) < 14_000_000)).toBe(true);
    const chosen = records('route.chosen').filter(({ server }) => server === 1);
    expect(chosen.some(({ atUs }) => Number(atUs) > found && Number(atUs) < 14_000_000)).toBe(false);
  });
});
