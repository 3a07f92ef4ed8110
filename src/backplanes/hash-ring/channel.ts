import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { Copy, Reply } from './protocol.ts';
import { updateBytes } from './wire.ts';
import type { Witness } from './witness.ts';

/** A process's connection to a server, for updates. What cannot be sent is given up at once, as gRPC does by default. */
export class OwnerChannel implements WireOwner {
  readonly #io: BackplaneIo;
  readonly #place: Place;
  readonly #owner: Place;
  readonly #witness: Witness;
  readonly #moved: (reply: Reply & { reply: 'moved' }) => void;
  readonly #actor: Actor;
  #wire: Wire | null = null;
  #waiting: Copy[] = [];

  /** @param moved told what the server does not take */
  constructor(
    io: BackplaneIo,
    place: Place,
    owner: Place,
    witness: Witness,
    moved: (reply: Reply & { reply: 'moved' }) => void,
  ) {
    this.#io = io;
    this.#place = place;
    this.#owner = owner;
    this.#witness = witness;
    this.#moved = moved;
    this.#actor = place.start<OwnerChannel>('channel', this);
  }

  send(copy: Copy): void {
    this.#waiting.push(copy);
    this.#actor.send({ type: 'use' });
  }

  connect(): void {
    this.#wire = this.#place.connect(this.#owner, 'owner.connection', this);
  }

  flush(): void {
    const { clients, rooms } = this.#io;
    for (const copy of this.#waiting.splice(0)) {
      const { message } = copy;
      const names = copy.clients.map((client) => clients[client]?.name ?? '');
      const room = rooms[this.#io.roomOf(message)] ?? '';
      const bytes = updateBytes(this.#io.bytesOf(message), room, names);
      this.#wire?.send(copy.hops > 0 ? 'owner.forward' : 'owner.update', bytes, copy, message, 1);
    }
  }

  fail(): void {
    this.#giveUp('cannot be reached');
  }

  hangUp(): void {
    this.#wire?.close();
    this.#wire = null;
  }

  /** Its process died: what waited in it is gone. */
  die(): void {
    this.#giveUp('is not asked: the sender crashed');
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    const reply = content as Reply;
    if (reply.reply === 'moved') this.#moved(reply);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#actor.send({ type: 'closed', random: this.#place.random('backoff').uniform() });
  }

  lost(content: unknown): void {
    this.#failed(content as Copy, `the connection to ${this.#owner.name} broke`);
  }

  #giveUp(why: string): void {
    for (const copy of this.#waiting.splice(0)) this.#failed(copy, `${this.#owner.name} ${why}`);
  }

  /** Nobody counts on a former owner. */
  #failed({ message, overlap }: Copy, reason: string): void {
    if (overlap) this.#witness.over(message);
    else this.#witness.failed(message, this.#owner.index, this.#place, reason);
  }
}

/** What the machine of a connection can have done, whichever kind it is. */
interface ChannelOwner {
  connect(): void;
  flush(): void;
  fail(): void;
  hangUp(): void;
}

export const CHANNEL_EFFECTS = {
  connect: (owner: ChannelOwner) => owner.connect(),
  flush: (owner: ChannelOwner) => owner.flush(),
  fail: (owner: ChannelOwner) => owner.fail(),
  hangUp: (owner: ChannelOwner) => owner.hangUp(),
};
