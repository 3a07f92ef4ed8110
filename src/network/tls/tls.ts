import { KIND, type Sim } from '../../engine/contract/sim.ts';
import type { CloseReason, Stream, StreamOwner } from '../../engine/contract/stream.ts';
import { FLIGHTS, recordBytes, sealedBytes, type TlsVersion } from './sizes.ts';

export interface TlsOptions {
  version: TlsVersion;
  certificateBytes: number;
}

/** A flight under way; its content tells it from application data. */
class Flight {
  readonly step: number;
  readonly resumed: boolean;
  constructor(step: number, resumed: boolean) {
    this.step = step;
    this.resumed = resumed;
  }
}

/**
 * One end of TLS over a stream: the handshake's flights take turns, then every unit is carried in records.
 * A record is only readable once it is whole: units' own in-order delivery gives that for what fits into one.
 */
export class TlsEnd implements Stream, StreamOwner {
  /** The stream below. Set before `opened()`. */
  inner: Stream | null = null;
  readonly #sim: Sim;
  readonly #options: TlsOptions;
  readonly #isServer: boolean;
  readonly #owner: StreamOwner;
  readonly #work: (resumed: boolean, then: () => void) => void;
  readonly #done: (resumed: boolean) => void;
  #resumed: boolean;
  #open = false;
  #over = false;
  /** Bytes written that wait for more. */
  #gathered = 0;

  /**
   * @param owner the user of the secured stream
   * @param resumed at a client: whether it has a ticket to offer
   * @param work spends this end's CPU time for the handshake, then calls back
   * @param done told when this end may carry data
   */
  constructor(
    sim: Sim,
    options: TlsOptions,
    role: 'client' | 'server',
    owner: StreamOwner,
    resumed: boolean,
    work: (resumed: boolean, then: () => void) => void,
    done: (resumed: boolean) => void = () => {},
  ) {
    this.#sim = sim;
    this.#options = options;
    this.#isServer = role === 'server';
    this.#owner = owner;
    this.#resumed = resumed;
    this.#work = work;
    this.#done = done;
  }

  get connection(): number {
    return this.inner?.connection ?? 0;
  }

  get pendingBytes(): number {
    return this.inner?.pendingBytes ?? 0;
  }

  /** What is written together shares its records: their overhead comes with the last unit. */
  write(bytes: number, unit: number, more = false): void {
    const together = this.#gathered + bytes;
    this.#gathered = more ? together : 0;
    if (more) this.inner?.write(bytes, unit, more);
    else this.inner?.write(bytes + sealedBytes(this.#options.version, together) - together, unit);
  }

  end(): void {
    this.inner?.end();
  }

  abort(): void {
    this.#over = true;
    this.inner?.abort();
  }

  /** Before `opened()`, at a client: whether it has a ticket that the other end will take. */
  offer(resumes: boolean): void {
    this.#resumed = resumes;
  }

  opened(): void {
    if (!this.#isServer) this.#fly(0);
  }

  received(unit: number): void {
    if (this.#over) return;
    const content = this.#sim.units.peek(unit);
    if (!(content instanceof Flight)) {
      this.#owner.received(unit);
      return;
    }
    this.#sim.units.take(unit);
    // Session tickets are kept without a word.
    if (content.step < 0) return;
    if (this.#isServer) this.#resumed = content.resumed;
    this.#next(content.step);
  }

  /** A handshake's flight and a ticket are shorter than a full record. */
  arriving(bytes: number): void {
    if (!this.#over && bytes >= recordBytes(this.#options.version)) this.#owner.arriving?.(bytes);
  }

  ended(): void {
    if (this.#over) return;
    if (this.#open) this.#owner.ended();
    else this.inner?.end();
  }

  closed(reason: CloseReason): void {
    this.#over = true;
    this.#owner.closed(reason);
  }

  /** A flight is here: answer it, or the handshake is over. */
  #next(step: number): void {
    const last = this.#flights().length - 1;
    if (step === last) {
      this.#finish();
      return;
    }
    // The one expensive answer of each end: the server's to the hello, the client's to the server's flight.
    const answer = () => {
      if (this.#over) return;
      this.#fly(step + 1);
      if (step + 1 === last) this.#finish();
    };
    if (step <= 1) this.#work(this.#resumed, answer);
    else answer();
  }

  #finish(): void {
    this.#open = true;
    if (this.#isServer && this.#options.version === '1.3' && !this.#resumed) this.#tickets();
    if (!this.#isServer)
      this.#sim.trace.add(
        KIND['connection.secured'],
        this.#sim.kernel.nowUs,
        this.connection,
        this.#resumed ? 1 : 0,
      );
    this.#done(this.#resumed);
    this.#owner.opened();
  }

  #flights() {
    const { full, resumed } = FLIGHTS[this.#options.version];
    return this.#resumed ? resumed : full;
  }

  #fly(step: number): void {
    const flight = this.#flights()[step] as { what: string; bytes: number; certificate?: boolean };
    const bytes = flight.bytes + (flight.certificate ? this.#options.certificateBytes : 0);
    this.#put(flight.what, bytes, new Flight(step, this.#resumed));
  }

  #tickets(): void {
    this.#put('tls.session-tickets', FLIGHTS['1.3'].ticketBytes, new Flight(-1, this.#resumed));
  }

  #put(what: string, bytes: number, content: Flight): void {
    const stream = this.inner as Stream;
    const unit = this.#sim.units.create(stream.connection, this.#isServer ? 1 : 0, what, bytes, content);
    stream.write(bytes, unit);
  }
}
