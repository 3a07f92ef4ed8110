import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Place, Wire } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import { Channel, type ChannelUser } from '../channel.ts';
import { ZONES_NEEDED } from '../names.ts';
import { type Change, type Contents, changeBytes, type FromZone, READ_BYTES, type ToZone } from '../wire.ts';

/** An estimate: within a region nobody waits long before trying again. */
const PACE = { initialMs: 100, maxMs: 1_000 };

interface Write {
  number: number;
  change: Change;
  confirmedBy: Set<ZoneLink>;
  done: () => void;
}

/** Who writes to the zones. */
export interface StorageUser {
  /** A zone has said what it has. */
  hasRead(contents: Contents): void;
}

/** The storage as the service sees it: what two of the zones have is stored. */
export class Storage {
  readonly place: Place;
  readonly books: Books;
  readonly epoch: number;
  readonly user: StorageUser;
  readonly #links: ZoneLink[];
  #next = 1;

  constructor(place: Place, zones: readonly Place[], epoch: number, books: Books, user: StorageUser) {
    this.place = place;
    this.books = books;
    this.epoch = epoch;
    this.user = user;
    this.#links = zones.map((zone) => new ZoneLink(this, zone));
  }

  /** Connects. @param empty whether there is nothing to read: the topic is new */
  open(empty: boolean): void {
    for (const link of this.#links) link.start(empty);
  }

  /** Writes to all zones. @param done called once enough of them have it */
  write(change: Change, done: () => void = () => {}): void {
    const write: Write = { number: this.#next++, change, confirmedBy: new Set(), done };
    for (const link of this.#links) link.write(write);
  }
}

/** The connection to a zone, with what it has not confirmed yet: after a break all of that is written again. */
class ZoneLink implements ChannelUser {
  readonly #storage: Storage;
  readonly #channel: Channel;
  #unconfirmed: Write[] = [];
  #known = false;

  constructor(storage: Storage, zone: Place) {
    this.#storage = storage;
    this.#channel = new Channel(storage.place, zone, this, PACE);
  }

  start(empty: boolean): void {
    this.#known = empty;
    this.#channel.use();
  }

  write(write: Write): void {
    this.#unconfirmed.push(write);
    const { wire } = this.#channel;
    if (this.#known && wire !== null) this.#send(wire, write);
  }

  ready(wire: Wire): void {
    if (this.#known) for (const write of this.#unconfirmed) this.#send(wire, write);
    else {
      const asked: ToZone = { read: true, epoch: this.#storage.epoch };
      wire.send('pubsub.read', READ_BYTES, asked);
    }
  }

  failed(): void {
    if (this.#channel.isIdle) this.#channel.use();
  }

  received(content: unknown): void {
    const said = content as FromZone;
    if ('written' in said) {
      this.#confirmed(said.written);
      return;
    }
    if (this.#known) return;
    const since = this.#unconfirmed;
    this.#unconfirmed = [];
    this.#known = true;
    this.#storage.user.hasRead(said.contents);
    for (const write of since) this.write(write);
  }

  lost(content: unknown): void {
    const asked = content as ToZone;
    if ('read' in asked || asked.change.change !== 'entries') return;
    for (const { message } of asked.change.entries)
      this.#storage.books.remove(message, this.#storage.place, 'the service crashed before two zones had it');
  }

  #confirmed(number: number): void {
    const at = this.#unconfirmed.findIndex((write) => write.number === number);
    if (at < 0) return;
    const [write] = this.#unconfirmed.splice(at, 1) as [Write];
    write.confirmedBy.add(this);
    if (write.confirmedBy.size === ZONES_NEEDED) write.done();
  }

  #send(wire: Wire, { number, change }: Write): void {
    const asked: ToZone = { write: number, epoch: this.#storage.epoch, change };
    const messages = change.change === 'entries' ? change.entries.map(({ message }) => message) : [];
    for (const message of messages) this.#storage.books.add(message);
    sendCarrying(wire, `pubsub.${change.change}`, changeBytes(change), asked, messages);
  }
}
