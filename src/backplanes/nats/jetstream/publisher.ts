import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Connection } from '../client/connection.ts';
import type { Payload } from '../protocol.ts';
import { subjectOf } from '../subjects.ts';
import { type Body, idHeaderBytes } from './api.ts';
import type { Config } from './config.ts';
import { publisherMachine } from './publisher.machine.ts';
import type { Witness } from './witness.ts';

/** A source that waits for the acknowledgement of a message before it publishes the next. */
export class Publisher {
  readonly #io: BackplaneIo;
  readonly #place: Place;
  readonly #config: Config;
  readonly #connection: Connection;
  readonly #witness: Witness;
  readonly #actor: Actor;
  readonly #inbox: string;
  #queue: number[] = [];
  #current = 0;
  #tries = 0;

  constructor(io: BackplaneIo, place: Place, config: Config, connection: Connection, witness: Witness) {
    this.#io = io;
    this.#place = place;
    this.#config = config;
    this.#connection = connection;
    this.#witness = witness;
    this.#inbox = `_INBOX.${place.name}.acks`;
    connection.subscribe(`${this.#inbox}.*`, '', ({ subject, payload }) =>
      this.#answered(subject, payload.body as Body),
    );
    this.#actor = place.start<Publisher>('publisher', this, {
      timeoutMs: config.publishTimeoutMs,
      maxRetries: config.publishRetries ?? -1,
    });
  }

  publish(message: number): void {
    this.#queue.push(message);
    this.next();
  }

  /** Takes the next in hand, if none is. */
  next(): void {
    if (this.#current !== 0 || this.#actor.state !== 'idle') return;
    this.#current = this.#queue.shift() ?? 0;
    this.#tries = 0;
    if (this.#current !== 0) this.#actor.send({ type: 'publish' });
  }

  send(): void {
    const message = this.#current;
    if (this.#tries++ > 0) this.#io.counts.redelivered++;
    const id = this.#config.msgId ? `${this.#place.name}-${message}` : '';
    const payload: Payload = {
      message,
      bytes: this.#io.bytesOf(message),
      headerBytes: idHeaderBytes(id),
      what: 'js-publish',
      body: { is: 'stored', id } satisfies Body,
    };
    const room = this.#io.rooms[this.#io.roomOf(message)] as string;
    this.#witness.published(message, this.#place);
    this.#connection.publish(subjectOf(room), `${this.#inbox}.${message}`, payload);
  }

  giveUp(): void {
    const message = this.#current;
    this.#current = 0;
    this.#witness.over(message, this.#place, 'no acknowledgement came, and its source did not try again');
  }

  /** Goes on when the machine has come to rest. */
  later(): void {
    this.#place.later(0, () => this.next());
  }

  /** The process died, and with it what it had not published. */
  die(): void {
    for (const message of this.#queue) this.#witness.over(message, this.#place, 'publisher crashed');
    if (this.#current !== 0) this.#witness.over(this.#current, this.#place, 'publisher crashed');
  }

  #answered(subject: string, body: Body): void {
    if (body.is !== 'published' || subject !== `${this.#inbox}.${this.#current}`) return;
    const message = this.#current;
    this.#current = 0;
    if (body.failure !== '')
      this.#witness.over(message, this.#place, `the stream refused it: ${body.failure}`);
    this.#actor.send({ type: 'settled' });
  }
}

export const PUBLISHER_ROLE: Role = {
  machine: publisherMachine,
  effects: {
    send: (publisher: Publisher) => publisher.send(),
    giveUp: (publisher: Publisher) => publisher.giveUp(),
    next: (publisher: Publisher) => publisher.later(),
  },
};
