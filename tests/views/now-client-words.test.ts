import { expect, test } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import type { Kind } from '../../src/trace/kinds.ts';
import { nowSentence } from '../../src/trace/story/index.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { simulated } from './run.ts';

/** So slow that all that happens is told. */
const SLOW = 0.001;

/** What is said when a kind of record comes for the first time. */
function saidOf(trace: Trace, kind: Kind) {
  const said = nowSentence(trace, trace.table(kind).atUs(0), SLOW);
  return said === null ? '' : `${said.headline} ${said.why}`;
}

test('a message that comes again is told, and whether the client knows it by its id', () => {
  const trace = simulated('duplicates-dropped');
  expect(saidOf(trace, 'message.duplicated')).toMatch(
    /^Message \d+ comes to the Takes all client once more: a duplicate\. It keeps no ids/,
  );
  const { clients } = findPreset('duplicates-dropped')!.scenario;
  const dropsById = simulated('duplicates-dropped', { expect: [], clients: clients?.slice(1) });
  expect(dropsById.table('message.duplicated').length).toBe(0);
  expect(saidOf(dropsById, 'message.deduplicated')).toMatch(
    /once more, and is dropped by its id\. To the application it has come once/,
  );
});

test('a gap is told with how many are missing', () => {
  const trace = simulated('nats-queue-group');
  expect(saidOf(trace, 'gap.noticed')).toMatch(
    /misses \d+ messages? of .+, from number \d+ on\. A later one/,
  );
});

test('a load balancer that gives up is told by its layer: answers and closes at 7, forgets at 4', () => {
  const layer7 = simulated('proxy-idle-timeout');
  expect(saidOf(layer7, 'route.ended')).toBe(
    'The load balancer closes the connection of the SSE client. Nothing has passed for as long as it keeps a silent connection open.',
  );
  const answered = nowSentence(layer7, 60_236_000, SLOW);
  expect(answered?.headline).toBe('The load balancer answers 504 to the Held too long client.');
  const layer4 = simulated('rejoined-server', {
    'edge.loadBalancer.forgetUnhealthy': true,
    faults: [{ kind: 'partition', between: ['load-balancer', 'server-2'], atMs: 10_000 }],
  });
  expect(saidOf(layer4, 'route.ended')).toMatch(
    /^The load balancer forgets the connection of .+\. It takes the server for dead\. .+ gets a reset\.$/,
  );
});

test('what is lost on a server’s own link is told with whose it was', () => {
  const trace = simulated('two-servers', {
    faults: [{ kind: 'link-down', target: 'server-1', atMs: 2_000, forMs: 2_000 }],
  });
  const said = new Set<string>();
  for (let atUs = 2_000_000; atUs < 4_000_000; atUs += 20_000)
    said.add(nowSentence(trace, atUs, SLOW)?.headline ?? '');
  const lost = [...said].filter((headline) => headline.includes('lost'));
  expect(lost.length).toBeGreaterThan(0);
  for (const headline of lost) expect(headline).toMatch(/(to|of) (the )?(SSE|WebSocket)/);
});
