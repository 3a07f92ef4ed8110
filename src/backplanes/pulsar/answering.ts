import { sendCarrying } from '../../engine/contract/carry.ts';
import type { Actor, CloseReason, Place, Wire, WireOwner } from '../../engine/contract/place.ts';
import type { LinkEnd, Manner } from './link.ts';
import {
  ANSWER_WORDS,
  type Answer,
  type Answered,
  type Asked,
  answerBytes,
  messagesIn,
  type Request,
} from './protocol.ts';
import { Signs } from './signs.ts';

/** What a process that answers does with requests. */
export interface AnsweringUser {
  costUs: number;
  handle(request: Request, answer: (answer: Answer) => void, wire: Wire): void;
  /** A connection is gone. */
  gone?(wire: Wire): void;
}

/** Takes connections, and answers what is asked on them. */
export function answerAt(place: Place, manner: Manner, user: AnsweringUser): void {
  place.listen((wire) => new Answering(place, manner, user, wire));
}

/** The end that answers. */
class Answering implements WireOwner, LinkEnd {
  readonly #user: AnsweringUser;
  readonly #wire: Wire;
  readonly #actor: Actor;
  readonly #signs: Signs;

  constructor(place: Place, { keepAliveMs }: Manner, user: AnsweringUser, wire: Wire) {
    this.#user = user;
    this.#wire = wire;
    this.#actor = place.start<LinkEnd>('connection', this, { keepAliveMs }, wire.connection);
    this.#signs = new Signs(this.#actor);
    this.#actor.send({ type: 'accepted' });
  }

  costUs(content: unknown): number {
    return content === null ? 0 : this.#user.costUs;
  }

  received(content: unknown): void {
    if (!this.#signs.take(content, this.#wire)) return;
    const { call, request } = content as Asked;
    const what = ANSWER_WORDS[request.ask] ?? 'pulsar.done';
    const reply = (answer: Answer) => {
      const answered: Answered = { call, answer };
      sendCarrying(this.#wire, what, answerBytes(answer), answered, messagesIn(answer));
    };
    this.#user.handle(request, reply, this.#wire);
  }

  closed(_reason: CloseReason): void {
    this.#actor.send({ type: 'closed' });
  }

  connect(): void {}

  flush(): void {}

  ping(): void {
    this.#signs.ask(this.#wire);
  }

  hangUp(): void {
    this.#wire.close();
  }

  fail(): void {
    this.#actor.stop();
    this.#user.gone?.(this.#wire);
  }
}
