import type { LinkOptions } from '../../../src/engine/contract/link-options.ts';
import type { CloseReason, Stream, StreamOwner } from '../../../src/engine/contract/stream.ts';
import { createSim } from '../../../src/engine/sim.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import type { Link } from '../../../src/network/link/link.ts';
import { Links, type Route } from '../../../src/network/link/path.ts';
import {
  createTcp,
  type Host,
  type StackOptions,
  type Tcp,
  type TcpOptions,
} from '../../../src/network/tcp/tcp.ts';
import { type Keep, Trace } from '../../../src/trace/trace.ts';
import { RIG_MS } from '../rig.ts';

/** The rig of the records: a client and a server, one link between them. Times in ms. */
export const LINK: LinkOptions = {
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

/** The emulator handles one packet after the other: 690 full ones at once took it 7 ms, whatever R was. */
const RIG_KBPS = 1_150_000;
const RIG_QUEUE_BYTES = 100_000_000;

export interface World {
  kernel: Kernel;
  trace: Trace;
  link: Link;
  links: Links;
  tcp: Tcp;
  client: Host;
  server: Host;
  up: Route;
  down: Route;
  sim: ReturnType<typeof createSim>;
  options: LinkOptions;
}

export function world(
  seed: number,
  options: Partial<LinkOptions>,
  keep: Keep = 'none',
  tcp: StackOptions = {},
): World {
  const kernel = new Kernel();
  const trace = new Trace(keep);
  const sim = createSim(kernel, trace, seed);
  const links = new Links(sim);
  const all = { ...LINK, ...options };
  const rate =
    all.rateKbps === null ? { rateKbps: RIG_KBPS, queueBytes: RIG_QUEUE_BYTES } : { rateKbps: all.rateKbps };
  const link = links.link('rig', 0, { ...all, ...rate, rttMs: all.rttMs + RIG_MS });
  const stack = createTcp(sim, tcp);
  return {
    kernel,
    trace,
    sim,
    links,
    link,
    options: all,
    tcp: stack,
    client: stack.host('client'),
    server: stack.host('server'),
    up: links.path([link.up]),
    down: links.path([link.down]),
  };
}

/** An owner that does nothing but what it is told to. */
export function owner(on: Partial<StreamOwner>): StreamOwner {
  return {
    opened: on.opened ?? (() => {}),
    received: on.received ?? (() => {}),
    ended: on.ended ?? (() => {}),
    closed: on.closed ?? (() => {}),
  };
}

export function connect(w: World, on: Partial<StreamOwner>, options: TcpOptions = {}): Stream {
  const route = { out: w.up, back: w.down, to: w.server, from: 0, toward: 0, what: 'test' };
  return w.client.connect(route, owner(on), options);
}

/** Bytes of a WebSocket upgrade and its answer, as Node's `ws` writes them. */
export const UPGRADE_BYTES = 220;
export const SWITCHING_BYTES = 129;

/**
 * A WebSocket from client to server, as far as TCP sees it: connect, upgrade, 129 bytes of answer.
 * @param open called with the server's stream when the client has the answer
 * @param received at the client, for each later unit @param commanded at the server, for each later unit
 */
export function webSocket(
  w: World,
  open: (stream: Stream) => void,
  received: (unit: number) => void,
  options: TcpOptions = {},
  commanded: (stream: Stream) => void = () => {},
  closed: (reason: CloseReason) => void = () => {},
): Stream {
  let server: Stream | null = null;
  w.server.listen((stream) => {
    server = stream;
    return owner({
      received: (unit) => {
        if (unit === -1) stream.write(SWITCHING_BYTES, -1);
        else commanded(stream);
      },
    });
  });
  const client = connect(
    w,
    {
      opened: () => client.write(UPGRADE_BYTES, -1),
      received: (unit) => {
        if (unit === -1) open(server as unknown as Stream);
        else received(unit);
      },
      closed,
    },
    options,
  );
  return client;
}
