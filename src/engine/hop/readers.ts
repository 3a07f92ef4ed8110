import { KIND } from '../../trace/trace.ts';
import type { Place } from '../contract/place.ts';
import type { TopicsPlan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';
import type { Messages } from '../messages.ts';
import type { AppServer } from '../server/app-server.ts';
import type { PlaceHost } from './place-host.ts';

interface Its {
  readonly sim: Sim;
  readonly servers: readonly PlaceHost[];
  readonly receiveUs: number;
}

interface Parts {
  readonly messages: Messages;
  readonly servers: readonly AppServer[];
}

/** One server's copy of one entry. */
interface Entry {
  /** How many messages of the room it has read, or had no client for. */
  upTo: number;
  /** The newest that a signal told of. */
  toldOf: number;
  /** A read is under way or due. */
  busy: boolean;
  /** When the last read began, µs. */
  readUs: number;
}

/**
 * Servers that read a room's cached entry when a signal tells them that it has changed: once for all their clients, and
 * once for all signals that come before the read is over. A signal names the entry's version: of one that was read
 * already nothing comes.
 */
export class Readers {
  reads = 0;
  readonly #its: Its;
  readonly #parts: Parts;
  readonly #readUs: number;
  readonly #everyUs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(its: Its, parts: Parts, plan: TopicsPlan & { kind: 'cache' }) {
    this.#its = its;
    this.#parts = parts;
    this.#readUs = Math.round(plan.readMs * 1000);
    this.#everyUs = Math.round(plan.readEveryMs * 1000);
  }

  /** A server has its first client in a room: what was in the entry before concerns nobody there. */
  watch(server: number, room: number, watched: boolean): void {
    this.#entries.delete(keyOf(server, room));
    if (watched) this.#entry(server, room).upTo = this.#length(room);
  }

  /** The process died. */
  stopped(server: number): void {
    for (const room of this.#parts.messages.inRoom.keys()) this.#entries.delete(keyOf(server, room));
  }

  /** A signal is at a server: the entry has this message. */
  told(server: Place, message: number): void {
    const { room, place } = this.#parts.messages;
    const entry = this.#entry(server.index, room[message] as number);
    entry.toldOf = Math.max(entry.toldOf, (place[message] as number) + 1);
    this.#readIfDue(server as PlaceHost, room[message] as number, entry);
  }

  #readIfDue(server: PlaceHost, room: number, entry: Entry): void {
    if (entry.busy || entry.toldOf <= entry.upTo) return;
    entry.busy = true;
    const waitUs = Math.max(0, entry.readUs + this.#everyUs - this.#its.sim.kernel.nowUs);
    server.later(waitUs, () => {
      entry.readUs = this.#its.sim.kernel.nowUs;
      this.reads++;
      server.later(this.#readUs, () => this.#read(server, room, entry));
    });
  }

  /** The entry is here, as it is at this moment. */
  #read(server: PlaceHost, room: number, entry: Entry): void {
    const { kernel, trace } = this.#its.sim;
    const messages = (this.#parts.messages.inRoom[room] as number[]).slice(entry.upTo);
    entry.upTo += messages.length;
    entry.busy = false;
    trace.cause = trace.add(KIND['cache.read'], kernel.nowUs, server.index, room, messages.length);
    server.work(messages.length * this.#its.receiveUs, 'message', () => {
      const app = this.#parts.servers[server.index] as AppServer;
      for (const message of messages) app.accept(message);
    });
    this.#readIfDue(server, room, entry);
  }

  #length(room: number): number {
    return (this.#parts.messages.inRoom[room] as number[]).length;
  }

  #entry(server: number, room: number): Entry {
    const key = keyOf(server, room);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { upTo: 0, toldOf: 0, busy: false, readUs: Number.NEGATIVE_INFINITY };
      this.#entries.set(key, entry);
    }
    return entry;
  }
}

const keyOf = (server: number, room: number): string => `${server}/${room}`;
