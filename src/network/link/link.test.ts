import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSim } from '../../engine/sim.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { Trace } from '../../trace/trace.ts';
import { type LinkOptions, PACKET, type Packet, type PacketFault } from './contract.ts';
import { Links } from './path.ts';

const DEFAULT: LinkOptions = {
  rttMs: 100,
  upMs: null,
  downMs: null,
  jitterMs: 0,
  jitterDistribution: 'uniform',
  lossPct: 0,
  lossModel: null,
  rateKbps: null,
  queueBytes: 1_000_000,
  duplicatePct: 0,
  reorderPct: 0,
};

function packet(number: number, bytes = 100, what: number = PACKET.DATA): Packet {
  return {
    id: 0,
    connection: 0,
    bytes,
    what,
    why: 0,
    seqNo: number,
    ackNo: 0,
    dataBytes: bytes,
    firstUnit: 0,
    lastUnit: 0,
    extra: null,
  };
}

/** Sends packets up a link and tells when which arrived. */
function send(
  options: Partial<LinkOptions>,
  sends: { atUs: number; bytes?: number }[],
  seed = 1,
  fault?: PacketFault,
) {
  const kernel = new Kernel();
  const trace = new Trace('all');
  const links = new Links(createSim(kernel, trace, seed));
  const link = links.link('test', 0, { ...DEFAULT, ...options });
  if (fault !== undefined) link.addFault(fault);
  const path = links.path([link.up]);
  const arrived: { number: number; atUs: number }[] = [];
  const to = { receive: (got: Packet) => arrived.push({ number: got.seqNo, atUs: kernel.nowUs }) };
  const go = kernel.handler((number) => path.send(packet(number, sends[number]?.bytes), to));
  sends.forEach(({ atUs }, number) => kernel.at(atUs, go, number));
  kernel.run(10_000_000_000 / 2);
  return { arrived, counters: link.up.counters, trace };
}

describe('link', () => {
  it('delays by half the round-trip time, or by what the direction says', () => {
    expect(send({}, [{ atUs: 7 }]).arrived).toEqual([{ number: 0, atUs: 50_007 }]);
    expect(send({ upMs: 12.5 }, [{ atUs: 0 }]).arrived).toEqual([{ number: 0, atUs: 12_500 }]);
  });

  it('serialises at its rate and carries the fractions of a microsecond', () => {
    // 1000 packets of 100 B at 3 Mbit/s: 266.67 µs each, 266,667 µs together.
    const sends = Array.from({ length: 1000 }, () => ({ atUs: 0 }));
    const { arrived } = send({ rateKbps: 3000 }, sends);
    expect(arrived[0]?.atUs).toBe(50_000 + 267);
    expect(arrived[999]?.atUs).toBe(50_000 + 266_667);
  });

  it('drops what does not fit into the queue, the packet on the wire included', () => {
    const sends = Array.from({ length: 5 }, () => ({ atUs: 0, bytes: 1000 }));
    const { arrived, counters, trace } = send({ rateKbps: 1000, queueBytes: 3500 }, sends);
    expect(arrived.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(counters).toMatchObject({ packets: 5, bytes: 5000, lostPackets: 2 });
    expect(trace.record('packet.sent', 3)).toMatchObject({ reason: 'queue full', dropsAtUs: 0 });
  });

  it('keeps the order whatever the jitter, unless reordering is on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 2, maxLength: 60 }),
        fc.constantFrom('uniform' as const, 'normal' as const, 'pareto' as const),
        fc.integer({ min: 0, max: 80 }),
        fc.integer(),
        (gaps, jitterDistribution, jitterMs, seed) => {
          let atUs = 0;
          const sends = gaps.map((gap) => ({ atUs: (atUs += gap) }));
          const { arrived } = send({ jitterMs, jitterDistribution }, sends, seed);
          expect(arrived.map(({ number }) => number)).toEqual(sends.map((_, number) => number));
          for (const { number, atUs: at } of arrived)
            expect(at).toBeGreaterThanOrEqual(sends[number]?.atUs ?? 0);
        },
      ),
    );
    const sends = Array.from({ length: 200 }, (_, number) => ({ atUs: number * 1000 }));
    const { arrived } = send({ reorderPct: 20 }, sends);
    const overtaken = arrived.filter(
      ({ number }, index) => number > (arrived[index + 1]?.number ?? Infinity),
    );
    expect(overtaken.length).toBeGreaterThan(0);
  });

  it('keeps its luck when the loss changes: what is lost at 1 % is lost at 5 %', () => {
    const sends = Array.from({ length: 5000 }, (_, number) => ({ atUs: number * 1000 }));
    const lost = (lossPct: number) => {
      const there = new Set(send({ lossPct }, sends).arrived.map(({ number }) => number));
      return new Set(sends.map((_, number) => number).filter((number) => !there.has(number)));
    };
    const few = lost(1);
    const many = lost(5);
    expect(few.size).toBeGreaterThan(25);
    expect(few.size).toBeLessThan(80);
    expect([...few].every((number) => many.has(number))).toBe(true);
  });

  it('loses in bursts by Gilbert–Elliott, at the rate that the chain has', () => {
    const sends = Array.from({ length: 40_000 }, (_, number) => ({ atUs: number * 1000 }));
    const model = { kind: 'gilbert-elliott' as const, p: 0.01, r: 0.19, goodLossPct: 0, badLossPct: 100 };
    const { arrived, counters } = send({ lossModel: model }, sends);
    // p / (p + r) of the time in the bad state.
    expect(counters.lostPackets / sends.length).toBeGreaterThan(0.04);
    expect(counters.lostPackets / sends.length).toBeLessThan(0.06);
    const bursts = arrived.filter(
      ({ number }, index) => (arrived[index + 1]?.number ?? number) > number + 1,
    ).length;
    // 1 / r packets in a burst.
    expect(counters.lostPackets / bursts).toBeGreaterThan(4);
  });

  it('duplicates, and says so', () => {
    const { arrived, trace } = send({ duplicatePct: 100 }, [{ atUs: 0 }]);
    expect(arrived.map(({ number }) => number)).toEqual([0, 0]);
    const what = [0, 1].map((row) => trace.record('packet.sent', row).what);
    expect(what).toEqual([PACKET.DATA, PACKET.DATA | PACKET.DUPLICATE]);
  });

  it.each([
    ['drop', [1, 3]],
    ['delay', [1, 2, 3]],
    ['duplicate', [1, 2, 2, 3]],
  ] as const)('can %s one chosen packet', (kind, numbers) => {
    const sends = [1, 2, 3].map((number) => ({ atUs: number * 1000 }));
    const fault: PacketFault = { kind, direction: 'up', packet: 'data', nth: 2, byUs: 900 };
    const { arrived } = send({}, sends, 1, fault);
    expect(arrived.map(({ number }) => number + 1).sort()).toEqual(numbers);
    if (kind === 'delay') expect(arrived.find(({ number }) => number === 1)?.atUs).toBe(52_900);
  });

  it('swallows everything while it is down, and what is sent after its address went', () => {
    const kernel = new Kernel();
    const links = new Links(createSim(kernel, new Trace('all'), 1));
    const link = links.link('test', 0, DEFAULT);
    const path = links.path([link.up]);
    let arrived = 0;
    const to = { receive: () => arrived++ };
    link.setDown('up', true);
    path.send(packet(1), to);
    link.setDown('both', false);
    path.send(packet(2), to);
    kernel.run(1_000_000);
    expect(arrived).toBe(1);
    path.send(packet(3), to);
    path.cut();
    path.send(packet(4), to);
    kernel.run(2_000_000);
    expect(arrived).toBe(1);
  });

  it('takes two links in a row, in one record, or in two where the second is shared and serialises', () => {
    const run = (rateKbps: number | null) => {
      const kernel = new Kernel();
      const trace = new Trace('all');
      const links = new Links(createSim(kernel, trace, 1));
      const near = links.link('near', 0, { ...DEFAULT, rttMs: 20 });
      const far = links.link('far', 1, { ...DEFAULT, rttMs: 60 });
      const shared = links.link('shared', 2, { ...DEFAULT, rttMs: 2, rateKbps });
      const arrived: string[] = [];
      const to = { receive: (got: Packet) => arrived.push(`${got.seqNo} at ${kernel.nowUs}`) };
      // Sent first, but over the longer way: at the shared link it is the second.
      links.path([far.up, shared.up], far.up).send(packet(1, 1000), to);
      links.path([near.up, shared.up], near.up).send(packet(2, 1000), to);
      kernel.run(1_000_000);
      return { arrived, records: trace.table('packet.sent').length };
    };
    expect(run(null)).toEqual({ arrived: ['2 at 11000', '1 at 31000'], records: 2 });
    expect(run(8000)).toEqual({ arrived: ['2 at 12000', '1 at 32000'], records: 4 });
  });
});
