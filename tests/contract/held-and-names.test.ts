import { describe, expect, it } from 'vitest';
import { presetScenario, recordsOf, run } from './worlds.ts';

/** The time in which each connection held something at its client, by its records; what is never filled lasts until it is closed. */
function heldByRecords(world: ReturnType<typeof run>): { holes: number; us: number } {
  const since = new Map<number, number>();
  let [holes, us] = [0, 0];
  const end = (connection: number, atUs: number) => {
    us += atUs - (since.get(connection) ?? atUs);
    since.delete(connection);
  };
  for (const { kind, atUs, connection, down, segments } of world.trace.all([
    'stream.held',
    'connection.closed',
  ])) {
    const number = Number(connection);
    if (kind === 'connection.closed' ? down === 0 : down === 1 && segments === 0) end(number, atUs);
    else if (kind === 'stream.held' && down === 1 && !since.has(number)) {
      since.set(number, atUs);
      holes++;
    }
  }
  for (const [connection] of since) end(connection, world.trace.knownUntilUs);
  return { holes, us };
}

describe('what the report says of head-of-line blocking is what the records say', () => {
  it.each(['head-of-line', 'lossy-mobile', 'link-down'])('%s', (name) => {
    const world = run(presetScenario(name));
    const groups = Object.values(world.report().groups);
    const sum = (of: (group: (typeof groups)[number]) => number) =>
      groups.reduce((all, one) => all + of(one), 0);
    const { holes, us } = heldByRecords(world);
    expect(sum(({ held }) => held.holes)).toBe(holes);
    expect(sum(({ held }) => held.ms)).toBeCloseTo(us / 1000, 6);
    if (name === 'head-of-line') expect(holes).toBeGreaterThan(0);
  });

  it('is nothing where nothing is lost', () => {
    for (const { held } of Object.values(run(presetScenario('new-connection')).report().groups))
      expect(held).toEqual({ holes: 0, ms: 0 });
  });
});

describe('lookups', () => {
  const polls = (ttlMs: number) =>
    run({
      version: 1,
      durationMs: 10_000,
      network: { access: { rttMs: 40 }, dns: { lookupMs: 30, ttlMs } },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 500 } }],
      clients: [{ name: 'reader', transport: { kind: 'polling', intervalMs: 1_000, keepAlive: false } }],
    });

  it('are answered from the cache until the TTL is over', () => {
    const world = polls(60_000);
    const dns = world.report().groups.reader?.dns;
    expect(dns).toEqual({
      answers: recordsOf(world, 'name.resolved').length,
      cached: (dns?.answers ?? 0) - 1,
      repeated: 0,
      lookupMs: 30,
    });
    expect(dns?.cached).toBeGreaterThan(5);
  });

  it('are made anew each time without one', () => {
    const dns = polls(0).report().groups.reader?.dns;
    expect(dns?.cached).toBe(0);
    expect(dns?.lookupMs).toBe(30 * (dns?.answers ?? 0));
  });
});
