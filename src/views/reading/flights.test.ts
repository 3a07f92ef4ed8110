import { expect, test } from 'vitest';
import { KIND, Trace } from '../../trace/trace.ts';
import { Flights } from './flights.ts';

/** A fixed sequence that looks random enough. */
function* numbers() {
  for (let x = 12345; ; x = (x * 1103515245 + 12345) % 2147483648) yield x;
}

test('packets under way equal a look at every row', () => {
  const trace = new Trace('all');
  const flights = new Flights(trace);
  const luck = numbers();
  const next = (below: number) => luck.next().value! % below;
  const sent: { at: number; end: number; lost: boolean }[] = [];
  const send = (at: number) => {
    const lost = next(10) === 0;
    const takes = next(500) === 0 ? 200_000 : 100 + next(5_000);
    trace.add(
      KIND['packet.sent'],
      at,
      0,
      1,
      60,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      lost ? -1 : takes,
      lost ? takes : -1,
      0,
    );
    sent.push({ at, end: at + takes, lost });
  };
  const brute = (now: number, linger: number) =>
    sent.flatMap((p, row) => (p.at <= now && (p.end > now || (p.lost && p.end > now - linger)) ? [row] : []));
  for (let i = 0; i < 3000; i++) send(i * 97);
  for (const now of [0, 97, 50_000, 123_456, 290_000, 600_000]) {
    expect(flights.at(now)).toEqual(brute(now, 0));
    expect(flights.at(now, 3_000)).toEqual(brute(now, 3_000));
  }
  for (let i = 3000; i < 4000; i++) send(i * 97);
  expect(flights.at(350_000, 900)).toEqual(brute(350_000, 900));
  expect(flights.at(350_000, 0, 5)).toEqual(brute(350_000, 0).slice(-5));
  expect(flights.at(350_000, 30_000, 40)).toEqual(brute(350_000, 30_000).slice(-40));
});
