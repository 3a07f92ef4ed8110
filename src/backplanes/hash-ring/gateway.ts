import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { HashOptions } from './options.ts';
import type { Copy, Reply, Say } from './protocol.ts';
import { Replica } from './replica.ts';
import { Sender } from './sender.ts';
import { Session } from './session.ts';
import { byOwner, type View } from './view.ts';
import { movedBytes, takenBytes } from './wire.ts';
import type { Witness } from './witness.ts';

/** A copy that was passed on so often goes round in a circle. */
const MAX_HOPS = 4;

/** A server of the fleet: it owns clients, takes in what is for them, and passes on what is not. */
export class Gateway {
  readonly sender: Sender;
  readonly session: Session;
  /** It leaves politely: its clients are given away without its doing. */
  draining = false;
  readonly #io: BackplaneIo;
  readonly #place: Place;
  readonly #options: HashOptions;
  readonly #witness: Witness;
  readonly #replica: Replica;
  /** Messages that its application has. */
  readonly #seen = new Set<number>();
  /** Clients that are about to be told to go. */
  readonly #leaving = new Set<number>();

  /** @param view what it begins with; null: it has yet to ask */
  constructor(io: BackplaneIo, place: Place, options: HashOptions, witness: Witness, view: View | null) {
    this.#io = io;
    this.#place = place;
    this.#options = options;
    this.#witness = witness;
    this.session = new Session(
      place,
      options,
      () => this.#replica,
      () => this.#giveAway(),
    );
    this.#replica = new Replica(io, place, witness, view, {
      changed: () => {
        this.sender.goOn();
        this.#giveAway();
      },
      connected: () => this.session.connected(),
      heard: (say: Say) => this.session.heard(say),
    });
    this.sender = new Sender(io, options, witness, this.#replica, (copy) => {
      for (const { owner, copy: next } of this.take(copy)) this.sender.send(owner, next);
      witness.over(copy.message);
    });
    place.listen((wire) => new Inbound(io, witness, this, wire));
  }

  get redirects(): boolean {
    return this.#options.misrouted === 'redirect';
  }

  /** Whether a client belongs here, as far as this server knows. */
  owns(client: number): boolean {
    if (this.session.expired && this.#options.stepDown) return false;
    const { view } = this.#replica;
    return view === null || view.ownerOf(client) === this.#place.index;
  }

  /** A copy is here. @returns copies for those of its clients that are not this server's, with their owners */
  take(copy: Copy): { owner: number; copy: Copy }[] {
    const { view } = this.#replica;
    // Whoever sent it knew as much as this server, or more.
    const strangers =
      view === null || copy.overlap || copy.version >= view.version
        ? []
        : copy.clients.filter((client) => view.ownerOf(client) !== this.#place.index);
    const here = this.#io.connectedTo(this.#place);
    const isOwner = !copy.overlap && strangers.length < copy.clients.length;
    if (isOwner || copy.clients.some((client) => here.includes(client))) this.#hand(copy.message);
    if (view === null || strangers.length === 0) return [];
    this.#io.counts.misrouted++;
    const hops = copy.hops + 1;
    if (hops > MAX_HOPS) return [];
    return [...byOwner(view, strangers)].map(([owner, clients]) => ({
      owner,
      copy: { ...copy, clients, hops, version: view.version },
    }));
  }

  #hand(message: number): void {
    this.#witness.handed(message, this.#place);
    if (this.#seen.has(message)) return;
    this.#seen.add(message);
    this.#io.hand(this.#place, message);
  }

  /** Tells clients that do not belong here any more to connect anew, one after the other. */
  #giveAway(): void {
    if (this.draining) return;
    const going = this.#io
      .connectedTo(this.#place)
      .filter((client) => !this.owns(client) && !this.#leaving.has(client));
    going.forEach((client, turn) => {
      this.#leaving.add(client);
      this.#place.later((this.#options.moveSpreadMs * 1000 * turn) / going.length, () => {
        this.#leaving.delete(client);
        if (!this.owns(client)) this.#io.sendAway(this.#place, client, this.#whyNot(client));
      });
    });
  }

  #whyNot(client: number): string {
    const owner = this.#io.servers[this.#replica.view?.ownerOf(client) ?? -1];
    if (owner === undefined || owner === this.#place) return 'its lease has run out';
    return `it belongs to ${owner.name} now`;
  }
}

/** A server's end of a connection that brings updates. */
class Inbound implements WireOwner {
  readonly #io: BackplaneIo;
  readonly #witness: Witness;
  readonly #gateway: Gateway;
  readonly #wire: Wire;

  constructor(io: BackplaneIo, witness: Witness, gateway: Gateway, wire: Wire) {
    this.#io = io;
    this.#witness = witness;
    this.#gateway = gateway;
    this.#wire = wire;
  }

  costUs(): number {
    return this.#io.receiveUs;
  }

  received(content: unknown): void {
    const copy = content as Copy;
    const strangers = this.#gateway.take(copy);
    if (strangers.length > 0 && this.#gateway.redirects) this.#redirect(strangers);
    else {
      for (const { owner, copy: next } of strangers) this.#gateway.sender.send(owner, next);
      this.#wire.send('owner.taken', takenBytes(), { reply: 'taken' } satisfies Reply);
    }
    this.#witness.over(copy.message);
  }

  closed(): void {}

  /** The sender will not hear who owns them. */
  lost(content: unknown): void {
    const reply = content as Reply;
    if (reply.reply !== 'moved') return;
    for (const { owner, copy } of reply.moved)
      this.#witness.failed(copy.message, owner, this.#wire.peer, 'the owner’s address did not come back');
  }

  #redirect(moved: { owner: number; copy: Copy }[]): void {
    const clients = moved.flatMap(({ copy }) => copy.clients);
    const names = clients.map((client) => this.#io.clients[client]?.name ?? '');
    for (const { copy } of moved) this.#witness.sent(copy.message);
    this.#wire.send('owner.moved', movedBytes(names), { reply: 'moved', moved } satisfies Reply);
  }
}
