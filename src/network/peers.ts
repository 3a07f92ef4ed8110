import type { WireFacts } from '../engine/contract/facts.ts';
import type { LinkOptions } from '../engine/contract/link-options.ts';
import type { Layout, PeerNetwork } from '../engine/contract/network.ts';
import type { Probes } from '../engine/contract/probes.ts';
import type { Sim } from '../engine/contract/sim.ts';
import type { SocketStream, StreamOwner } from '../engine/contract/stream.ts';
import type { Link } from './link/link.ts';
import type { Links, Route } from './link/path.ts';
import { TEARDOWN_US } from './server-stack.ts';
import type { Host, Tcp } from './tcp/tcp.ts';

type Accept = (stream: SocketStream, from: number) => StreamOwner;

/** Nobody reads any more. */
const DEAF: StreamOwner = { opened: () => {}, received: () => {}, ended: () => {}, closed: () => {} };

/** TCP between the processes of the datacenter: a link for each pair that may talk, plain TCP on it. */
export class Peers implements PeerNetwork {
  readonly links: Link[];
  readonly #sim: Sim;
  readonly #hosts: Host[];
  /** Both ways between two places, by both their numbers. */
  readonly #ways = new Map<string, { out: Route; back: Route }>();
  /** Who opened a connection that is not accepted yet. */
  readonly #dialled = new Map<number, number>();
  readonly #teardowns: number[] = [];

  /** @param firstLink number of the first of its links */
  constructor(sim: Sim, links: Links, tcp: Tcp, layout: Layout, options: LinkOptions, firstLink: number) {
    this.#sim = sim;
    this.#hosts = layout.peers.length === 0 ? [] : layout.places.map(({ name }) => tcp.host(`peer/${name}`));
    this.links = layout.peers.map(({ name, from, to }, index) => {
      const link = links.link(name, firstLink + index, options);
      this.#ways.set(`${from} ${to}`, { out: links.path([link.up]), back: links.path([link.down]) });
      this.#ways.set(`${to} ${from}`, { out: links.path([link.down]), back: links.path([link.up]) });
      return link;
    });
  }

  listen(place: number, accept: Accept): void {
    this.#host(place).listen((stream) => {
      const from = this.#dialled.get(stream.connection) as number;
      this.#dialled.delete(stream.connection);
      return accept(stream, from);
    });
  }

  connect(from: number, to: number, what: string, owner: StreamOwner, keepAlive?: Probes): SocketStream {
    const way = this.#ways.get(`${from} ${to}`);
    if (way === undefined)
      throw new Error(`no link between places ${from} and ${to}: the manifest declares none`);
    const { out, back } = way;
    const route = { out, back, to: this.#host(to), from, toward: to, peer: true, what };
    const stream = this.#host(from).connect(route, owner, { keepAlive });
    this.#dialled.set(stream.connection, from);
    return stream;
  }

  kill(place: number): void {
    const host = this.#hosts[place];
    if (host === undefined) return;
    host.listen(() => DEAF);
    this.#teardowns[place] = this.#sim.later(TEARDOWN_US, () => this.#closeFiles(place));
  }

  revive(place: number): void {
    if (this.#teardowns[place]) this.#closeFiles(place);
  }

  wire(): WireFacts {
    const sum: WireFacts = { packets: 0, bytes: 0, lostPackets: 0, retransmissions: 0 };
    for (const { counters } of this.links) {
      sum.packets += counters.packets;
      sum.bytes += counters.bytes;
      sum.lostPackets += counters.lostPackets;
      sum.retransmissions += counters.retransmissions;
    }
    return sum;
  }

  #closeFiles(place: number): void {
    this.#sim.kernel.cancel(this.#teardowns[place] as number);
    this.#teardowns[place] = 0;
    this.#host(place).killProcess();
  }

  #host(place: number): Host {
    return this.#hosts[place] as Host;
  }
}
