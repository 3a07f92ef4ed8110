import { sendCarrying } from '../../engine/contract/carry.ts';
import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../engine/contract/place.ts';
import { channelMachine } from './channel.machine.ts';
import {
  type Answer,
  answerBytes,
  messagesIn,
  REPLICATE,
  type Request,
  requestBytes,
  WORDS,
} from './protocol.ts';

/** What a request comes to; null: the connection broke, or the answer took too long. */
export type Done = (answer: Answer | null) => void;

interface Asked {
  request: Request;
  done: Done;
  timeoutUs: number;
  stopTimer: () => void;
  /** Nobody will answer (acks=0): it is done when it is written. */
  oneWay: boolean;
}

/** Who wants to know of a connection. */
export interface Watcher {
  /** What the other end will never get; for the books only. */
  lost?: (request: Request) => void;
  /** It is open, or may be tried again. */
  ready?: () => void;
  /** It broke, or could not be opened. */
  broken?: () => void;
}

const wordsOf = (request: Request): readonly [string, string] =>
  request.api === 'fetch' && request.follower >= 0 ? REPLICATE : WORDS[request.api];

/** The end that asks. Answers come in the order of the requests. */
export class Channel implements WireOwner {
  readonly #place: Place;
  readonly #to: Place;
  readonly #actor: Actor;
  readonly #watcher: Watcher;
  #wire: Wire | null = null;
  #waiting: Asked[] = [];
  #flying: Asked[] = [];

  constructor(place: Place, to: Place, watcher: Watcher = {}) {
    this.#place = place;
    this.#to = to;
    this.#watcher = watcher;
    this.#actor = place.start<Channel>('connection', this);
  }

  /** Requests without an answer yet. */
  get inFlight(): number {
    return this.#flying.length + this.#waiting.length;
  }

  get open(): boolean {
    return this.#wire?.open === true;
  }

  /** Opens it, unless it is, or is to rest after it broke (NetworkClient.ready). @returns whether it is open */
  prepare(): boolean {
    if (!this.open) this.#want('prepare');
    return this.open;
  }

  ask(request: Request, timeoutUs: number, done: Done, oneWay = false): void {
    const asked = { request, done, timeoutUs, stopTimer: () => {}, oneWay };
    this.#waiting.push(asked);
    if (this.open) this.flush();
    else this.#want('use');
  }

  #want(type: 'use' | 'prepare'): void {
    this.#actor.send({ type, random: this.#place.random('connection setup').uniform() });
  }

  connect(): void {
    this.#wire = this.#place.connect(this.#to, 'kafka.connection', this);
  }

  flush(): void {
    const wire = this.#wire;
    if (wire === null) return;
    for (const asked of this.#waiting.splice(0)) {
      const { request } = asked;
      sendCarrying(wire, wordsOf(request)[0], requestBytes(request), request, messagesIn(request));
      if (asked.oneWay) {
        asked.done({ failure: '' });
        continue;
      }
      this.#flying.push(asked);
      if (asked.timeoutUs < Number.POSITIVE_INFINITY)
        asked.stopTimer = this.#place.later(asked.timeoutUs, () => this.#actor.send({ type: 'timed out' }));
    }
  }

  hangUp(): void {
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  /** Tells everybody who waits that nothing will come. */
  fail(): void {
    const lost = [...this.#flying.splice(0), ...this.#waiting.splice(0)];
    for (const { stopTimer } of lost) stopTimer();
    // Whoever tries again at once must not do so within this call.
    for (const { done } of lost) this.#place.later(0, () => done(null));
  }

  tell(news: 'ready' | 'broken'): void {
    const told = this.#watcher[news];
    // Whoever acts upon it must not do so within this call.
    if (told !== undefined) this.#place.later(0, told);
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    if (content === null) return;
    const asked = this.#flying.shift();
    asked?.stopTimer();
    asked?.done(content as Answer);
  }

  lost(content: unknown): void {
    if (content !== null) this.#watcher.lost?.(content as Request);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#actor.send({ type: 'closed', random: this.#place.random('reconnect').uniform() });
  }
}

export const CHANNEL_ROLE: Role = {
  machine: channelMachine,
  effects: {
    connect: (channel: Channel) => channel.connect(),
    flush: (channel: Channel) => channel.flush(),
    hangUp: (channel: Channel) => channel.hangUp(),
    fail: (channel: Channel) => channel.fail(),
    tellReady: (channel: Channel) => channel.tell('ready'),
    tellBroken: (channel: Channel) => channel.tell('broken'),
  },
};

/** Answers a request; once. */
export type Reply = (answer: Answer) => void;

/**
 * The end that answers. One request of a connection is at work at a time: the next is taken in hand when the answer to
 * the last is on its way (SocketServer mutes the channel meanwhile).
 */
export class Served implements WireOwner {
  readonly #requestUs: number;
  readonly #handle: (request: Request, reply: Reply) => void;
  #queue: { request: Request; wire: Wire }[] = [];
  #busy = false;

  constructor(requestUs: number, handle: (request: Request, reply: Reply) => void) {
    this.#requestUs = requestUs;
    this.#handle = handle;
  }

  costUs(content: unknown): number {
    return content === null ? 0 : this.#requestUs;
  }

  received(content: unknown, wire: Wire): void {
    if (content === null) return;
    this.#queue.push({ request: content as Request, wire });
    this.#next();
  }

  closed(): void {
    this.#queue = [];
  }

  #next(): void {
    if (this.#busy) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    const { request, wire } = next;
    this.#busy = true;
    this.#handle(request, (answer) => {
      this.#busy = false;
      if (!(request.api === 'produce' && request.acks === '0'))
        sendCarrying(wire, wordsOf(request)[1], answerBytes(answer), answer, messagesIn(answer));
      this.#next();
    });
  }
}
