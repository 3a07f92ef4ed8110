import { describe, expect, it } from 'vitest';
import type { ConsumerSpec } from './api.ts';
import { Pending } from './pending.ts';

const SECOND = 1_000_000;
const pendingOf = (over: Partial<ConsumerSpec> = {}) =>
  new Pending(
    {
      ackPolicy: 'explicit',
      ackWaitUs: 30 * SECOND,
      backoffUs: [],
      maxDeliver: -1,
      maxAckPending: 1_000,
      ...over,
    } as ConsumerSpec,
    0,
  );

/** Delivers what is due at whole seconds. @returns when a message was delivered, s */
function deliveries(pending: Pending, untilS: number): number[] {
  const times = [0];
  pending.deliver(1, 1, 0);
  for (let s = 1; s <= untilS; s++) {
    pending.check(s * SECOND);
    const seq = pending.takeAgain();
    if (seq === 0) continue;
    pending.deliver(seq, 0, s * SECOND);
    times.push(s);
  }
  return times;
}

describe('what was not acknowledged', () => {
  it('comes again after ack_wait, for ever', () => {
    expect(deliveries(pendingOf(), 100)).toEqual([0, 30, 60, 90]);
  });

  it('or by the steps of a backoff, the last of which goes on', () => {
    const backoffUs = [1, 5, 15, 30].map((s) => s * SECOND);
    expect(deliveries(pendingOf({ backoffUs }), 120)).toEqual([0, 1, 6, 21, 51, 81, 111]);
  });

  it('until max_deliver is reached: then it is given up, and pending no more', () => {
    const pending = pendingOf({ maxDeliver: 2 });
    expect(deliveries(pending, 200)).toEqual([0, 30]);
    expect(pending.exceeded).toEqual([1]);
    expect(pending.size).toBe(0);
  });

  it('is one message with explicit, and everything before it with all', () => {
    const each = pendingOf();
    const all = pendingOf({ ackPolicy: 'all' });
    for (const pending of [each, all]) for (let seq = 1; seq <= 4; seq++) pending.deliver(seq, seq, 0);
    expect(each.ack(3)).toEqual([3]);
    expect(each.floorBelow(5)).toBe(0);
    expect(each.ack(3)).toEqual([]);
    expect(all.ack(3)).toEqual([1, 2, 3]);
    expect(all.floorBelow(5)).toBe(3);
  });

  it('holds new deliveries back at max_ack_pending', () => {
    const pending = pendingOf({ maxAckPending: 2 });
    pending.deliver(1, 1, 0);
    expect(pending.isFull).toBe(false);
    pending.deliver(2, 2, 0);
    expect(pending.isFull).toBe(true);
    pending.ack(1);
    expect(pending.isFull).toBe(false);
  });
});
