import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { Ask, Say } from './protocol.ts';
import type { View } from './view.ts';
import { rangeBytes } from './wire.ts';
import type { Witness } from './witness.ts';

/** What a replica's process does with what it hears. */
export interface ReplicaUser {
  /** The view is another one. */
  changed(): void;
  /** There is a new connection to the coordinator. */
  connected(): void;
  heard(say: Say): void;
}

/** A process's own copy of the view, as new as the last watch event that has reached it. */
export class Replica implements WireOwner {
  readonly place: Place;
  view: View | null;
  /** The view before, and when that ended, µs. */
  former: View | null = null;
  changedUs = 0;
  readonly #io: BackplaneIo;
  readonly #user: ReplicaUser;
  readonly #witness: Witness;
  readonly #actor: Actor;
  #wire: Wire | null = null;

  /** @param view what it begins with */
  constructor(io: BackplaneIo, place: Place, witness: Witness, view: View | null, user: ReplicaUser) {
    this.#io = io;
    this.place = place;
    this.#witness = witness;
    this.view = view;
    this.#user = user;
    if (view !== null) witness.sees(place, view);
    this.#actor = place.start<Replica>('channel', this, { eager: 1 });
    this.#actor.send({ type: 'use' });
  }

  ask(what: string, bytes: number, ask: Ask): void {
    if (this.#wire?.open) this.#wire.send(what, bytes, ask);
  }

  connect(): void {
    this.#wire = this.place.connect(this.#io.nodes[0] as Place, 'coordinator.connection', this);
  }

  flush(): void {
    this.ask('coordinator.range', rangeBytes(), { ask: 'range' });
    this.#user.connected();
  }

  fail(): void {}

  hangUp(): void {
    this.#wire?.close();
    this.#wire = null;
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    const say = content as Say;
    if (say.say === 'members' || say.say === 'event') this.#see(say.view);
    else this.#user.heard(say);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#actor.send({ type: 'closed', random: this.place.random('backoff').uniform() });
  }

  #see(view: View): void {
    if (this.view !== null && view.version <= this.view.version) return;
    this.former = this.view;
    this.view = view;
    this.changedUs = this.#io.sim.kernel.nowUs;
    this.#witness.sees(this.place, view);
    this.#user.changed();
  }
}
