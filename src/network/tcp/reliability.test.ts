import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../../../tests/effort.ts';
import { CONGESTION_CONTROLS } from './congestion/controls.ts';
import { type End, rig } from './rig.testkit.ts';

describe('TCP on any link', () => {
  it.each(Object.entries(CONGESTION_CONTROLS))(
    '%s delivers every unit once and in order whatever the link does, or closes with a reason',
    (_, createCongestion) => {
      const writes = fc.array(
        fc.record({ gapMs: fc.integer({ min: 0, max: 300 }), bytes: fc.integer({ min: 1, max: 6000 }) }),
        {
          maxLength: 25,
        },
      );
      const links = fc.record({
        rttMs: fc.integer({ min: 1, max: 400 }),
        lossPct: fc.integer({ min: 0, max: 30 }),
        jitterMs: fc.integer({ min: 0, max: 60 }),
        duplicatePct: fc.constantFrom(0, 0, 10),
        reorderPct: fc.constantFrom(0, 0, 20),
        rateKbps: fc.constantFrom(null, null, 200, 2000),
        queueBytes: fc.constantFrom(5000, 100_000),
      });
      const outage = fc.record({
        atMs: fc.integer({ min: 0, max: 5000 }),
        forMs: fc.integer({ min: 0, max: 9000 }),
      });
      fc.assert(
        fc.property(
          links,
          writes,
          writes,
          outage,
          fc.integer(),
          (options, up, down, { atMs, forMs }, seed) => {
            const { kernel, link, client, server, sim, listen, connect } = rig(options, seed, {
              createCongestion,
            });
            listen();
            const script = (end: End, entries: typeof up, first: number) => {
              let atUs = 0;
              entries.forEach(({ gapMs, bytes }, index) => {
                atUs += gapMs * 1000;
                sim.later(atUs, () => end.stream.write(bytes, first + index));
              });
              sim.later(atUs, () => end.stream.end());
            };
            client.onOpened = () => script(client, up, 1);
            server.onOpened = () => script(server, down, 1001);
            sim.later(atMs * 1000, () => link.setDown('both', true));
            sim.later((atMs + forMs) * 1000, () => link.setDown('both', false));
            connect();
            kernel.run(3_000_000_000);
            const expectUnits = (end: End, entries: typeof up, first: number) => {
              const all = entries.map((_, index) => first + index);
              if (end.reason === 'finished') expect(end.units).toEqual(all);
              else expect(end.units).toEqual(all.slice(0, end.units.length));
            };
            expectUnits(server, up, 1);
            expectUnits(client, down, 1001);
            // An end that gave up could not tell the other, which may then wait for ever: half-open, as in life.
            if (client.reason === null) expect(server.reason).toBe('timed out');
            const serverOpened = server.heard.includes('opened');
            if (serverOpened && server.reason === null) expect(client.reason).toBe('timed out');
          },
        ),
        { numRuns: cases(250, 30) },
      );
    },
  );
});
