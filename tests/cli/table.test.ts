import { describe, expect, test } from 'vitest';
import { reportText } from '../../src/cli/table.ts';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { validate } from '../../src/scenarios/validate.ts';

/** A preset's report, and the lines of its table that speak of what is seldom. */
function told(name: string, over: object = {}) {
  const validation = validate({ ...findPreset(name)?.scenario, ...over });
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'fingerprint');
  while (!run.done) run.advance(run.endUs);
  const report = run.report(0);
  const text = reportText(report, validation.plan).replaceAll('\u00a0', ' ');
  return { report, text, lines: text.split('\n').filter((line) => /^[^✓✗:]+: \d/.test(line)) };
}

describe('the table for people says what came of it, wherever it came', () => {
  test('at the load balancer: refusals by their status, and what the checks found', () => {
    const { report, lines } = told('sticky-cookie');
    const balancer = report.loadBalancer;
    expect(balancer?.badGateway).toBeGreaterThan(0);
    expect(lines).toContain(
      `load balancer: ${balancer?.badGateway} × 502, bad gateway, ${balancer?.failedChecks} health checks failed, 1 server taken out`,
    );
    expect(lines).toContain('servers: 1 crash');
  });

  test('on hop 2: copies given up, and who noticed', () => {
    const { report, lines } = told('redis-away');
    const { dropped, wire } = report.backplane;
    expect(lines).toEqual([
      `websocket: ${report.groups.websocket?.deliveries.missed} noticed missing`,
      `hop 2, redis-pubsub: ${dropped} copies given up, ${wire.lostPackets} lost packets, ${wire.retransmissions} packets sent again by TCP`,
    ]);
  });

  test('why the other servers’ clients got nothing where there is no hop 2', () => {
    const said = 'hop 2, direct: nothing leads from server-1, where the source is, to the others';
    expect(told('two-servers').text).toContain(said);
    expect(told('race').text).not.toContain('hop 2');
  });

  test('clients that a change of the fleet moved, and what went to the wrong server', () => {
    const { report, lines } = told('ring-stale-view');
    const { movedClients, misrouted } = report.backplane;
    expect(misrouted).toBeGreaterThan(0);
    expect(lines.at(-1)).toContain(
      `hop 2, hash-ring: ${movedClients} clients moved to another server, ${misrouted} misrouted`,
    );
  });

  test('requests for which a server had no thread', () => {
    const { report, lines } = told('thread-per-request', { servers: { threads: 3, threadQueue: 0 } });
    const refused = report.servers['server-1']?.requestsRefused ?? 0;
    expect(refused).toBeGreaterThan(100);
    expect(lines).toContain(`servers: ${refused} requests refused for want of a thread`);
  });

  test('of responses when their first byte came, and when their last', () => {
    const { report, text } = told('slow-link');
    const { begun, complete, firstByteMs, lastByteMs } = report.groups.polling!.http.responses;
    const numbers = [firstByteMs, lastByteMs].flatMap(({ p50, p99, max }) => [p50, p99, max]);
    const [, rest = ''] = text.split('\nresponses ');
    expect(rest.split('\n')[1]?.split(/ {2,}/)).toEqual(
      ['polling', begun, complete, ...numbers.map((ms) => ms!.toFixed(1))].map(String),
    );
    expect(lastByteMs.max).toBeGreaterThan(firstByteMs.max!);
  });

  test('nothing where there is nothing', () => expect(told('new-connection').lines).toEqual([]));
});
