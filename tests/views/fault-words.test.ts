import { expect, test } from 'vitest';
import { nowSentence } from '../../src/trace/story/index.ts';
import { clean, traceOf } from './story-runs.ts';

/** What is said of a server's crash when it happens. */
function saidOf(target: string, change: object): string {
  const crash = { kind: 'server-crash', atMs: 5_500, forMs: 1_000, target };
  return nowSentence(traceOf(clean({ kind: 'sse' }, 500, [crash], change)), 5_500_000)?.why ?? '';
}

test('a source without a server is told of only where there is one', () => {
  const alone = 'finds nobody to take an update';
  expect(saidOf('server-1', {})).toContain(alone);
  const two = { servers: { count: 2 } };
  expect(saidOf('server-1', two)).toContain(alone);
  expect(saidOf('server-2', two)).toContain('talks to another server');
  const kafka = saidOf('server-2', { ...two, backplane: { kind: 'kafka' } });
  expect(kafka).toContain('up to hop 2');
  expect(kafka).not.toContain(alone);
});
