import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { storyOfClient } from '../../src/trace/story/client.ts';
import { storyOfDelivery } from '../../src/trace/story/delivery.ts';
import { storyOfServer } from '../../src/trace/story/others.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { clientState } from '../../src/views/stage/client-state.ts';
import { serverState } from '../../src/views/stage/host-state.ts';
import { cases } from '../effort.ts';

function runOf(input: object) {
  const checked = validate(input as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const run = createRun(checked.plan, 'all');
  run.advance(run.endUs);
  return { trace: run.trace, report: run.report(0), plan: checked.plan };
}

const presetOf = (name: string) => findPreset(name)?.scenario as ScenarioInput;

/** Goes over the records of a pool and holds each against the ones before. */
function audit(trace: Trace, server: number, threads: number) {
  const table = trace.table('thread.changed');
  const sum = { taken: 0, freed: 0, waits: 0, left: 0, refused: 0, afterWait: 0, waitUs: 0, most: 0 };
  let [busy, waiting] = [0, 0];
  for (let row = 0; row < table.length; row++) {
    const record = trace.record('thread.changed', row);
    if (record.server !== server) continue;
    const state = record.state as 'taken' | 'freed' | 'waits' | 'left' | 'refused';
    sum[state]++;
    if (state === 'taken') {
      busy++;
      // Whoever waits comes first: nobody else is given a thread meanwhile.
      if (waiting > 0) sum.afterWait++;
      sum.waitUs = Math.max(sum.waitUs, Number(record.us));
      waiting = Math.max(0, waiting - 1);
    } else if (state === 'freed') busy--;
    else if (state === 'waits') waiting++;
    else if (state === 'left') waiting--;
    sum.most = Math.max(sum.most, busy);
    expect(record).toMatchObject({ busy, waiting, threads });
    expect(busy).toBeGreaterThanOrEqual(0);
    expect(busy).toBeLessThanOrEqual(threads);
  }
  return { ...sum, busy, waiting };
}

describe('held polls take every thread', () => {
  const { trace, report } = runOf(presetOf('thread-per-request'));

  test('never more than there are, each waited for in turn, and the accounts are balanced', () => {
    const sum = audit(trace, 0, 20);
    expect(sum.most).toBe(20);
    expect(sum.taken).toBe(sum.freed + sum.busy);
    expect(sum.waits).toBe(sum.afterWait + sum.left + sum.waiting);
    expect(sum.refused).toBe(0);
    expect(report.servers['server-1']).toMatchObject({
      threadsPeak: 20,
      threadWaitPeakMs: sum.waitUs / 1000,
      requests: sum.taken,
      requestsRefused: 0,
    });
  });

  test('the wait is told: at the client, on the way of a message, at the server, on its card', () => {
    const words = (steps: readonly { text: string }[] = []) => steps.map(({ text }) => text).join('\n');
    expect(words(storyOfClient(trace, 0, 30e6)?.steps)).toContain('its request waits for a thread');
    const late = storyOfDelivery(trace, 30, 0);
    expect(late?.parts.find(({ label }) => label === 'waiting for a thread')?.us).toBeGreaterThan(1e6);
    expect(words(late?.steps)).toContain('it has a thread of the server');
    expect(words(storyOfServer(trace, 0, 60e6)?.steps)).toContain('longest wait for one of its 20 threads');
    const header = trace.header as NonNullable<Trace['header']>;
    expect(clientState(trace, header, 0, 20e6).fact.text).toMatch(/^no thread 14\.0.s$/);
    expect(clientState(trace, header, 1, 20e6).fact.text).toMatch(/^request held 15\.8.s$/);
    expect(serverState(trace, header, 0, 20e6).fact).toMatch(/^20\/20, \d wait$/);
  });

  test('with as many threads as clients nobody waits, and all is as in an event loop', () => {
    const scenario = presetOf('thread-per-request');
    const wide = runOf({ ...scenario, servers: { threads: 26 }, expect: [] });
    const loop = runOf({ ...scenario, servers: { threads: null }, expect: [] });
    expect(audit(wide.trace, 0, 26).waits).toBe(0);
    expect(wide.report.groups).toEqual(loop.report.groups);
    expect(loop.trace.table('thread.changed').length).toBe(0);
  });
});

test('a full queue closes connections with no answer, and the server counts none of them as open', () => {
  const scenario = presetOf('thread-per-request');
  const { trace, report } = runOf({ ...scenario, servers: { threads: 20, threadQueue: 3 }, expect: [] });
  const sum = audit(trace, 0, 20);
  expect(sum.refused).toBeGreaterThan(10);
  expect(report.servers['server-1']?.requestsRefused).toBe(sum.refused);
  expect(report.servers['server-1']?.requests).toBe(sum.taken);
  const { closed } = report.groups.reader?.connections ?? { closed: 0 };
  expect(closed).toBeGreaterThan(10);
  expect(report.servers['server-1']?.connectionsOpen).toBeLessThanOrEqual(23);
});

test('a stream and a WebSocket keep a thread for as long as they are open', () => {
  for (const kind of ['sse', 'websocket']) {
    const { trace, report } = runOf({
      version: 1,
      durationMs: 10_000,
      settleMs: 2_000,
      servers: { threads: 3 },
      publishers: [{ name: 'p', room: 'r', arrivals: { kind: 'periodic', everyMs: 500 } }],
      clients: [{ name: 'all', count: 4, rooms: ['r'], transport: { kind } }],
    });
    expect(audit(trace, 0, 3)).toMatchObject({ taken: 3, freed: 0, waits: 1, waiting: 1 });
    expect(report.groups.all?.neverReady).toBe(1);
    expect(report.servers['server-1']?.threadWaitPeakMs).toBeGreaterThan(11_000);
  }
});

test('a load balancer’s checks wait for a thread too, so it takes a server that is full for a dead one', () => {
  const { report } = runOf({
    version: 1,
    durationMs: 60_000,
    settleMs: 2_000,
    servers: { count: 2, threads: 2 },
    edge: { loadBalancer: { kind: 'layer-7', healthCheck: { intervalMs: 2_000, timeoutMs: 1_000 } } },
    publishers: [{ name: 'p', room: 'r', startMs: 59_000, arrivals: { kind: 'periodic', everyMs: 60_000 } }],
    clients: [{ name: 'held', count: 4, rooms: ['r'], transport: { kind: 'long-polling', holdMs: 30_000 } }],
  });
  expect(report.loadBalancer?.failedChecks).toBeGreaterThan(2);
});

describe('a server that is full', () => {
  const scenario = presetOf('thread-per-request');
  const header = (trace: Trace) => trace.header as NonNullable<Trace['header']>;

  test('dies: who waited is told of, the wait counts, and the next process has no thread at work', () => {
    const faults = [{ kind: 'server-crash', atMs: 15_000, forMs: 1_000 }];
    const { trace, report } = runOf({ ...scenario, durationMs: 16_200, settleMs: 0, faults, expect: [] });
    const table = trace.table('thread.changed');
    const records = Array.from({ length: table.length }, (_, row) => trace.record('thread.changed', row));
    const left = records.filter(({ state, atUs }) => state === 'left' && atUs === 15e6);
    expect(left.map(({ busy, waiting }) => [busy, waiting])).toEqual([5, 4, 3, 2, 1, 0].map((n) => [0, n]));
    expect(report.servers['server-1']?.threadWaitPeakMs).toBeGreaterThan(8_000);
    const steps = storyOfClient(trace, 0, 15.5e6)?.steps.map(({ text }) => text);
    expect(steps?.some((text) => text.startsWith('it is gone before it had a thread'))).toBe(true);
    expect(serverState(trace, header(trace), 0, 14.9e6).fact).toBe('20/20, 6 wait');
    expect(serverState(trace, header(trace), 0, 16e6).fact).toBe('0/20 threads');
  });

  test('stands still: it turns nobody away before it goes on', () => {
    const faults = [{ kind: 'server-pause', atMs: 4_500, forMs: 4_000 }];
    const servers = { threads: 3, threadQueue: 0 };
    const { trace, report } = runOf({ ...scenario, durationMs: 20_000, servers, faults, expect: [] });
    const table = trace.table('thread.changed');
    const times = Array.from({ length: table.length }, (_, row) => table.atUs(row));
    expect(times.filter((atUs) => atUs > 4.5e6 && atUs < 8.5e6)).toEqual([]);
    expect(times.filter((atUs) => atUs === 8.5e6).length).toBeGreaterThan(0);
    expect(report.servers['server-1']).toMatchObject({ requestsRefused: audit(trace, 0, 3).refused });
  });
});

const anyRun = fc.record({
  seed: fc.nat(),
  threads: fc.integer({ min: 1, max: 6 }),
  threadQueue: fc.constantFrom(null, 0, 1, 5),
  balancer: fc.constantFrom(null, 'layer-4', 'layer-7'),
  kinds: fc.uniqueArray(fc.constantFrom('polling', 'long-polling', 'sse', 'websocket'), { minLength: 1 }),
  count: fc.integer({ min: 1, max: 4 }),
  faults: fc.array(
    fc.record({
      kind: fc.constantFrom(
        'server-crash',
        'server-pause',
        'client-disconnect',
        'client-sleep',
        'link-down',
        'server-drain',
      ),
      atMs: fc.integer({ min: 0, max: 9_000 }),
      forMs: fc.integer({ min: 1, max: 4_000 }),
    }),
    { maxLength: 3 },
  ),
});

test('whatever happens: never more at work than threads, balanced accounts, and the same again', () => {
  fc.assert(
    fc.property(anyRun, ({ seed, threads, threadQueue, balancer, kinds, count, faults }) => {
      const input = {
        version: 1,
        seed,
        durationMs: 10_000,
        settleMs: 5_000,
        servers: { threads, threadQueue },
        edge: { loadBalancer: balancer === null ? null : { kind: balancer } },
        publishers: [{ name: 'p', room: 'r', arrivals: { kind: 'poisson', perSecond: 3 } }],
        clients: kinds.map((kind) => ({ name: kind, count, rooms: ['r'], transport: { kind } })),
        faults,
      };
      const { trace, report } = runOf(input);
      const crashed = faults.some(({ kind }) => kind === 'server-crash');
      const server = report.servers['server-1'];
      expect(server?.threadsPeak).toBeLessThanOrEqual(threads);
      expect(server?.connectionsOpen).toBeGreaterThanOrEqual(0);
      if (!crashed) {
        const sum = audit(trace, 0, threads);
        expect(sum.taken).toBe(sum.freed + sum.busy);
        expect(sum.waits).toBe(sum.afterWait + sum.left + sum.waiting);
        expect(server).toMatchObject({ requests: sum.taken, requestsRefused: sum.refused });
      }
      expect(runOf(input).report.engine.fingerprint).toBe(report.engine.fingerprint);
    }),
    { numRuns: cases(25, 2) },
  );
});
