import { expect, test } from 'vitest';
import { KIND, Trace } from '../trace.ts';
import { longestThreadWait } from './threads.ts';

test('the longest wait for a thread is the longest of all so far, however long ago it was', () => {
  const trace = new Trace('all');
  const changed = (atUs: number, state: string, server: number, us: number) =>
    trace.add(KIND['thread.changed'], atUs, server, 0, 1, trace.text(state), us, 2, 4, 0);
  changed(1_000, 'taken', 0, 0);
  changed(5_000, 'taken', 0, 2_000_000);
  changed(6_000, 'freed', 0, 9_000_000);
  changed(7_000, 'taken', 1, 5_000_000);
  for (let i = 0; i < 30_000; i++) changed(10_000 + i, 'taken', 0, i % 1_000);
  changed(50_000, 'taken', 0, 3_000_000);
  const at = (nowUs: number) => longestThreadWait(trace, 0, nowUs);
  expect(at(4_999)).toEqual([]);
  expect(at(45_000)).toMatchObject([
    { atUs: 5_000, text: 'longest wait for one of its 4 threads: 2.00\u00a0s' },
  ]);
  expect(at(50_000)).toMatchObject([{ atUs: 50_000 }]);
  expect(at(45_000)).toMatchObject([{ atUs: 5_000 }]);
});
