import type { Place } from '../../../engine/contract/place.ts';
import { type Executor, type Read, RedisConnection } from './connection.ts';
import { acknowledge, claim, type GroupHome, history, readNew } from './group.ts';
import type { Home } from './home.ts';
import type { Command, Found, Reply } from './protocol.ts';
import { FIRST_ID, type Id, Stream } from './stream.ts';

/** Redis: it does one command at a time. */
export class RedisNode implements Executor, GroupHome {
  readonly home: Home;
  readonly place: Place;
  /** In the order in which they were opened. */
  readonly connections = new Set<RedisConnection>();
  /** Those of them whose read waits, longest first. */
  readonly blocked = new Set<RedisConnection>();
  readonly #streams: Map<number, Stream>;

  /** @param streams by room; what is on the disk, if anything is */
  constructor(home: Home, place: Place, streams: Map<number, Stream>) {
    this.home = home;
    this.place = place;
    this.#streams = streams;
    place.listen((wire) => {
      const connection = new RedisConnection(this, wire);
      this.connections.add(connection);
      return connection;
    });
  }

  get nowMs(): number {
    return Math.max(1, Math.floor(this.place.clockUs / 1000));
  }

  /** CPU time of a command: more, where it brings entries to somebody. */
  costUs(command: Command): number {
    const { perCommandUs, perEntryUs } = this.home.config;
    return perCommandUs + perEntryUs * this.#entriesMoved(command);
  }

  #entriesMoved(command: Command): number {
    const { count } = this.home.config;
    switch (command.command) {
      case 'xadd':
        return this.#waitingFor(command.room).length;
      case 'xrange':
        return this.#streams.get(command.room)?.after(command.after, count).length ?? 0;
      case 'xread':
      case 'xreadgroup':
        return command.parts.reduce((sum, { room, after }) => {
          const stream = this.#streams.get(room);
          const from = after === 'new' ? (stream?.group?.lastId ?? FIRST_ID) : after;
          return sum + (stream?.after(from, count).length ?? 0);
        }, 0);
      default:
        return 0;
    }
  }

  execute(command: Command, from: RedisConnection): void {
    if (command.command === 'xadd') this.#add(command, from);
    else if (command.command === 'xread' || command.command === 'xreadgroup') this.#read(command, from);
    else from.answer(command, this.#answerTo(command, from));
  }

  #answerTo(command: Exclude<Command, Read | { command: 'xadd' }>, from: RedisConnection): Reply {
    const server = from.wire.peer;
    switch (command.command) {
      case 'setinfo':
        return { setinfo: command.what };
      case 'info':
        return { info: true };
      case 'client-id':
        return { client: from.wire.connection };
      case 'unblock': {
        const blocked = [...this.connections].find(({ wire }) => wire.connection === command.client);
        return { unblocked: blocked?.unblock() === true };
      }
      case 'xrevrange':
        return {
          last: this.#streams.get(command.room)?.last ?? null,
          offset: this.home.books.lengthOf(command.room),
        };
      case 'xrange':
        return { found: this.#range(command.room, command.after) };
      case 'xgroup':
        return this.#createGroup(command.room);
      case 'xack':
        acknowledge(this, this.#streams.get(command.room), command.offset, server);
        return {};
      case 'xautoclaim':
        return claim(this, this.#streams.get(command.room), command, server);
    }
  }

  #streamOf(room: number): Stream {
    const stream = this.#streams.get(room) ?? new Stream();
    this.#streams.set(room, stream);
    return stream;
  }

  #add(command: Extract<Command, { command: 'xadd' }>, from: RedisConnection): void {
    const { io, config, books } = this.home;
    const { room, message } = command;
    const stream = this.#streamOf(room);
    const bytes = io.bytesOf(message);
    books.appended(stream.append(this.nowMs, { offset: books.lengthOf(room), room, message, bytes }));
    if (config.maxLen !== null)
      books.removed(stream.trim(config.maxLen, config.approximate), 'trimmed before the server read it');
    from.answer(command, {});
    // Whoever waits is served when the command is done, who waits longest first (handleClientsBlockedOnKeys).
    for (const connection of this.#waitingFor(room)) {
      const found = this.#find(connection.read as Read, connection.wire.peer);
      if (found.length > 0) connection.serve(found);
    }
  }

  #waitingFor(room: number): RedisConnection[] {
    return [...this.blocked].filter(({ read }) => read?.parts.some((part) => part.room === room));
  }

  #read(command: Read, from: RedisConnection): void {
    const noGroup = command.parts.some(({ room }) => (this.#streams.get(room)?.group ?? null) === null);
    if (command.command === 'xreadgroup' && noGroup) {
      from.answer(command, { error: 'NOGROUP' });
      return;
    }
    const found = this.#find(command, from.wire.peer);
    // A consumer's history is answered at once, be it empty.
    const waits = command.command === 'xread' || command.parts.every(({ after }) => after === 'new');
    if (found.length > 0 || !waits) from.answer(command, { found });
    else from.block(command);
  }

  #find(command: Read, server: Place): Found[] {
    const found = command.parts.map(({ room, after }): Found => {
      const stream = this.#streams.get(room);
      if (command.command === 'xread')
        return {
          room,
          entries: stream?.after(after as Id, this.home.config.count) ?? [],
          missing: [],
        };
      if (after === 'new') return { room, entries: readNew(this, stream, server), missing: [] };
      return { room, ...history(this, stream, after, server) };
    });
    return found.filter(({ entries, missing }) => entries.length + missing.length > 0);
  }

  #range(room: number, after: Id): Found[] {
    const entries = this.#streams.get(room)?.after(after, this.home.config.count) ?? [];
    return entries.length === 0 ? [] : [{ room, entries, missing: [] }];
  }

  /** XGROUP CREATE … MKSTREAM: from the end (`$`), or from the beginning (`0`). */
  #createGroup(room: number): Reply {
    const stream = this.#streamOf(room);
    if (stream.group !== null) return { error: 'BUSYGROUP' };
    const atEnd = this.home.config.startFrom === 'new';
    stream.group = { lastId: atEnd ? stream.lastId : FIRST_ID, pending: new Map() };
    if (atEnd) this.home.books.groupBegins(room);
    return {};
  }
}
