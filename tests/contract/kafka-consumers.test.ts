import { describe, expect, it } from 'vitest';
import { world } from './kafka-world.ts';
import { reasonsOf, recordsOf } from './worlds.ts';

describe('a group', () => {
  it('hands each message to one of its servers, and says who does not get it', () => {
    const shared = world({ backplane: { pattern: 'group', partitions: 4, autoOffsetReset: 'earliest' } });
    const { totals, backplane } = shared.report();
    expect(backplane.handed).toBe(totals.published);
    expect(totals.deliveries.delivered).toBe(totals.published);
    expect([...reasonsOf(shared)]).toEqual(['the partition belongs to another server of the group']);
  });

  it('deals out every partition to one member, as the records tell it', () => {
    for (const assignment of ['range', 'round-robin', 'cooperative-sticky']) {
      const shared = world({ backplane: { pattern: 'group', partitions: 5, assignment } });
      const owners = new Map<number, number>();
      for (const { what, part, owner } of recordsOf(shared, 'owner.changed'))
        if (what === 'partition') owners.set(Number(part), Number(owner));
      expect([...owners.keys()].sort()).toEqual([0, 1, 2, 3, 4]);
      const counts = [0, 1].map((server) => [...owners.values()].filter((owner) => owner === server).length);
      expect(counts.sort()).toEqual([2, 3]);
    }
  });

  it.each([
    [1, 3_000],
    [2, 6_000],
  ])(
    'of %i servers deals out for the first time after %i ms: who joins meanwhile makes it wait once more',
    (count, ms) => {
      const fresh = world({
        servers: { count },
        clients: [{ name: 'group', rooms: ['doc'], transport: { kind: 'websocket' } }],
        backplane: { pattern: 'group' },
      });
      const joined = recordsOf(fresh, 'member.changed').filter(({ group }) => group === 'servers');
      const atUs = (state: string) => Number(joined.find((record) => record.state === state)?.atUs);
      expect(atUs('a member') - atUs('joining')).toBeGreaterThanOrEqual(ms * 1_000);
      expect(atUs('a member') - atUs('joining')).toBeLessThan((ms + 100) * 1_000);
    },
  );

  it('goes on without a server that is silent for longer than its session', () => {
    const faults = [{ kind: 'server-pause', target: 'server-2', atMs: 6_000, forMs: 12_000 }];
    const options = { pattern: 'group', partitions: 4, sessionTimeoutMs: 6_000, autoOffsetReset: 'earliest' };
    const left = world({ faults, backplane: options });
    const states = recordsOf(left, 'member.changed').filter(({ group }) => group === 'servers');
    expect(states.map(({ state }) => state)).toContain('expired');
    const { totals, backplane } = left.report();
    expect(backplane.handed).toBeGreaterThanOrEqual(totals.published);
  });
});

describe('offsets', () => {
  it('that could not be committed are as soon as there is a coordinator again', () => {
    // The partition of offsets is led by the second broker.
    const faults = [{ kind: 'broker-crash', target: 'kafka-2', atMs: 6_000, forMs: 60_000 }];
    const orphaned = world({ faults, backplane: { fetchMaxWaitMs: 100 } });
    const committed = recordsOf(orphaned, 'cursor.moved').filter(
      ({ committed, consumer }) => committed === 1 && Number(consumer) < 2,
    );
    // Due at ten seconds; the dead broker is fenced nine seconds after its last heartbeat, by fifteen at the latest.
    const next = committed.find(({ atUs }) => atUs > 6_000_000);
    expect(next?.atUs).toBeLessThan(15_500_000);
  });
});

describe('a connection', () => {
  it('is given longer with each attempt that fails: ten seconds, twenty, thirty at most, a fifth more or less', () => {
    const faults = [{ kind: 'partition', between: ['server-2', 'backplane'], atMs: 500, forMs: 99_000 }];
    const alone = world({ faults, durationMs: 20_000, settleMs: 80_000 });
    const waits = new Map<number, number[]>();
    for (const { actor, timer, atUs, dueAtUs } of recordsOf(alone, 'timer.started'))
      if (timer === 'connectionSetupTimeout' && atUs > 500_000)
        waits.set(Number(actor), [...(waits.get(Number(actor)) ?? []), (Number(dueAtUs) - atUs) / 1e6]);
    const [longest] = [...waits.values()].sort((a, b) => b.length - a.length) as [number[]];
    expect(longest.length).toBeGreaterThanOrEqual(3);
    for (const [i, seconds] of longest.entries()) {
      const term = Math.min(10 * 2 ** i, 30);
      expect(seconds).toBeGreaterThanOrEqual(term * 0.8);
      expect(seconds).toBeLessThanOrEqual(Math.min(term * 1.2, 30));
    }
  });
});
