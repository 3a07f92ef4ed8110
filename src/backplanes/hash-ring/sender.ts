import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { OwnerChannel } from './channel.ts';
import type { HashOptions } from './options.ts';
import type { Copy } from './protocol.ts';
import type { Replica } from './replica.ts';
import { byOwner, type View } from './view.ts';
import type { Witness } from './witness.ts';

/** Sends updates straight to the owners of their readers, by its process's own view. */
export class Sender {
  readonly #io: BackplaneIo;
  readonly #options: HashOptions;
  readonly #witness: Witness;
  readonly #replica: Replica;
  /** Takes a copy for the process itself, where that is a server. */
  readonly #local: ((copy: Copy) => void) | null;
  readonly #channels = new Map<number, OwnerChannel>();
  /** Messages that wait for a first view. */
  #waiting: number[] = [];

  constructor(
    io: BackplaneIo,
    options: HashOptions,
    witness: Witness,
    replica: Replica,
    local: ((copy: Copy) => void) | null,
  ) {
    this.#io = io;
    this.#options = options;
    this.#witness = witness;
    this.#replica = replica;
    this.#local = local;
  }

  publish(message: number): void {
    this.#witness.begin(message, this.#place);
    if (this.#replica.view === null) this.#waiting.push(message);
    else this.#sendOut(message, this.#replica.view);
  }

  /** There is a view. */
  goOn(): void {
    const { view } = this.#replica;
    if (view !== null) for (const message of this.#waiting.splice(0)) this.#sendOut(message, view);
  }

  /** Sends a copy that was begun already. */
  send(owner: number, copy: Copy): void {
    this.#io.counts.forwarded++;
    this.#witness.sent(copy.message);
    if (this.#local !== null && owner === this.#place.index) this.#local(copy);
    else this.#channelTo(owner).send(copy);
  }

  /** The process died with what waited in it. */
  die(): void {
    for (const message of this.#waiting.splice(0)) {
      this.#io.drop(message, this.#place, null, 'the publisher crashed before it knew who owns what');
      this.#witness.over(message);
    }
    for (const channel of this.#channels.values()) channel.die();
  }

  get #place(): Place {
    return this.#replica.place;
  }

  #sendOut(message: number, view: View): void {
    const room = this.#io.roomOf(message);
    const readers = this.#io.clients.flatMap(({ rooms }, client) => (rooms.includes(room) ? [client] : []));
    const groups = byOwner(view, readers);
    const copy = { message, version: view.version, hops: 0, overlap: false };
    for (const [owner, clients] of groups) this.send(owner, { ...copy, clients });
    for (const [owner, clients] of this.#formerOwners(view, readers))
      if (!groups.has(owner)) this.send(owner, { ...copy, clients, overlap: true });
    this.#witness.over(message);
  }

  /** While a change of the fleet is young: readers by the servers that owned them before. */
  #formerOwners(view: View, readers: readonly number[]): Map<number, number[]> {
    const { former, changedUs } = this.#replica;
    const isYoung = this.#io.sim.kernel.nowUs < changedUs + this.#options.overlapMs * 1000;
    if (former === null || !isYoung) return new Map();
    const moved = readers.filter((client) => former.ownerOf(client) !== view.ownerOf(client));
    return byOwner(former, moved);
  }

  #channelTo(owner: number): OwnerChannel {
    const known = this.#channels.get(owner);
    if (known !== undefined) return known;
    const to = this.#io.servers[owner] as Place;
    const channel = new OwnerChannel(this.#io, this.#place, to, this.#witness, ({ moved }) => {
      for (const { owner: next, copy } of moved) {
        this.send(next, copy);
        this.#witness.over(copy.message);
      }
    });
    this.#channels.set(owner, channel);
    return channel;
  }
}
