import { expect, it } from 'vitest';
import type { CreateCongestion } from '../options.ts';
import { rig } from '../rig.testkit.ts';
import { createBbr } from './bbr/bbr.ts';
import { rate } from './delivery-rate.ts';

// A message and the probe of it are lost; the timeout repeats it while nothing counts as in flight.
it('BBR is told of a repeat that leaves alone, and of its round trip by the timestamp (RFC 7323 §4)', () => {
  const told: string[] = [];
  const overheard: CreateCongestion = (sender) => {
    const bbr = createBbr(sender);
    const { onTransmitStart, onAck } = bbr;
    bbr.onTransmitStart = (now, idle) => {
      told.push(`starts at ${Math.floor(sender.nowUs / 1000)}`);
      onTransmitStart.call(bbr, now, idle);
    };
    bbr.onAck = (delivered, lost, flag) => {
      onAck.call(bbr, delivered, lost, flag);
      told.push(`${rate.rttUs} µs, may be delayed: ${rate.mayBeDelayed}`);
    };
    return bbr;
  };
  const { kernel, link, server, sim, listen, connect } = rig({}, 1, { createCongestion: overheard });
  listen();
  server.onOpened = () => {
    for (const nth of [2, 3])
      link.addFault({ kind: 'drop', direction: 'down', packet: 'data', nth, byUs: 0 });
    sim.later(1_000_000, () => server.stream.write(100, 1));
    sim.later(2_000_000, () => server.stream.write(100, 2));
  };
  connect();
  kernel.run(10_000_000);
  expect(told).toEqual([
    'starts at 1150',
    '100000 µs, may be delayed: true',
    'starts at 2150',
    'starts at 2783',
    '100000 µs, may be delayed: false',
  ]);
});
