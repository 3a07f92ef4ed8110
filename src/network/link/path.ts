import {
  KIND,
  type LinkOptions,
  PACKET,
  type Packet,
  type Path,
  type Receiver,
  type Sim,
} from './contract.ts';
import type { Direction, DropReason, Touch } from './direction.ts';
import { Link } from './link.ts';

/** All links of a run, and the packets that are on them. Packets wait in slots, so that an event is two integers. */
export class Links {
  readonly sim: Sim;
  readonly #packets: (Packet | null)[] = [];
  readonly #receivers: (Receiver | null)[] = [];
  readonly #routes: (Route | null)[] = [];
  #causes = new Int32Array(256);
  readonly #free: number[] = [];
  readonly #arrive: number;
  readonly #proceed: number;
  #packetIds = 0;

  constructor(sim: Sim) {
    this.sim = sim;
    this.#arrive = sim.kernel.handler((slot) => this.#onArrival(slot));
    this.#proceed = sim.kernel.handler((slot, leg) => this.#onNextLeg(slot, leg));
  }

  /** @param name of the random streams @param number of the link in the trace's header */
  link(name: string, number: number, options: LinkOptions): Link {
    return new Link(this.sim, name, number, options);
  }

  /**
   * A way over one or two links in a row.
   * @param legs in the order in which packets pass them
   * @param recorded the leg whose link `packet.sent` names: the one that is this path's alone (a client's access link)
   */
  path(legs: readonly Direction[], recorded: Direction = legs[0] as Direction): Route {
    return new Route(this, legs, recorded);
  }

  nextPacketId(): number {
    return ++this.#packetIds;
  }

  /** Keeps a packet until it is due. @param leg the leg that it enters then, or -1 when it arrives */
  schedule(atUs: number, packet: Packet, to: Receiver, route: Route, cause: number, leg: number): void {
    if (atUs > this.sim.kernel.horizonUs) return;
    let slot = this.#free.pop();
    if (slot === undefined) {
      slot = this.#packets.length;
      if (slot === this.#causes.length) {
        const causes = new Int32Array(slot * 2);
        causes.set(this.#causes);
        this.#causes = causes;
      }
    }
    this.#packets[slot] = packet;
    this.#receivers[slot] = to;
    this.#routes[slot] = route;
    this.#causes[slot] = cause;
    this.sim.kernel.at(atUs, leg < 0 ? this.#arrive : this.#proceed, slot, leg);
  }

  #onArrival(slot: number): void {
    const packet = this.#packets[slot] as Packet;
    const receiver = this.#receivers[slot] as Receiver;
    const gone = (this.#routes[slot] as Route).gone;
    const cause = this.#causes[slot] as number;
    this.#release(slot);
    if (gone) return;
    const trace = this.sim.trace;
    trace.cause = cause;
    receiver.receive(packet);
    trace.cause = -1;
  }

  #onNextLeg(slot: number, leg: number): void {
    const packet = this.#packets[slot] as Packet;
    const receiver = this.#receivers[slot] as Receiver;
    const route = this.#routes[slot] as Route;
    const cause = this.#causes[slot] as number;
    this.#release(slot);
    if (route.gone) return;
    this.sim.trace.cause = cause;
    route.enter(packet, receiver, leg);
    this.sim.trace.cause = -1;
  }

  #release(slot: number): void {
    this.#packets[slot] = null;
    this.#receivers[slot] = null;
    this.#routes[slot] = null;
    this.#free.push(slot);
  }
}

/** A path: one direction, over one or more links. */
export class Route implements Path {
  readonly #links: Links;
  readonly #legs: readonly Direction[];
  readonly #recorded: Direction;
  /** The address at one of its ends is no more: whatever is sent, or still under way, reaches nobody. */
  gone = false;

  constructor(links: Links, legs: readonly Direction[], recorded: Direction) {
    this.#links = links;
    this.#legs = legs;
    this.#recorded = recorded;
  }

  /** From now on nothing arrives any more: a client took another address (RFC 9293 knows no way to move one). */
  cut(): void {
    this.gone = true;
  }

  send(packet: Packet, to: Receiver): void {
    if (packet.id === 0) packet.id = this.#links.nextPacketId();
    this.enter(packet, to, 0);
  }

  /** Records that a packet that came this way ends here. */
  drop(packet: Packet, reason: DropReason): void {
    this.#lose(packet, this.#recorded, reason, this.#links.sim.kernel.nowUs);
  }

  /**
   * Decides the packet's fate from a leg on, and records it once for the whole way. Only where a later leg is shared with
   * other paths and keeps an order of its own, which is that of entering it and not that of sending, is the rest decided
   * when the packet gets there, and recorded for that leg's link.
   */
  enter(packet: Packet, to: Receiver, leg: number): void {
    if (this.gone) this.#lose(packet, this.#lost(leg), 'no route', this.#links.sim.kernel.nowUs);
    else this.#carry(packet, to, leg, false);
  }

  /** @param touch of a copy: that somebody made it */
  #carry(packet: Packet, to: Receiver, leg: number, copy: boolean, touch: Touch = ''): void {
    const links = this.#links;
    const sim = links.sim;
    let atUs = sim.kernel.nowUs;
    let duplicated = false;
    let made: Touch = '';
    let next = leg;
    for (;;) {
      const direction = this.#legs[next] as Direction;
      const arrivesUs =
        copy && next === leg ? direction.enterCopy(packet, atUs) : direction.enter(packet, atUs);
      duplicated = duplicated || direction.duplicated;
      if (direction.touch === 'delayed by hand') touch = direction.touch;
      else if (direction.touch !== '') made = direction.touch;
      if (arrivesUs < 0) {
        this.#lose(packet, this.#lost(next), direction.dropReason, direction.dropsAtUs, copy);
        break;
      }
      atUs = arrivesUs;
      next++;
      const following = this.#legs[next];
      if (following === undefined || (following.ordered && following !== this.#recorded)) {
        const link = leg === 0 ? this.#recorded : (this.#legs[leg] as Direction);
        const cause = this.#record(packet, link, atUs - sim.kernel.nowUs, -1, touch, copy);
        links.schedule(atUs, packet, to, this, cause, following === undefined ? -1 : next);
        break;
      }
    }
    if (duplicated && !copy) this.#carry(packet, to, leg, true, made);
  }

  /** The link that a packet lost on a leg is recorded for: the access link, unless it never got that far. */
  #lost(leg: number): Direction {
    const seen = this.#legs.slice(0, leg + 1);
    // With its address gone a packet does not even reach the link of whoever had it.
    return !this.gone && seen.includes(this.#recorded) ? this.#recorded : (this.#legs[leg] as Direction);
  }

  #lose(packet: Packet, link: Direction, reason: DropReason, atUs: number, copy = false): void {
    this.#record(packet, link, -1, atUs - this.#links.sim.kernel.nowUs, reason, copy);
  }

  #record(
    packet: Packet,
    link: Direction,
    arrives: number,
    drops: number,
    reason: string,
    copy: boolean,
  ): number {
    const trace = this.#links.sim.trace;
    if (trace.keep === 'none') return -1;
    return trace.add(
      KIND['packet.sent'],
      this.#links.sim.kernel.nowUs,
      link.traceLink,
      packet.id,
      packet.bytes,
      packet.connection,
      copy ? packet.what | PACKET.DUPLICATE : packet.what,
      packet.why,
      packet.seqNo,
      packet.ackNo,
      packet.dataBytes,
      packet.firstUnit,
      packet.lastUnit,
      arrives,
      drops,
      trace.text(reason),
    );
  }
}
