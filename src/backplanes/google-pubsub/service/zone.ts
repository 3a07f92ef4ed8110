import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Place, Wire, WireOwner } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import {
  type Change,
  type Contents,
  contentsBytes,
  type Entry,
  type FromZone,
  type Lease,
  type ToZone,
  WRITTEN_BYTES,
} from '../wire.ts';

/** What a zone has on its disks: it outlives the process. */
export class Disk implements Contents {
  readonly entries = new Map<number, Entry>();
  readonly acks = new Map<number, Set<number>>();
  readonly leases = new Map<number, Map<number, Lease>>();
  readonly deleted = new Set<number>();
  /** Of the forwarder that read last: whatever an earlier one still has under way comes too late. */
  epoch = 1;
}

/** The storage of a topic in one zone. */
export class Zone implements WireOwner {
  readonly #place: Place;
  readonly #disk: Disk;
  readonly #books: Books;
  readonly #writeUs: number;

  constructor(place: Place, disk: Disk, books: Books, writeUs: number) {
    this.#place = place;
    this.#disk = disk;
    this.#books = books;
    this.#writeUs = writeUs;
    place.listen(() => this);
  }

  costUs(content: unknown): number {
    return content === null ? 0 : this.#writeUs;
  }

  received(content: unknown, wire: Wire): void {
    if (content === null) return;
    const asked = content as ToZone;
    if ('read' in asked) {
      this.#disk.epoch = asked.epoch;
      const contents = this.#copy();
      const messages = [...contents.entries.values()].map(({ message }) => message);
      const answer: FromZone = { contents };
      sendCarrying(wire, 'pubsub.contents', contentsBytes(contents), answer, messages);
      return;
    }
    if (asked.epoch === this.#disk.epoch) this.#write(asked.change);
    if (asked.change.change === 'entries')
      for (const { message } of asked.change.entries) this.#books.remove(message, this.#place, LATE);
    const answer: FromZone = { written: asked.write };
    wire.send('pubsub.written', WRITTEN_BYTES, answer);
  }

  closed(): void {}

  #write(change: Change): void {
    const { entries, acks, leases, deleted } = this.#disk;
    switch (change.change) {
      case 'entries':
        for (const entry of change.entries) {
          if (entries.has(entry.offset) || deleted.has(entry.offset)) continue;
          entries.set(entry.offset, entry);
          this.#books.add(entry.message);
          this.#books.appended(this.#place, entry.offset, entry.message);
        }
        return;
      case 'acks':
        for (const offset of change.offsets) entry(acks, change.subscription, () => new Set()).add(offset);
        return;
      case 'leases':
        for (const lease of change.leases)
          entry(leases, change.subscription, () => new Map()).set(lease.offset, lease);
        return;
      default:
        for (const offset of change.offsets) this.#delete(offset);
        this.#books.trimmed(this.#place, this.#head());
    }
  }

  #delete(offset: number): void {
    const { entries, acks, leases, deleted } = this.#disk;
    const gone = entries.get(offset);
    deleted.add(offset);
    entries.delete(offset);
    for (const of of acks.values()) of.delete(offset);
    for (const of of leases.values()) of.delete(offset);
    if (gone !== undefined) this.#books.remove(gone.message, this.#place, UNCONFIRMED);
  }

  /** The first offset that there is still something of. */
  #head(): number {
    const { entries, deleted } = this.#disk;
    let head = Number.POSITIVE_INFINITY;
    for (const offset of entries.keys()) head = Math.min(head, offset);
    if (head < Number.POSITIVE_INFINITY) return head;
    head = 0;
    for (const offset of deleted) head = Math.max(head, offset + 1);
    return head;
  }

  #copy(): Contents {
    const { entries, acks, leases, deleted } = this.#disk;
    return {
      entries: new Map(entries),
      acks: new Map([...acks].map(([subscription, offsets]) => [subscription, new Set(offsets)])),
      leases: new Map([...leases].map(([subscription, of]) => [subscription, new Map(of)])),
      deleted: new Set(deleted),
    };
  }
}

const LATE = 'it came to the storage when the service had begun anew';
const UNCONFIRMED = 'only one zone had it, and it was never confirmed';

/** A map's value, made if it is not there. */
function entry<Value>(map: Map<number, Value>, key: number, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
