import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { CloseReason, Stream, StreamOwner } from '../../engine/contract/stream.ts';
import { createSim } from '../../engine/sim.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { Trace, type TraceRecord } from '../../trace/trace.ts';
import { Links } from '../link/path.ts';
import { PACKET } from './contract.ts';
import { createTcp, type StackOptions } from './tcp.ts';

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
export class End implements StreamOwner {
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

/** A client, a server, and a link between them. */
export function rig(options: Partial<LinkOptions> = {}, seed = 1, tcpOptions: StackOptions = {}) {
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
      { out: paths.up, back: paths.down, to: hosts.server, from: 0, toward: 0, what: 'test' },
      client,
    );
  };
  return { kernel, trace, sim, link, client, server, hosts, paths, listen, connect };
}

/** Packets as a ladder: time in ms, direction, flags, sequence, what became of it. */
export function ladder(trace: Trace): string[] {
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
