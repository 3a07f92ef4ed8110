import type { Backplane, BackplaneIo, Options } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { Connection } from '../client/connection.ts';
import { type Config, configOf } from './config.ts';
import { type Disk, emptyDisk, JetStream } from './jetstream.ts';
import { Publisher } from './publisher.ts';
import { Reader } from './reader.ts';
import { replayFrom } from './replay.ts';
import { Witness } from './witness.ts';

interface Member {
  connection: Connection;
  publisher: Publisher;
  reader: Reader | null;
}

/** NATS with JetStream: a server with a stream, a publisher in each process, and a reader in each of our servers. */
export class JetStreamBackplane implements Backplane {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #witness: Witness;
  readonly #disk: Disk;
  readonly #members = new Map<Place, Member>();
  /** Rooms that clients of each server watch. */
  readonly #watched: Set<number>[];
  #replays = 0;

  constructor(io: BackplaneIo, options: Options) {
    this.#io = io;
    this.#config = configOf(options);
    this.#disk = emptyDisk(this.#config);
    this.#watched = io.servers.map(() => new Set());
    this.#witness = new Witness(io, this.#config, (server, room) => this.#watches(server, room));
  }

  offer(source: Place): boolean {
    return source.up && this.#members.get(source)?.connection.takes === true;
  }

  publish(message: number, source: Place): void {
    this.#io.counts.published++;
    this.#members.get(source)?.publisher.publish(message);
  }

  subscribe(server: Place, room: number): void {
    this.#watched[server.index]?.add(room);
  }

  unsubscribe(server: Place, room: number): void {
    this.#watched[server.index]?.delete(room);
  }

  started(place: Place): void {
    const io = this.#io;
    const config = this.#config;
    const witness = this.#witness;
    if (place.kind === 'node') {
      new JetStream(io, place, config, this.#disk, witness);
      return;
    }
    const connection = new Connection(io, place, config.connection, {
      connected: () => this.#members.get(place)?.reader?.reconnected(),
      lost: ({ message }, reason) => witness.lost(message, reason),
    });
    const hand = (server: Place, message: number) => this.#hand(server, message);
    this.#members.set(place, {
      connection,
      publisher: new Publisher(io, place, config, connection, witness),
      reader: place.kind === 'server' ? new Reader({ io, config, witness, hand }, place, connection) : null,
    });
  }

  stopped(place: Place): void {
    const member = this.#members.get(place);
    this.#members.delete(place);
    member?.publisher.die();
    member?.reader?.die();
    member?.connection.forgetPending('publisher crashed');
    if (place.kind === 'server') this.#watched[place.index]?.clear();
  }

  replay(server: Place, room: number, after: number, give: (messages: readonly number[]) => void): void {
    const connection = this.#members.get(server)?.connection;
    if (connection !== undefined)
      replayFrom(this.#io, connection, room, after, this.#witness.seqOf(after), ++this.#replays, give);
  }

  #watches(server: Place, room: number): boolean {
    return this.#watched[server.index]?.has(room) === true;
  }

  /** A server reads everything, and keeps what its clients watch. */
  #hand(server: Place, message: number): void {
    if (this.#watches(server, this.#io.roomOf(message))) {
      this.#witness.handed(server, message);
      this.#io.hand(server, message);
    }
    this.#witness.shared(message, server);
  }
}
