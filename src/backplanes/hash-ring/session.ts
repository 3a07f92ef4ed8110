import type { Actor, Place } from '../../engine/contract/place.ts';
import type { HashOptions } from './options.ts';
import type { Say } from './protocol.ts';
import type { Replica } from './replica.ts';
import { grantBytes, keepAliveBytes, putBytes, revokeBytes } from './wire.ts';

/** A server's membership: its machine decides, this carries it out. */
export class Session {
  /** It has taken its lease for over, and has no other yet. */
  expired = false;
  readonly #place: Place;
  readonly #actor: Actor;
  readonly #replica: () => Replica;
  readonly #stepDown: () => void;
  #lease = 0;

  /** @param stepDown called when the lease is over */
  constructor(place: Place, { leaseTtlMs }: HashOptions, replica: () => Replica, stepDown: () => void) {
    this.#place = place;
    this.#replica = replica;
    this.#stepDown = stepDown;
    this.#actor = place.start<Session>('session', this, { ttlMs: leaseTtlMs });
  }

  /** It is a member already. */
  inherit(lease: number): void {
    this.#lease = lease;
    this.#actor.send({ type: 'inherit' });
  }

  begin(): void {
    this.#actor.send({ type: 'begin' });
  }

  leave(): void {
    this.#actor.send({ type: 'leave' });
  }

  connected(): void {
    this.#actor.send({ type: 'connected' });
  }

  heard(say: Say): void {
    if (say.say === 'granted') {
      this.#lease = say.lease;
      this.#actor.send({ type: 'granted' });
    } else if (say.say === 'registered') {
      this.expired = false;
      this.#actor.send({ type: 'registered' });
    } else if (say.say === 'kept' && say.lease === this.#lease)
      this.#actor.send({ type: say.alive ? 'kept' : 'gone' });
  }

  grant(): void {
    this.#replica().ask('coordinator.grant', grantBytes(), { ask: 'grant' });
  }

  put(): void {
    const server = this.#place.index;
    this.#replica().ask('coordinator.put', putBytes(), { ask: 'put', lease: this.#lease, server });
  }

  keepAlive(): void {
    const ask = { ask: 'keep-alive', lease: this.#lease } as const;
    this.#replica().ask('coordinator.keep-alive', keepAliveBytes(), ask);
  }

  revoke(): void {
    this.#replica().ask('coordinator.revoke', revokeBytes(), { ask: 'revoke', lease: this.#lease });
  }

  stepDown(): void {
    this.expired = true;
    this.#stepDown();
  }
}

export const SESSION_EFFECTS = {
  grant: (session: Session) => session.grant(),
  put: (session: Session) => session.put(),
  keepAlive: (session: Session) => session.keepAlive(),
  revoke: (session: Session) => session.revoke(),
  stepDown: (session: Session) => session.stepDown(),
};
