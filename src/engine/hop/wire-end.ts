import type { Place, Wire, WireOwner } from '../contract/place.ts';
import type { Sim } from '../contract/sim.ts';
import type { CloseReason, SocketStream, StreamOwner } from '../contract/stream.ts';

/**
 * What a kernel takes off a process that writes faster than the other end reads: measured (broker-faults) as 0.3 MB in
 * both ends, of which 64 kB is the receive window.
 */
const SEND_BUFFER_BYTES = 250_000;

/** A process reads on until this much waits for its CPU: what libuv offers for one read. */
const READ_AHEAD_BYTES = 65_536;

/** The process at an end, as far as its wires need it. */
export interface WireHome {
  readonly wires: Set<WireEnd>;
  readonly paused: boolean;
  work(costUs: number, what: string, then: () => void): void;
}

interface Parcel {
  content: unknown;
  bytes: number;
  unit: number;
}

/** One end of a connection of hop 2: it takes units in as fast as its process gets to them. */
export class WireEnd implements Wire, StreamOwner {
  readonly peer: Place;
  open = false;
  /** Its process hears no more of it. */
  gone = false;
  stream: SocketStream | null = null;
  twin: WireEnd | null = null;
  readonly #owner: WireOwner;
  readonly #sim: Sim;
  readonly #home: WireHome;
  readonly #side: 0 | 1;
  #unreadBytes = 0;
  /** What the kernel has no room for. */
  readonly #outbox: Parcel[] = [];
  #outboxBytes = 0;
  /** Sent, and not taken in at the other end. */
  readonly #outstanding = new Set<Parcel>();

  /** @param side 0 at the end that opened it */
  constructor(
    sim: Sim,
    home: WireHome,
    peer: Place,
    side: 0 | 1,
    owner: WireOwner | ((wire: Wire) => WireOwner),
    stream: SocketStream | null = null,
  ) {
    this.#sim = sim;
    this.#home = home;
    this.peer = peer;
    this.#side = side;
    this.stream = stream;
    home.wires.add(this);
    this.#owner = typeof owner === 'function' ? owner(this) : owner;
  }

  get connection(): number {
    return this.stream?.connection ?? 0;
  }

  get backlogBytes(): number {
    return this.#outboxBytes;
  }

  send(what: string, bytes: number, content: unknown, message = 0, messages = 0): void {
    if (this.gone || this.stream === null) return;
    const parcel: Parcel = { content, bytes, unit: 0 };
    const { connection } = this.stream;
    parcel.unit = this.#sim.units.create(connection, this.#side, what, bytes, parcel, message, messages);
    this.#outstanding.add(parcel);
    if (this.#outbox.length === 0 && this.stream.pendingBytes < SEND_BUFFER_BYTES) {
      this.stream.write(bytes, parcel.unit);
    } else {
      this.#outbox.push(parcel);
      this.#outboxBytes += bytes;
    }
  }

  end(): void {
    while (this.#outbox.length > 0) this.#writeNext();
    this.stream?.end();
  }

  close(): void {
    const thrownAway = this.#outbox.splice(0);
    this.#outboxBytes = 0;
    this.forget();
    this.stream?.end();
    for (const parcel of thrownAway) this.#lose(parcel);
  }

  /** The process is gone, or wants to hear no more: what is on its way here will not be taken in. */
  forget(): void {
    if (this.gone) return;
    this.gone = true;
    this.open = false;
    this.#home.wires.delete(this);
    this.twin?.loseAll();
    if (this.twin === null || this.twin.gone) this.loseAll();
  }

  /** Nobody will take in what was sent. */
  loseAll(): void {
    for (const parcel of [...this.#outstanding]) this.#lose(parcel);
  }

  /** Reads on, or leaves what comes to the kernel: the process stands still, or is behind with its work. */
  readOn(): void {
    this.stream?.read(!this.#home.paused && this.#unreadBytes <= READ_AHEAD_BYTES);
  }

  opened(): void {
    this.#inTurn(() => {
      this.open = true;
      this.#owner.opened?.(this);
    });
  }

  acknowledged(): void {
    if (this.#outbox.length === 0) return;
    while (this.#outbox.length > 0 && (this.stream?.pendingBytes ?? 0) < SEND_BUFFER_BYTES) this.#writeNext();
    if (this.#outbox.length === 0 && this.#owner.drained !== undefined)
      this.#inTurn(() => this.#owner.drained?.(this));
  }

  received(unit: number): void {
    const parcel = this.#sim.units.take(unit) as Parcel;
    if (this.gone) return;
    this.#unreadBytes += parcel.bytes;
    this.readOn();
    const costUs = this.#owner.costUs?.(parcel.content, parcel.bytes) ?? 0;
    this.#home.work(costUs, 'message', () => {
      this.#unreadBytes -= parcel.bytes;
      this.readOn();
      if (this.gone) return;
      this.twin?.taken(parcel);
      this.#owner.received(parcel.content, this);
    });
  }

  /** The other end has it. */
  taken(parcel: Parcel): void {
    this.#outstanding.delete(parcel);
  }

  ended(): void {
    this.#inTurn(() => this.#over('finished'));
  }

  closed(reason: CloseReason): void {
    this.#inTurn(() => this.#over(reason));
  }

  #over(reason: CloseReason): void {
    const told = this.gone;
    this.close();
    if (!told) this.#owner.closed(reason, this);
  }

  #writeNext(): void {
    const { bytes, unit } = this.#outbox.shift() as Parcel;
    this.#outboxBytes -= bytes;
    this.stream?.write(bytes, unit);
  }

  #lose(parcel: Parcel): void {
    if (this.#outstanding.delete(parcel)) this.#owner.lost?.(parcel.content);
  }

  /** Behind what was received before. */
  #inTurn(then: () => void): void {
    if (!this.gone) this.#home.work(0, 'connection', then);
  }
}
