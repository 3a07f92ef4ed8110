import { describe, expect, it } from 'vitest';
import { someOf } from '../../tests/effort.ts';
import { findPreset, PRESETS } from '../scenarios/presets/index.ts';
import { createRun } from '../scenarios/run.ts';
import { validate } from '../scenarios/validate.ts';
import type { TraceHeader } from '../trace/header.ts';
import { nowSentence } from '../trace/story/index.ts';
import { KIND, Trace } from '../trace/trace.ts';
import { tellingMoment } from './telling-moment.ts';

function begun(name: string) {
  const validation = validate(findPreset(name)?.scenario);
  if (!validation.ok) throw new Error(`${name} does not hold`);
  return createRun(validation.plan, 'all');
}

function whole(name: string): Trace {
  const run = begun(name);
  run.advance(run.endUs);
  return run.trace;
}

/** As far as a run has to go for its moment to be known. */
function opened(name: string): { trace: Trace; atUs: number } {
  const run = begun(name);
  for (let untilUs = 0; untilUs < run.endUs; ) {
    run.advance((untilUs = Math.min(run.endUs, untilUs + 1_000_000)));
    const atUs = tellingMoment(run.trace);
    if (atUs !== null && atUs <= untilUs) return { trace: run.trace, atUs };
  }
  throw new Error(`${name} has no moment to begin with`);
}

describe('the moment to begin with', () => {
  it('has all clients ready and a message under way', () => {
    const trace = whole('race');
    const atUs = tellingMoment(trace) ?? 0;
    expect(trace.table('client.ready').firstAfter(atUs)).toBe(4);
    const published = trace.table('message.published').firstAfter(atUs);
    expect(published).toBeGreaterThan(0);
    expect(trace.table('message.delivered').firstAfter(atUs)).toBeLessThan(4 * published);
  });

  it.each([
    ['race', 'was lost'],
    ['server-crash', 'Server 1 crashes'],
    ['dns-down', 'DNS down'],
    ['link-down', 'All links down'],
    ['lost-datagram', 'A DNS query of Fresh 2 was lost'],
    ['snapshot-gap', 'disconnected'],
    ['kafka-commit-before', 'Server crashes'],
    ['nobody-watches', 'nobody gets it'],
    ['db-late-commit', 'does not get it'],
    ['streams-trimmed', 'Server 2 pauses'],
    ['upgrade-removed', 'got no WebSocket'],
    ['pulsar-shared', 'Server 2 pauses'],
    ['jetstream-redelivery', 'once more: a duplicate'],
    ['pubsub-no-order', 'behind later ones'],
    ['thread-per-request', 'is at the Reader client, after 19'],
    ['proxy-idle-timeout', 'closes the connection of the SSE client'],
  ])('of %s tells what it is about', (name, words) => {
    const { trace, atUs } = opened(name);
    expect(nowSentence(trace, atUs)?.headline).toContain(words);
  });

  it.each(['two-servers', 'polling-schedules', 'seventh-stream'])('of %s shows a few deliveries', (name) => {
    const trace = whole(name);
    const got = trace.table('message.delivered').firstAfter(tellingMoment(trace) ?? 0);
    expect(got).toBeGreaterThanOrEqual(3);
  });

  it.each(someOf(PRESETS, 0.15).map(({ name }) => name))(
    'of %s is told of at once, or soon after',
    (name) => {
      const { trace, atUs } = opened(name);
      const said = nowSentence(trace, atUs);
      expect(said).not.toBeNull();
      expect(atUs - (said?.atUs ?? 0)).toBeLessThanOrEqual(1_000_000);
    },
  );

  it.each([
    'race',
    'thread-per-request',
    'pulsar-shared',
    'one-lost-packet',
    'server-crash',
    'two-servers',
    'redis-away',
    'slow-link',
    'upgrade-removed',
    'proxy-idle-timeout',
  ])('of %s is the same whether the run is over or goes on', (name) => {
    const run = begun(name);
    let first: number | null = null;
    for (let atUs = 0; atUs < run.endUs && first === null; first = tellingMoment(run.trace))
      run.advance(Math.min((atUs += 100_000), run.endUs));
    run.advance(run.endUs);
    expect(first).not.toBeNull();
    expect(first).toBe(tellingMoment(run.trace));
  });

  it('is known only when all before it is: what goes wrong while a packet flies to its end comes first', () => {
    const trace = new Trace('all');
    trace.header = { endUs: 9_000_000, clients: [{ name: 'a' }] } as unknown as TraceHeader;
    trace.add(KIND['client.ready'], 1_000, 0, 1_000);
    trace.add(KIND['message.published'], 2_000, 0, 0, 10);
    const [down, dataBytes, dropsAfterUs] = [1, 60, 50_000];
    trace.add(KIND['packet.sent'], 2_100, down, 1, 100, 1, 0, 0, 0, 0, dataBytes, 1, 1, -1, dropsAfterUs);
    trace.knownUntilUs = 3_000;
    expect(tellingMoment(trace)).toBeNull();
    trace.add(KIND['gap.noticed'], 20_000, 0, 0);
    trace.knownUntilUs = 60_000;
    expect(tellingMoment(trace)).toBe(22_000);
  });

  it('is none as long as nothing is known', () => {
    expect(tellingMoment(new Trace('all'))).toBeNull();
  });
});
