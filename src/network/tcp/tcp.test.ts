import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { CloseReason, Stream, StreamOwner } from '../../engine/contract/stream.ts';
import { createSim } from '../../engine/sim.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { Trace, type TraceRecord } from '../../trace/trace.ts';
import { Links } from '../link/path.ts';
import { PACKET } from './contract.ts';
import { createTcp, type TcpOptions } from './tcp.ts';

const LINK: LinkOptions = {
  rttMs: 100,
  upMs: null,
  downMs: null,
  jitterMs: 0,
  jitterDistribution: 'uniform',
  lossPct: 0,
  lossModel: null,
  rateKbps: null,
  queueBytes: 100_000,
  duplicatePct: 0,
  reorderPct: 0,
};

/** One end of the connection under test: what it heard. */
class End implements StreamOwner {
  stream!: Stream;
  heard: string[] = [];
  units: number[] = [];
  reason: CloseReason | null = null;
  onOpened = (): void => {};
  onReceived = (_unit: number): void => {};
  onEnded = (): void => {};

  opened(): void {
    this.heard.push('opened');
    this.onOpened();
  }
  received(unit: number): void {
    this.units.push(unit);
    this.onReceived(unit);
  }
  ended(): void {
    this.heard.push('ended');
    this.onEnded();
  }
  closed(reason: CloseReason): void {
    this.heard.push(reason);
    this.reason = reason;
  }
}

function rig(options: Partial<LinkOptions> = {}, seed = 1, tcpOptions: TcpOptions = {}) {
  const kernel = new Kernel();
  const trace = new Trace('all');
  const sim = createSim(kernel, trace, seed);
  const links = new Links(sim);
  const link = links.link('rig', 0, { ...LINK, ...options });
  const tcp = createTcp(sim, tcpOptions);
  const client = new End();
  const server = new End();
  const hosts = { client: tcp.host('client'), server: tcp.host('server') };
  const paths = { up: links.path([link.up]), down: links.path([link.down]) };
  const listen = () =>
    hosts.server.listen((stream) => {
      server.stream = stream;
      return server;
    });
  const connect = () => {
    client.stream = hosts.client.connect(
      { out: paths.up, back: paths.down, to: hosts.server, client: 0, server: 0, what: 'test' },
      client,
    );
  };
  return { kernel, trace, sim, link, client, server, hosts, paths, listen, connect };
}

/** Packets as a ladder: time in ms, direction, flags, sequence, what became of it. */
function ladder(trace: Trace): string[] {
  const lines: string[] = [];
  for (const record of trace.all()) {
    if (record.kind === 'packet.sent') lines.push(rung(record));
  }
  return lines;
}

function rung(record: TraceRecord): string {
  const what = record.what as number;
  const flags = Object.entries(PACKET).flatMap(([name, bit]) =>
    what & bit && bit <= PACKET.KEEPALIVE ? [name] : [],
  );
  const ms = (us: number | string | undefined) => (Number(us) / 1000).toFixed(1);
  const end = record.arrivesAtUs === undefined ? `✕ ${record.reason}` : `→ ${ms(record.arrivesAtUs)}`;
  const arrow = record.link === '0/up' ? '>' : '<';
  const again = record.why === 0 ? '' : ` (again: ${record.why})`;
  return `${ms(record.atUs)} ${arrow} ${flags.join('+')} ${record.seqNo}:${record.dataBytes} ack ${record.ackNo}${again} ${end}`;
}

describe('TCP', () => {
  it('shakes hands, carries a request and its answer, closes from both sides', () => {
    const { kernel, trace, client, server, listen, connect } = rig();
    listen();
    client.onOpened = () => client.stream.write(220, 1);
    client.onReceived = () => client.stream.end();
    server.onReceived = () => server.stream.write(129, 2);
    server.onEnded = () => server.stream.end();
    connect();
    kernel.run(10_000_000);
    expect(ladder(trace)).toEqual([
      '0.0 > SYN 0:0 ack 0 → 50.0',
      '50.0 < SYN+ACK 0:0 ack 1 → 100.0',
      '100.0 > ACK 1:0 ack 1 → 150.0',
      '100.0 > ACK+DATA 1:220 ack 1 → 150.0',
      '150.0 < ACK 1:0 ack 221 → 200.0',
      '150.0 < ACK+DATA 1:129 ack 221 → 200.0',
      '200.0 > ACK 221:0 ack 130 → 250.0',
      '200.0 > ACK+FIN 221:0 ack 130 → 250.0',
      '250.0 < ACK 130:0 ack 222 → 300.0',
      '250.0 < ACK+FIN 130:0 ack 222 → 300.0',
      '300.0 > ACK 222:0 ack 131 → 350.0',
    ]);
    expect(client.heard).toEqual(['opened', 'ended', 'finished']);
    expect(server.heard).toEqual(['opened', 'ended', 'finished']);
  });

  it('finds one lost segment by the SACK of the next, and repeats it at once (RACK)', () => {
    const { kernel, trace, link, client, server, sim, listen, connect } = rig();
    listen();
    server.onOpened = () => {
      link.addFault({ kind: 'drop', direction: 'down', packet: 'data', nth: 1, byUs: 0 });
      sim.later(1_000_000, () => server.stream.write(100, 1));
      sim.later(1_200_000, () => server.stream.write(100, 2));
    };
    connect();
    kernel.run(10_000_000);
    expect(ladder(trace).slice(3)).toEqual([
      '1150.0 < ACK+DATA 1:100 ack 1 ✕ dropped by hand',
      '1350.0 < ACK+DATA 101:100 ack 1 → 1400.0',
      '1400.0 > ACK 1:0 ack 1 → 1450.0',
      '1450.0 < ACK+DATA 1:100 ack 1 (again: 4) → 1500.0',
      '1500.0 > ACK 1:0 ack 201 → 1550.0',
    ]);
    expect(client.units).toEqual([1, 2]);
  });

  it('probes for a lost tail after SRTT + 200 ms, then backs off', () => {
    const { kernel, trace, link, server, sim, listen, connect } = rig();
    listen();
    server.onOpened = () => {
      sim.later(1_000_000, () => {
        link.setDown('down', true);
        server.stream.write(100, 1);
      });
    };
    connect();
    kernel.run(6_000_000);
    const sent = ladder(trace).slice(3);
    expect(sent.map((line) => line.replace(/.*(again: \d).*/, '$1'))).toEqual([
      expect.stringContaining('1150.0'),
      'again: 3',
      ...Array(sent.length - 2).fill('again: 2'),
    ]);
  });

  it('delivers every unit once and in order whatever the link does, or closes with a reason', () => {
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
      fc.property(links, writes, writes, outage, fc.integer(), (options, up, down, { atMs, forMs }, seed) => {
        const { kernel, link, client, server, sim, listen, connect } = rig(options, seed);
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
        expect(client.reason).not.toBeNull();
        // An end that gave up could not tell the other, which may then wait for ever: half-open, as in life.
        if (client.reason === 'finished') expect(server.reason).not.toBeNull();
      }),
      { numRuns: 250 },
    );
  });

  it('refuses where nobody listens, and gives up where nobody answers', () => {
    const refused = rig();
    refused.connect();
    refused.kernel.run(1_000_000);
    expect(refused.client.heard).toEqual(['refused']);

    const silent = rig({}, 1, { synRetries: 2, synLinearTimeouts: 0 });
    silent.link.setDown('both', true);
    silent.connect();
    silent.kernel.run(20_000_000);
    expect(silent.client.heard).toEqual(['timed out']);
  });

  it('takes a reset for the end', () => {
    const { kernel, client, server, listen, connect } = rig();
    listen();
    client.onOpened = () => client.stream.write(10, 1);
    server.onReceived = () => server.stream.abort();
    connect();
    kernel.run(5_000_000);
    expect(client.heard).toEqual(['opened', 'reset']);
    expect(server.heard).toEqual(['opened']);
  });

  it('closes simultaneously', () => {
    const { kernel, client, server, sim, listen, connect } = rig();
    listen();
    server.onOpened = () => sim.later(100_000, () => server.stream.end());
    client.onOpened = () => sim.later(150_000, () => client.stream.end());
    connect();
    kernel.run(5_000_000);
    expect(client.heard).toEqual(['opened', 'ended', 'finished']);
    expect(server.heard).toEqual(['opened', 'ended', 'finished']);
  });

  it('has the kernel close what a killed process leaves: FIN, then RST for what still comes', () => {
    const { kernel, client, server, hosts, sim, listen, connect } = rig();
    listen();
    client.onOpened = () => sim.later(1_000_000, () => hosts.server.killProcess());
    client.onEnded = () => client.stream.write(10, 1);
    connect();
    kernel.run(5_000_000);
    expect(client.heard).toEqual(['opened', 'ended', 'reset']);
    expect(server.heard).toEqual(['opened']);
    connect();
    kernel.run(6_000_000);
    expect(client.reason).toBe('refused');
  });

  it('knows nothing of a peer whose address went, until its own timeouts', () => {
    const { kernel, client, server, hosts, paths, sim, listen, connect } = rig({}, 1, { retries2: 3 });
    listen();
    client.onOpened = () =>
      sim.later(1_000_000, () => {
        hosts.client.dropAll('unreachable');
        paths.up.cut();
        paths.down.cut();
        expect(client.reason).toBeNull();
        sim.later(500_000, () => server.stream.write(10, 1));
      });
    connect();
    kernel.run(60_000_000);
    expect(client.heard).toEqual(['opened', 'unreachable']);
    expect(server.heard).toEqual(['opened', 'timed out']);
  });

  it('keeps an idle connection alive, and gives it up when probes go unanswered', () => {
    const keepAlive = { idleMs: 10_000, intervalMs: 1000, count: 3 };
    const { kernel, link, client, sim, listen, connect } = rig({}, 1, { keepAlive });
    listen();
    connect();
    kernel.run(60_000_000);
    expect(client.reason).toBeNull();
    sim.later(0, () => link.setDown('both', true));
    kernel.run(90_000_000);
    expect(client.reason).toBe('timed out');
  });

  it('makes the same record from the same seed, and another from another', () => {
    const run = (seed: number) => {
      const { kernel, trace, client, server, sim, listen, connect } = rig({ lossPct: 10, jitterMs: 5 }, seed);
      listen();
      server.onOpened = () => {
        for (let i = 0; i < 50; i++) sim.later(i * 20_000, () => server.stream.write(500, i + 1));
      };
      connect();
      kernel.run(30_000_000);
      expect(client.units.length).toBe(50);
      return trace.fingerprint;
    };
    expect(run(3)).toBe(run(3));
    expect(run(3)).not.toBe(run(4));
  });
});
