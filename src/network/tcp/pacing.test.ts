import { expect, it } from 'vitest';
import { createBbr } from './congestion/bbr/bbr.ts';
import { ladder, rig } from './rig.testkit.ts';

/**
 * A kernel hands segments down in bursts of what a millisecond at the pacing rate holds, two at least where that is
 * 1.2 Mbit/s or more (`bbr_min_tso_segs`), and paces the bursts: here 2.89 initial windows a round trip, 413 kB/s, so 7 ms
 * from one burst to the next, and half of that after idleness.
 */
it('paces bursts, not segments', () => {
  const { kernel, trace, server, sim, listen, connect } = rig({}, 1, { createCongestion: createBbr });
  listen();
  server.onOpened = () => {
    // The first ten are not paced.
    for (let i = 0; i < 10; i++) sim.later(i * 300_000, () => server.stream.write(100, i + 1));
    sim.later(4_850_000, () => server.stream.write(6 * 1448, 11));
  };
  connect();
  kernel.run(10_000_000);
  const answer = ladder(trace).filter((line) => line.includes(':1448'));
  expect(answer.map((line) => line.slice(0, 6))).toEqual([
    '5000.0',
    '5000.0',
    '5003.5',
    '5003.5',
    '5010.5',
    '5010.5',
  ]);
});
