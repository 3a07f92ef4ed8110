import { expect, test } from 'vitest';
import { readAhead } from '../../trace/ahead.ts';
import { KIND, Trace } from '../../trace/trace.ts';
import { readingOf } from './reading.ts';

/** A layer-4 load balancer chose server 0 for connection 1, forgot it, and chose server 1 for a late copy of its SYN. */
const STEPS: ((trace: Trace) => void)[] = [
  (trace) => trace.add(KIND['connection.attempted'], 0, 1, 0, -1, trace.text('poll')),
  (trace) => trace.add(KIND['route.chosen'], 10, 1, 0, 0, trace.text('round-robin')),
  (trace) => trace.add(KIND['connection.established'], 20, 1, 0),
  (trace) => trace.add(KIND['connection.established'], 30, 1, 1),
  (trace) => trace.add(KIND['route.chosen'], 40, 1, 1, 0, trace.text('round-robin')),
  (trace) => trace.add(KIND['connection.closed'], 50, 1, 1, trace.text('reset')),
  // Never open: no end of it is counted.
  (trace) => trace.add(KIND['connection.attempted'], 60, 2, 0, -1, trace.text('poll')),
  (trace) => trace.add(KIND['connection.closed'], 70, 2, 0, trace.text('refused')),
];

test('a connection is open at the server that it was established with, whenever the trace is read', () => {
  const ahead = new Trace('all');
  const late = new Trace('all');
  readingOf(ahead);
  for (const step of STEPS) {
    step(ahead);
    readAhead(ahead.tables, () => true);
    step(late);
  }
  for (const trace of [ahead, late]) {
    trace.knownUntilUs = 80;
    const { openAt } = readingOf(trace);
    const servers = (atUs: number) => [0, 1].map((server) => openAt('server', server, atUs));
    expect([25, 35, 45, 55].map(servers)).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
    expect([15, 25, 75].map((atUs) => openAt('client', 0, atUs))).toEqual([0, 1, 1]);
  }
});
