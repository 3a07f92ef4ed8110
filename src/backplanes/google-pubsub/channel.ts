import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../engine/contract/place.ts';
import { channelMachine } from './channel.machine.ts';

/** Who uses a channel. */
export interface ChannelUser {
  /** It is connected. */
  ready(wire: Wire): void;
  /** It is not, or no more: what was under way on it comes to nothing. */
  failed(): void;
  received(content: unknown): void;
  /** For the books only. */
  lost(content: unknown): void;
}

/** A gRPC channel from a process to another. */
export class Channel implements WireOwner {
  readonly #place: Place;
  readonly #to: Place;
  readonly #user: ChannelUser;
  readonly #actor: Actor;
  #wire: Wire | null = null;

  /** @param pace how long it waits after a failed attempt */
  constructor(place: Place, to: Place, user: ChannelUser, pace: Record<string, number> = {}) {
    this.#place = place;
    this.#to = to;
    this.#user = user;
    this.#actor = place.start<Channel>('channel', this, pace);
  }

  /** The connection, if there is one. */
  get wire(): Wire | null {
    return this.#actor.state === 'ready' ? this.#wire : null;
  }

  /** Nobody has wanted it since its connection ended. */
  get isIdle(): boolean {
    return this.#actor.state === 'idle';
  }

  /** Somebody wants it to be connected. */
  use(): void {
    this.#actor.send({ type: 'use' });
  }

  connect(): void {
    this.#wire = this.#place.connect(this.#to, 'pubsub.channel', this);
  }

  serve(): void {
    this.#user.ready(this.#wire as Wire);
  }

  hangUp(): void {
    this.#wire?.close();
    this.#down();
  }

  fail(): void {
    // Whoever tries again at once must not do so within this call.
    this.#place.later(0, () => this.#user.failed());
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    if (content !== null) this.#user.received(content);
  }

  lost(content: unknown): void {
    if (content !== null) this.#user.lost(content);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire === this.#wire) this.#down();
  }

  #down(): void {
    this.#wire = null;
    this.#actor.send({ type: 'closed', random: this.#place.random('gRPC').uniform() });
  }
}

export const CHANNEL_ROLE: Role = {
  machine: channelMachine,
  effects: {
    connect: (channel: Channel) => channel.connect(),
    serve: (channel: Channel) => channel.serve(),
    hangUp: (channel: Channel) => channel.hangUp(),
    fail: (channel: Channel) => channel.fail(),
  },
};
