import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import type { ServerConfig } from '../options.ts';
import { type ServerOp, serverBytes, wordOf } from '../protocol.ts';
import { writerMachine } from './writer.machine.ts';

/** Why a client was cut off, for stories. */
export const SLOW: Readonly<Record<string, string>> = {
  max_pending: 'slow consumer: more than max_pending waited for it',
  write_deadline: 'slow consumer: the write deadline was exceeded',
};

/** What waits in the server for one client, and how it gets out (`client.out`). */
export class Outbound {
  readonly #io: BackplaneIo;
  readonly #place: Place;
  readonly #wire: Wire;
  readonly #actor: Actor;
  readonly #cut: (reason: string, thrownAway: readonly ServerOp[]) => void;
  /** Queued, and in no write yet (`nb`). */
  #next: ServerOp[] = [];
  #nextBytes = 0;
  #nextMessages = 0;
  /** What the write under way tries to get rid of; 0: none is. It counts as pending until it is done. */
  #attempted = 0;
  #attemptedMessages = 0;

  /** @param cut the client is too slow; what was in no write yet goes with it */
  constructor(
    io: BackplaneIo,
    place: Place,
    wire: Wire,
    config: ServerConfig,
    cut: (reason: string, thrownAway: readonly ServerOp[]) => void,
  ) {
    this.#io = io;
    this.#place = place;
    this.#wire = wire;
    this.#cut = cut;
    const limits = { writeDeadlineMs: config.writeDeadlineMs, maxPendingBytes: config.maxPendingBytes };
    this.#actor = place.start<Outbound>('writer', this, limits, wire.connection);
  }

  queue(said: ServerOp): void {
    this.#next.push(said);
    this.#nextBytes += serverBytes(said);
    if (said.op === 'MSG') this.#nextMessages++;
    if (this.#attempted === 0) this.#flush();
    else this.#note();
    // A limit is looked at with each message, before anybody has written it.
    this.#actor.send({ type: 'queued', bytes: this.#attempted + this.#nextBytes });
  }

  /** The write that blocked has returned. */
  written(): void {
    const more = this.#next.length > 0;
    this.#attempted = 0;
    this.#attemptedMessages = 0;
    if (more) this.#flush('written on');
    if (this.#attempted === 0) this.#actor.send({ type: 'written' });
    this.#note();
  }

  /** The connection is over. @returns what was in no write yet */
  stop(): ServerOp[] {
    this.#actor.stop();
    if (this.#attempted > 0) this.#io.buffered(this.#place, this.#wire.peer, 0, 0);
    this.#attempted = 0;
    return this.#take().chunk;
  }

  cut(why: string): void {
    this.#cut(SLOW[why] as string, this.stop());
  }

  #flush(blocked = 'blocked'): void {
    const { chunk, bytes, messages } = this.#take();
    for (const said of chunk) {
      const message = said.op === 'MSG' ? said.payload.message : 0;
      this.#wire.send(wordOf(said), serverBytes(said), said, message, message === 0 ? 0 : 1);
    }
    if (this.#wire.backlogBytes === 0) return;
    this.#attempted = bytes;
    this.#attemptedMessages = messages;
    this.#actor.send({ type: blocked });
  }

  #note(): void {
    const bytes = this.#attempted + this.#nextBytes;
    this.#io.buffered(this.#place, this.#wire.peer, bytes, this.#attemptedMessages + this.#nextMessages);
  }

  #take(): { chunk: ServerOp[]; bytes: number; messages: number } {
    const taken = { chunk: this.#next, bytes: this.#nextBytes, messages: this.#nextMessages };
    this.#next = [];
    this.#nextBytes = 0;
    this.#nextMessages = 0;
    return taken;
  }
}

export const WRITER_ROLE: Role = {
  machine: writerMachine,
  effects: { cut: (outbound: Outbound, params: unknown) => outbound.cut((params as { why: string }).why) },
};
