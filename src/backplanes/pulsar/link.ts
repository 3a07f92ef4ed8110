import { sendCarrying } from '../../engine/contract/carry.ts';
import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../engine/contract/place.ts';
import { linkMachine } from './link.machine.ts';
import {
  ANSWER_WORDS,
  type Answer,
  type Answered,
  type Asked,
  answerBytes,
  messagesIn,
  type Push,
  type Request,
  requestBytes,
} from './protocol.ts';

/** Pulsar’s own pings, for which TCP’s stand in (keepAliveIntervalSeconds 30). */
const KEEP_ALIVE = { idleMs: 30_000, intervalMs: 10_000, count: 2 };

/** What a request comes to; null: the connection broke. */
export type Done = (answer: Answer | null) => void;

export interface LinkUser {
  /** The other end said something without being asked. */
  pushed?(push: Push): void;
  /** The connection is gone. */
  broken?(): void;
  /** For the books only: a request goes out, or will never arrive. */
  sent?(request: Request): void;
  lost?(request: Request): void;
}

/** The end that asks. */
export class Link implements WireOwner {
  readonly #place: Place;
  readonly #to: Place;
  readonly #user: LinkUser;
  readonly #actor: Actor;
  readonly #waiting: Asked[] = [];
  readonly #asked = new Map<number, Done>();
  #wire: Wire | null = null;
  #next = 1;

  constructor(place: Place, to: Place, user: LinkUser = {}) {
    this.#place = place;
    this.#to = to;
    this.#user = user;
    this.#actor = place.start<Link>('connection', this);
  }

  ask(request: Request, done: Done = () => {}): void {
    const asked = { call: this.#next++, request };
    this.#asked.set(asked.call, done);
    if (this.#actor.state === 'open' && this.#wire !== null) this.#send(this.#wire, asked);
    else {
      this.#waiting.push(asked);
      this.#actor.send({ type: 'use' });
    }
  }

  connect(): void {
    this.#wire = this.#place.connect(this.#to, 'pulsar.connection', this, { keepAlive: KEEP_ALIVE });
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
    this.#place.later(0, () => {
      for (const done of lost) done(null);
      this.#user.broken?.();
    });
  }

  opened(): void {
    this.#actor.send({ type: 'opened' });
  }

  received(content: unknown): void {
    if (content === null) return;
    if ('push' in (content as object)) {
      this.#user.pushed?.(content as Push);
      return;
    }
    const { call, answer } = content as Answered;
    const done = this.#asked.get(call);
    this.#asked.delete(call);
    done?.(answer);
  }

  lost(content: unknown): void {
    if (content !== null) this.#user.lost?.((content as Asked).request);
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
    connect: (link: Link) => link.connect(),
    flush: (link: Link) => link.flush(),
    hangUp: (link: Link) => link.hangUp(),
    fail: (link: Link) => link.fail(),
  },
};

/** The end that answers. */
export class Answering implements WireOwner {
  readonly #costUs: number;
  readonly #handle: (request: Request, answer: (answer: Answer) => void, wire: Wire) => void;
  readonly #gone: (wire: Wire) => void;

  constructor(
    costUs: number,
    handle: (request: Request, answer: (answer: Answer) => void, wire: Wire) => void,
    gone: (wire: Wire) => void = () => {},
  ) {
    this.#costUs = costUs;
    this.#handle = handle;
    this.#gone = gone;
  }

  costUs(content: unknown): number {
    return content === null ? 0 : this.#costUs;
  }

  received(content: unknown, wire: Wire): void {
    if (content === null) return;
    const { call, request } = content as Asked;
    const what = ANSWER_WORDS[request.ask] ?? 'pulsar.done';
    const reply = (answer: Answer) => {
      const answered: Answered = { call, answer };
      sendCarrying(wire, what, answerBytes(answer), answered, messagesIn(answer));
    };
    this.#handle(request, reply, wire);
  }

  closed(_reason: CloseReason, wire: Wire): void {
    this.#gone(wire);
  }
}
