import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, CloseReason, Place, Role, Wire, WireOwner } from '../../../engine/contract/place.ts';
import type { ServerConfig } from '../options.ts';
import type { ClientOp, Payload, ServerOp } from '../protocol.ts';
import { connectionMachine } from './connection.machine.ts';
import { Outbound } from './outbound.ts';

/** The server, as far as its connections need it. */
export interface ConnectionHome {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly config: ServerConfig;
  readonly nowUs: number;
  /** CPU time of a message for a subject, µs. */
  costUs(subject: string): number;
  publish(subject: string, reply: string, payload: Payload): void;
  interestChanged(): void;
  left(connection: ServerConnection): void;
  /** A message on its way to a client will not arrive. */
  lost(payload: Payload, peer: Place, reason: string): void;
}

/** A subscription as the server knows it. */
export interface Interest {
  connection: ServerConnection;
  sid: number;
  subject: string;
  queue: string;
}

/** The server's end of a client's connection. */
export class ServerConnection implements WireOwner {
  readonly wire: Wire;
  readonly interests = new Map<number, Interest>();
  readonly #server: ConnectionHome;
  readonly #actor: Actor;
  readonly #outbound: Outbound;
  #lastInUs = 0;
  #why = 'connection to NATS lost';

  constructor(server: ConnectionHome, wire: Wire) {
    this.#server = server;
    this.wire = wire;
    const { place, config, io } = server;
    // Up to a fifth later, so that clients which came together are not pinged together (setFirstPingTimer).
    const firstMs = Math.min(2_000, config.pingMs);
    const pings = {
      firstPingMs: firstMs * (1 + place.random('first ping').uniform() / 5),
      pingMs: config.pingMs,
      maxPingsOut: config.maxPingsOut,
    };
    this.#actor = place.start<ServerConnection>('connection', this, pings, wire.connection);
    this.#outbound = new Outbound(io, place, wire, config, (reason, left) => this.#cutOff(reason, left));
    this.#actor.send({ type: 'start' });
  }

  costUs(content: unknown): number {
    const said = content as ClientOp;
    return said.op === 'PUB' ? this.#server.costUs(said.subject) : this.#server.config.perMessageUs;
  }

  received(content: unknown): void {
    const said = content as ClientOp;
    this.#lastInUs = this.#server.nowUs;
    switch (said.op) {
      case 'CONNECT':
        this.#actor.send({ type: 'connect' });
        return;
      case 'PING':
        this.say({ op: 'PONG' });
        return;
      case 'PONG':
        this.#actor.send({ type: 'pong' });
        return;
      case 'SUB': {
        const { sid, subject, queue } = said;
        this.interests.set(sid, { connection: this, sid, subject, queue });
        this.#server.interestChanged();
        return;
      }
      case 'UNSUB':
        this.interests.delete(said.sid);
        this.#server.interestChanged();
        return;
      default:
        this.#server.publish(said.subject, said.reply, said.payload);
    }
  }

  say(said: ServerOp): void {
    this.#outbound.queue(said);
  }

  inform(): void {
    this.say({ op: 'INFO' });
  }

  /** An interval is over: whoever was heard of meanwhile needs no ping. */
  considerPing(): void {
    if (this.#server.nowUs - this.#lastInUs >= this.#server.config.pingMs * 1000)
      this.#actor.send({ type: 'silent' });
  }

  ping(): void {
    this.say({ op: 'PING' });
  }

  closeStale(): void {
    this.#close('stale connection', this.#outbound.stop());
  }

  drained(): void {
    this.#outbound.written();
  }

  closed(_reason: CloseReason): void {
    this.#leave();
    this.#giveUp(this.#outbound.stop());
  }

  lost(content: unknown): void {
    const said = content as ServerOp;
    if (said.op === 'MSG') this.#server.lost(said.payload, this.wire.peer, this.#why);
  }

  #cutOff(reason: string, left: readonly ServerOp[]): void {
    this.#close(reason, left);
  }

  #close(reason: string, left: readonly ServerOp[]): void {
    this.#why = reason;
    this.#leave();
    this.#giveUp(left);
    this.wire.close();
  }

  #giveUp(left: readonly ServerOp[]): void {
    for (const said of left) this.lost(said);
  }

  #leave(): void {
    this.interests.clear();
    this.#server.left(this);
    this.#actor.stop();
  }
}

export const CONNECTION_ROLE: Role = {
  machine: connectionMachine,
  effects: {
    inform: (connection: ServerConnection) => connection.inform(),
    considerPing: (connection: ServerConnection) => connection.considerPing(),
    ping: (connection: ServerConnection) => connection.ping(),
    closeStale: (connection: ServerConnection) => connection.closeStale(),
  },
};
