import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { type Done, Link, type LinkUser, TO_BROKER } from '../link.ts';
import type { Push, Request } from '../protocol.ts';
import { batchMachine } from './batch.machine.ts';
import { handlerMachine } from './handler.machine.ts';

/** Whoever has something to do with a partition's broker. */
export interface HandlerUser {
  readonly partition: number;
  /** What it asks to be connected. */
  readonly attach: Request;
  /** It is connected. */
  ready(): void;
  pushed?(push: Push): void;
}

/** A process' connections to brokers: one to each, for all its producers and consumers (connectionsPerBroker 1). */
export class Brokers {
  readonly #links: Link[];
  #handlers: readonly Handler[] = [];
  #turn: number;

  constructor(place: Place, brokers: readonly Place[], user: Pick<LinkUser, 'sent' | 'lost'>) {
    this.#turn = place.number;
    this.#links = brokers.map(
      (broker, number) =>
        new Link(place, broker, TO_BROKER, {
          ...user,
          pushed: (push) => this.#pushed(number, push),
          broken: () => this.#broken(number),
        }),
    );
  }

  enlist(handler: Handler): void {
    this.#handlers = [...this.#handlers, handler];
  }

  delist(handler: Handler): void {
    this.#handlers = this.#handlers.filter((one) => one !== handler);
  }

  ask(broker: number, request: Request, done?: Done): void {
    this.#links[broker]?.ask(request, done);
  }

  /** Asks the brokers in turn, until one can be reached. */
  lookUp(partition: number, done: (broker: number | null) => void): void {
    const first = this.#turn++;
    const ask = (i: number) => {
      this.ask((first + i) % this.#links.length, { ask: 'lookup', partition }, (answer) => {
        if (answer === null && i + 1 < this.#links.length) ask(i + 1);
        else done(answer?.ok === true ? (answer.broker as number) : null);
      });
    };
    ask(0);
  }

  #pushed(broker: number, push: Push): void {
    for (const handler of this.#handlers)
      if (handler.broker === broker && handler.partition === push.partition) handler.pushed(push);
  }

  #broken(broker: number): void {
    for (const handler of this.#handlers) if (handler.broker === broker) handler.failed();
  }
}

/** Keeps a producer or a consumer connected to whatever broker owns its partition. */
export class Handler {
  readonly #place: Place;
  readonly #brokers: Brokers;
  readonly #user: HandlerUser;
  readonly #actor: Actor;
  /** The broker that it is connected, or about to be connected, to; -1: none. */
  broker = -1;

  /** @param stopMs when, after a loss, it tries once more in any case */
  constructor(place: Place, brokers: Brokers, user: HandlerUser, stopMs = 0) {
    this.#place = place;
    this.#brokers = brokers;
    this.#user = user;
    this.#actor = place.start<Handler>('handler', this, { stopMs });
    brokers.enlist(this);
  }

  get partition(): number {
    return this.#user.partition;
  }

  get isReady(): boolean {
    return this.#actor.state === 'ready';
  }

  start(): void {
    this.#actor.send({ type: 'start' });
  }

  lookUp(): void {
    this.#brokers.lookUp(this.partition, (broker) => {
      this.broker = broker ?? -1;
      if (broker === null) this.failed();
      else this.#actor.send({ type: 'found' });
    });
  }

  attach(): void {
    const { broker } = this;
    this.#brokers.ask(broker, this.#user.attach, (answer) => {
      if (broker !== this.broker || this.#actor.state !== 'connecting') return;
      if (answer?.ok === true) this.#actor.send({ type: 'attached' });
      else this.failed();
    });
  }

  ready(): void {
    this.#user.ready();
  }

  /** Its broker is gone, or does not own the partition. */
  failed(): void {
    this.broker = -1;
    this.#actor.send({ type: 'failed', random: this.#place.random('reconnect').uniform() });
  }

  pushed(push: Push): void {
    if (push.push === 'closed') this.failed();
    else this.#user.pushed?.(push);
  }

  /** Nobody needs it any more. */
  end(): void {
    this.#brokers.delist(this);
    this.#actor.stop();
  }

  ask(request: Request, done?: Done): void {
    if (this.isReady) this.#brokers.ask(this.broker, request, done);
  }
}

export const HANDLER_ROLE: Role = {
  machine: handlerMachine,
  effects: {
    lookUp: (handler: Handler) => handler.lookUp(),
    attach: (handler: Handler) => handler.attach(),
    ready: (handler: Handler) => handler.ready(),
  },
};

export const BATCH_ROLE: Role = { machine: batchMachine, effects: { send: (send: () => void) => send() } };
