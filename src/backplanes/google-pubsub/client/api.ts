import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import { sendCarrying } from '../../../engine/contract/carry.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import { callMachine } from '../call.machine.ts';
import { Channel, type ChannelUser } from '../channel.ts';
import { type Asked, type Received, type Request, requestBytes, type Said } from '../wire.ts';

/** Publish: the waits grow four times faster than those of other calls do (src/v1/publisher_client_config.json). */
const PUBLISH = { multiplier: 4, retriesTimeouts: 1 };

/** What a call comes to; null: the service was away for too long. */
export type Done = (invalid: readonly number[] | null) => void;

/** What else a user of the API is told. */
export interface ApiUser {
  /** A publish request has been sent, and will not arrive: for the books only. */
  lostRequest(request: Request): void;
  /** A publish request was sent. */
  sentRequest(request: Request): void;
  streamOpened?(): void;
  streamBroken?(): void;
  pulled?(messages: readonly Received[]): void;
}

/** A client of the Pub/Sub API: calls that are made again as long as the service is unavailable, and a stream. */
export class Api implements ChannelUser {
  readonly #io: BackplaneIo;
  readonly #place: Place;
  readonly #user: ApiUser;
  readonly #channel: Channel;
  readonly #calls = new Map<number, Call>();
  #next = 1;

  constructor(io: BackplaneIo, place: Place, service: Place, user: ApiUser) {
    this.#io = io;
    this.#place = place;
    this.#user = user;
    this.#channel = new Channel(place, service, this);
  }

  get isConnected(): boolean {
    return this.#channel.wire !== null;
  }

  /** Makes a call until it is answered. @param again also if it is not answered in its time, whatever it asks for */
  call(request: Request, done: Done, again = false): void {
    const number = this.#next++;
    const pace = request.rpc === 'publish' ? PUBLISH : { retriesTimeouts: again ? 1 : 0 };
    const call = new Call(this.#place, pace, {
      make: () => this.#make(number, request),
      over: (invalid) => {
        this.#calls.delete(number);
        done(invalid);
      },
    });
    this.#calls.set(number, call);
    call.start();
  }

  /** Opens the stream as soon as there is a connection. */
  openStream(): void {
    if (this.#channel.wire !== null) this.#user.streamOpened?.();
    else this.#channel.use();
  }

  /** Says something on the stream. */
  say(request: Request): void {
    const { wire } = this.#channel;
    if (wire !== null) this.#send(wire, { call: 0, request });
  }

  ready(): void {
    for (const call of [...this.#calls.values()]) call.remake();
    this.#user.streamOpened?.();
  }

  failed(): void {
    for (const call of [...this.#calls.values()]) call.unavailable();
    this.#user.streamBroken?.();
  }

  received(content: unknown): void {
    const said = content as Said;
    if (said.said === 'messages') this.#user.pulled?.(said.messages);
    else this.#calls.get(said.call)?.answered(said.invalid);
  }

  lost(content: unknown): void {
    this.#user.lostRequest((content as Asked).request);
  }

  /** @returns whether it could be sent */
  #make(call: number, request: Request): boolean {
    const { wire } = this.#channel;
    if (wire !== null) this.#send(wire, { call, request });
    else this.#channel.use();
    return wire !== null;
  }

  #send(wire: Wire, asked: Asked): void {
    const { request } = asked;
    const bytes = requestBytes(request, (message) => this.#io.bytesOf(message));
    const messages = request.rpc === 'publish' ? request.messages : [];
    this.#user.sentRequest(request);
    sendCarrying(wire, `pubsub.${request.rpc}`, bytes, asked, messages);
  }
}

interface Caller {
  /** @returns whether it could be sent at once */
  make(): boolean;
  over(invalid: readonly number[] | null): void;
}

/** One call, made again until it is answered. */
class Call {
  readonly #place: Place;
  readonly #caller: Caller;
  readonly #actor: Actor;
  #sent = false;

  /** @param pace how it is made again, where that differs from the machine's own */
  constructor(place: Place, pace: Record<string, number>, caller: Caller) {
    this.#place = place;
    this.#caller = caller;
    this.#actor = place.start<Call>('call', this, pace);
  }

  start(): void {
    this.#actor.send({ type: 'start' });
  }

  make(): void {
    this.#sent = this.#caller.make();
  }

  /** There is a connection now: what could not be sent is. */
  remake(): void {
    if (!this.#sent && this.#actor.state === 'making.calling') this.make();
  }

  answered(invalid: readonly number[]): void {
    this.#actor.send({ type: 'answered' });
    this.#end(invalid);
  }

  unavailable(): void {
    this.#actor.send({ type: 'unavailable', random: this.#place.random('retry').uniform() });
  }

  giveUp(): void {
    this.#end(null);
  }

  #end(invalid: readonly number[] | null): void {
    this.#actor.stop();
    this.#caller.over(invalid);
  }
}

export const CALL_ROLE: Role = {
  machine: callMachine,
  effects: {
    call: (call: Call) => call.make(),
    abandon: (call: Call) => call.unavailable(),
    giveUp: (call: Call) => call.giveUp(),
  },
};
