import { describe, expect, it } from 'vitest';
import { findPreset } from '../scenarios/presets/index.ts';
import { createRun } from '../scenarios/run.ts';
import { validate } from '../scenarios/validate.ts';
import { KIND, Trace } from '../trace/trace.ts';
import { happeningsAt } from './announcer.ts';
import { nextMoment } from './moments.ts';

function race(): Trace {
  const validation = validate(findPreset('race')?.scenario);
  if (!validation.ok) throw new Error('the race does not hold');
  const run = createRun(validation.plan, 'all');
  run.advance(run.endUs);
  return run.trace;
}

describe('stepping', () => {
  it('goes through sendings, arrivals and losses, in both directions', () => {
    const trace = new Trace('all');
    const send = (atUs: number, arrives: number, drops: number) =>
      trace.add(KIND['packet.sent'], atUs, 1, 1, 40, 1, 0, 0, 0, 0, 0, 0, 0, arrives, drops);
    send(100, 50, -1);
    send(120, -1, 10);
    trace.knownUntilUs = 1000;
    const stops: number[] = [];
    for (let at: number | null = 0; at !== null; at = nextMoment(trace, at, true)) stops.push(at);
    expect(stops).toEqual([0, 100, 120, 130, 150]);
    const back: number[] = [];
    for (let at: number | null = 1000; at !== null; at = nextMoment(trace, at, false)) back.push(at);
    expect(back).toEqual([1000, 150, 130, 120, 100]);
  });

  it('does not go past what is known', () => {
    const trace = new Trace('all');
    trace.add(KIND['packet.sent'], 100, 1, 1, 40, 1, 0, 0, 0, 0, 0, 0, 0, 50, -1);
    trace.knownUntilUs = 120;
    expect(nextMoment(trace, 100, true)).toBeNull();
  });

  it('finds in the race every loss and delivery that it tells of', () => {
    const trace = race();
    let deliveries = 0;
    let losses = 0;
    for (let at = nextMoment(trace, 0, true); at !== null; at = nextMoment(trace, at, true)) {
      for (const what of happeningsAt(trace, at)) {
        if (what.startsWith('delivered')) deliveries++;
        if (what.endsWith('lost')) losses++;
      }
    }
    expect(deliveries).toBe(trace.table('message.delivered').length);
    expect(losses).toBeGreaterThan(0);
  });
});
