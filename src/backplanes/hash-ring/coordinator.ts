import type { BackplaneIo } from '../../engine/contract/backplane.ts';
import type { Actor, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { HashOptions } from './options.ts';
import type { Ask, Say } from './protocol.ts';
import { type View, viewOf } from './view.ts';
import { doneBytes, eventBytes, grantedBytes, keptBytes, membersBytes } from './wire.ts';
import type { Witness } from './witness.ts';

/** What the coordinator has on its disk: it outlives a crash. */
export interface Store {
  view: View;
  /** The lease by which each member is one, by server. */
  readonly members: Map<number, number>;
  /** All leases, members' or not. */
  readonly leases: Set<number>;
  nextLease: number;
}

/** The store of a fleet at work: all servers that are up are members. */
export function newStore(io: BackplaneIo, options: HashOptions): Store {
  const up = io.servers.filter((server) => server.up).map(({ index }) => index);
  const members = new Map(up.map((server, turn) => [server, turn + 1]));
  const leases = new Set(members.values());
  return { view: viewOf(io, options, 1, up), members, leases, nextLease: leases.size + 1 };
}

/** The coordinator, in the way of etcd: leases that end without keep-alives, keys that live as long, and watches. */
export class Coordinator {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly options: HashOptions;
  readonly #store: Store;
  readonly #witness: Witness;
  readonly #leases = new Map<number, Actor>();
  /** Connections that are told of changes. */
  readonly watching = new Set<Wire>();

  constructor(io: BackplaneIo, place: Place, options: HashOptions, store: Store, witness: Witness) {
    this.io = io;
    this.place = place;
    this.options = options;
    this.#store = store;
    this.#witness = witness;
    for (const lease of store.leases) this.#watch(lease);
    place.listen((wire) => new Asker(this, wire));
  }

  answer(ask: Ask, wire: Wire): void {
    const store = this.#store;
    const say = (what: string, bytes: number, content: Say) => wire.send(what, bytes, content);
    switch (ask.ask) {
      case 'range':
        this.watching.add(wire);
        say('coordinator.members', membersBytes(store.view.members.length), {
          say: 'members',
          view: store.view,
        });
        return;
      case 'grant': {
        const lease = store.nextLease++;
        store.leases.add(lease);
        this.#watch(lease);
        say('coordinator.granted', grantedBytes(), { say: 'granted', lease });
        return;
      }
      case 'put':
        if (store.leases.has(ask.lease)) this.#join(ask.server, ask.lease);
        say('coordinator.done', doneBytes(), { say: 'registered' });
        return;
      case 'keep-alive': {
        const actor = this.#leases.get(ask.lease);
        const alive = actor?.state === 'valid';
        if (alive) actor.send({ type: 'kept' });
        say('coordinator.kept', keptBytes(), { say: 'kept', lease: ask.lease, alive });
        return;
      }
      case 'revoke':
        this.#leases.get(ask.lease)?.send({ type: 'revoked' });
        this.end(ask.lease, 'left');
        say('coordinator.done', doneBytes(), { say: 'revoked' });
    }
  }

  /** A lease is over, and the key that lived as long with it. A key that was written again has another lease. */
  end(lease: number, why: 'expired' | 'left'): void {
    const store = this.#store;
    this.#leases.delete(lease);
    if (!store.leases.delete(lease)) return;
    for (const [server, its] of [...store.members]) {
      if (its !== lease) continue;
      store.members.delete(server);
      this.#witness.member(this.io.servers[server] as Place, why);
      this.#change();
    }
  }

  #join(server: number, lease: number): void {
    const isNew = !this.#store.members.has(server);
    this.#store.members.set(server, lease);
    if (!isNew) return;
    this.#witness.member(this.io.servers[server] as Place, 'member');
    this.#change();
  }

  /** There is another view from now on: whoever watches is told. */
  #change(): void {
    const before = this.#store.view;
    const after = viewOf(this.io, this.options, before.version + 1, [...this.#store.members.keys()]);
    this.#store.view = after;
    this.#witness.view(before, after);
    for (const wire of this.watching)
      wire.send('coordinator.event', eventBytes(1), { say: 'event', view: after } satisfies Say);
  }

  #watch(lease: number): void {
    const owner = { expire: () => this.end(lease, 'expired') };
    this.#leases.set(lease, this.place.start('lease', owner, { ttlMs: this.options.leaseTtlMs }));
  }
}

/** The coordinator's end of a connection. */
class Asker implements WireOwner {
  readonly #coordinator: Coordinator;
  readonly #wire: Wire;

  constructor(coordinator: Coordinator, wire: Wire) {
    this.#coordinator = coordinator;
    this.#wire = wire;
  }

  costUs(content: unknown): number {
    const { ask } = content as Ask;
    const { readMs, writeMs } = this.#coordinator.options;
    return (ask === 'range' || ask === 'keep-alive' ? readMs : writeMs) * 1000;
  }

  received(content: unknown): void {
    this.#coordinator.answer(content as Ask, this.#wire);
  }

  closed(): void {
    this.#coordinator.watching.delete(this.#wire);
  }
}

export const LEASE_EFFECTS = { expire: (owner: { expire(): void }) => owner.expire() };
