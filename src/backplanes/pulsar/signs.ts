import type { Actor, Wire } from '../../engine/contract/place.ts';

/** Asks for a sign of life, or is one. */
interface Sign {
  sign: 'ping' | 'pong';
}

/** PulsarApi.proto: two lengths, and a BaseCommand with nothing in it. */
const SIGN_BYTES = 13;

export const isSign = (content: unknown): boolean => content !== null && 'sign' in (content as object);

const send = (wire: Wire | null, sign: Sign['sign']): void =>
  wire?.send(`pulsar.${sign}`, SIGN_BYTES, { sign } satisfies Sign);

/** One end's part in the signs of life that the ends of a connection ask each other for. */
export class Signs {
  readonly #actor: Actor;
  /** It has asked for one, and nothing has come since. */
  #unanswered = false;

  constructor(actor: Actor) {
    this.#actor = actor;
  }

  /** A new connection: nothing has been asked on it. */
  begin(): void {
    this.#unanswered = false;
  }

  ask(wire: Wire | null): void {
    this.#unanswered = true;
    send(wire, 'ping');
  }

  /** Something has come, whatever it is. @returns whether there is more to it than a sign of life */
  take(content: unknown, wire: Wire | null): boolean {
    if (this.#unanswered) this.#actor.send({ type: 'heard' });
    this.#unanswered = false;
    if (content === null) return false;
    if (!isSign(content)) return true;
    if ((content as Sign).sign === 'ping') send(wire, 'pong');
    return false;
  }
}
