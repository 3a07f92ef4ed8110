import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketStream } from './contract.ts';
import { rig } from './rig.testkit.ts';

/** A server that writes from its start on, to a client that does not read from `pauseMs` to `resumeMs`. */
function slowReader(
  link: Parameters<typeof rig>[0],
  units: number,
  bytes: number,
  pauseMs: number,
  resumeMs: number,
) {
  const { kernel, trace, client, server, sim, listen, connect } = rig(link);
  const times: number[] = [];
  listen();
  client.onReceived = () => times.push(kernel.nowUs / 1000);
  server.onOpened = () => {
    for (let unit = 1; unit <= units; unit++) server.stream.write(bytes, unit);
    server.stream.end();
  };
  client.onEnded = () => client.stream.end();
  connect();
  sim.later(pauseMs * 1000, () => (client.stream as SocketStream).read(false));
  sim.later(resumeMs * 1000, () => (client.stream as SocketStream).read(true));
  return { kernel, trace, client, server, times };
}

describe('a reader that leaves what comes to its kernel', () => {
  it('closes the window: the writer stops, asks at ever longer intervals, and goes on when it is told', () => {
    const { kernel, trace, client, server, times } = slowReader({ rttMs: 20 }, 100, 10_000, 0, 10_000);
    kernel.run(9_000_000);
    expect(times).toEqual([]);
    // 64 kB wait in the receiver's kernel; the rest has not left the writer.
    const waiting = server.stream.pendingBytes;
    expect(waiting).toBeGreaterThan(1_000_000 - 65_536);
    expect(waiting).toBeLessThanOrEqual(1_000_000 - 65_536 + 1_448);
    const probes = [...trace.all()].filter((r) => r.kind === 'packet.sent' && (Number(r.what) & 32) !== 0);
    const gaps = probes.map(({ atUs }) => atUs).map((at, index, all) => at - (all[index - 1] ?? 0));
    expect(probes.length).toBeGreaterThan(3);
    gaps.slice(2).forEach((gap, index) => {
      expect(gap / (gaps[index + 1] as number)).toBeGreaterThan(1.8);
    });
    kernel.run(60_000_000);
    expect(client.units).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(client.reason).toBe('finished');
    // It is told of the room at once, and does not wait for the next probe.
    expect(Math.max(...times)).toBeLessThan(11_000);
  });

  it('loses nothing and keeps the order, whatever the link does and however long it takes', () => {
    const options = fc.record({
      rttMs: fc.integer({ min: 1, max: 200 }),
      lossPct: fc.integer({ min: 0, max: 20 }),
      rateKbps: fc.constantFrom(null, 2_000),
    });
    fc.assert(
      fc.property(
        options,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (link, units, bytes, pauseMs, forMs) => {
          const { kernel, client } = slowReader(link, units, bytes, pauseMs, pauseMs + forMs);
          kernel.run(2_000_000_000);
          expect(client.units).toEqual(Array.from({ length: units }, (_, index) => index + 1));
        },
      ),
      { numRuns: 80, seed: 7 },
    );
  });
});
