import { sendCarrying } from '../../engine/contract/carry.ts';
import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../engine/contract/place.ts';
import { linkMachine } from './link.machine.ts';
import {
  type Answer,
  type Answered,
  type Asked,
  messagesIn,
  type Push,
  type Request,
  requestBytes,
} from './protocol.ts';
import { isSign, Signs } from './signs.ts';

/** How an end notices that the other is gone. */
export interface Manner {
  /** keepAliveIntervalSeconds; Infinity: it does not ask. */
  keepAliveMs: number;
  /** How long a request may go unanswered, µs; Infinity: for as long as the connection lives. */
  timeoutUs(request: Request): number;
  /** Of an idle connection, by TCP. */
  probes?: { idleMs: number; intervalMs: number; count: number };
}

/** keepAliveIntervalSeconds 30, of ClientConfigurationData and of broker.conf. */
const KEEP_ALIVE_MS = 30_000;
/** operationTimeoutMs 30000 (ClientConfigurationData): of what has an answer, besides a message that is sent. */
const OPERATION_TIMEOUT_US = 30_000_000;
const OPERATIONS: readonly Request['ask'][] = ['lookup', 'producer', 'subscribe', 'reader', 'last-id'];

/** Clients and brokers. */
export const TO_BROKER: Manner = {
  keepAliveMs: KEEP_ALIVE_MS,
  timeoutUs: ({ ask }) => (OPERATIONS.includes(ask) ? OPERATION_TIMEOUT_US : Number.POSITIVE_INFINITY),
};

/** Brokers and bookies: bookkeeperClientTimeoutInSeconds 30 (broker.conf), for adding and reading. */
export const TO_BOOKIE: Manner = {
  keepAliveMs: Number.POSITIVE_INFINITY,
  timeoutUs: () => 30_000_000,
};

/** Brokers and the metadata store: TCP’s probes stand in for what its client does besides its pings. */
export const TO_METADATA: Manner = {
  keepAliveMs: Number.POSITIVE_INFINITY,
  timeoutUs: () => Number.POSITIVE_INFINITY,
  probes: { idleMs: 30_000, intervalMs: 10_000, count: 2 },
};

/** What a request comes to; null: the connection broke, or nobody answered in time. */
export type Done = (answer: Answer | null) => void;

/** A request that is not answered. */
interface Open {
  done: Done;
  stopTimer: () => void;
}

export interface LinkUser {
  /** The other end said something without being asked. */
  pushed?(push: Push): void;
  /** The connection is gone. */
  broken?(): void;
  /** For the books only: a request goes out, or will never arrive. */
  sent?(request: Request): void;
  lost?(request: Request): void;
}

/** What the machine of a connection can have done at either end. */
export interface LinkEnd {
  connect(): void;
  flush(): void;
  ping(): void;
  hangUp(): void;
  fail(): void;
}

/** The end that asks. */
export class Link implements WireOwner, LinkEnd {
  readonly #place: Place;
  readonly #to: Place;
  readonly #user: LinkUser;
  readonly #actor: Actor;
  readonly #signs: Signs;
  readonly #waiting: Asked[] = [];
  readonly #asked = new Map<number, Open>();
  readonly #manner: Manner;
  #wire: Wire | null = null;
  #next = 1;

  constructor(place: Place, to: Place, manner: Manner, user: LinkUser = {}) {
    this.#place = place;
    this.#to = to;
    this.#manner = manner;
    this.#user = user;
    this.#actor = place.start<LinkEnd>('connection', this, { keepAliveMs: manner.keepAliveMs });
    this.#signs = new Signs(this.#actor);
  }

  ask(request: Request, done: Done = () => {}): void {
    const asked = { call: this.#next++, request };
    const timeoutUs = this.#manner.timeoutUs(request);
    const giveUp = () => {
      this.#asked.delete(asked.call);
      done(null);
    };
    const isLimited = timeoutUs < Number.POSITIVE_INFINITY;
    this.#asked.set(asked.call, {
      done,
      stopTimer: isLimited ? this.#place.later(timeoutUs, giveUp) : () => {},
    });
    if (this.#actor.state === 'open' && this.#wire !== null) this.#send(this.#wire, asked);
    else {
      this.#waiting.push(asked);
      this.#actor.send({ type: 'use' });
    }
  }

  connect(): void {
    const { probes } = this.#manner;
    const options = probes === undefined ? {} : { keepAlive: probes };
    this.#wire = this.#place.connect(this.#to, 'pulsar.connection', this, options);
  }

  ping(): void {
    this.#signs.ask(this.#wire);
  }

  flush(): void {
    for (const asked of this.#waiting.splice(0)) if (this.#wire !== null) this.#send(this.#wire, asked);
  }

  hangUp(): void {
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  /** Whoever tries again at once must not do so within this call. */
  fail(): void {
    const lost = [...this.#asked.values()];
    this.#asked.clear();
    this.#waiting.length = 0;
    for (const { stopTimer } of lost) stopTimer();
    this.#place.later(0, () => {
      for (const { done } of lost) done(null);
      this.#user.broken?.();
    });
  }

  opened(): void {
    this.#signs.begin();
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    if (!this.#signs.take(content, this.#wire)) return;
    if ('push' in (content as object)) {
      this.#user.pushed?.(content as Push);
      return;
    }
    const { call, answer } = content as Answered;
    const open = this.#asked.get(call);
    this.#asked.delete(call);
    open?.stopTimer();
    open?.done(answer);
  }

  lost(content: unknown): void {
    if (content !== null && !isSign(content)) this.#user.lost?.((content as Asked).request);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#actor.send({ type: 'closed' });
  }

  #send(wire: Wire, asked: Asked): void {
    const { request } = asked;
    this.#user.sent?.(request);
    sendCarrying(wire, `pulsar.${request.ask}`, requestBytes(request), asked, messagesIn(request));
  }
}

export const LINK_ROLE: Role = {
  machine: linkMachine,
  effects: {
    connect: (end: LinkEnd) => end.connect(),
    flush: (end: LinkEnd) => end.flush(),
    hangUp: (end: LinkEnd) => end.hangUp(),
    fail: (end: LinkEnd) => end.fail(),
    ping: (end: LinkEnd) => end.ping(),
  },
};
