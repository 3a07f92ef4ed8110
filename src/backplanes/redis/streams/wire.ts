import { array, bulk, INFO_REPLY_BYTES, UNKNOWN_BYTES, words } from '../resp.ts';
import type { Asking, Command, Reply } from './protocol.ts';

/** `+OK\r\n`, `:1\r\n`. */
const SHORT_BYTES = 5;
/** `*-1\r\n`: nothing came in time. */
const NIL_BYTES = 5;
/** `1700000000000-0`. */
const ID_BYTES = bulk(15);
/** Entries have one field. */
const FIELD_BYTES = bulk('data'.length);
const NUMBER_BYTES = bulk(4);
const GROUP = 'servers';
/** `server-1`. */
const CONSUMER_BYTES = bulk(8);
export type Sizes = { room: (room: number) => string; payload: (message: number) => number; trims: boolean };

/** Size of a command on the stream. */
export function commandBytes(command: Asking, sizes: Sizes): number {
  const key = (room: number) => bulk(sizes.room(room).length);
  switch (command.command) {
    case 'client-id':
      return array(2) + words('client', 'id');
    case 'unblock':
      return array(3) + words('client', 'unblock') + NUMBER_BYTES;
    case 'xadd': {
      const trimming = sizes.trims ? words('MAXLEN', '~') + NUMBER_BYTES : 0;
      const value = bulk(sizes.payload(command.message));
      return array(5) + words('xadd', '*') + key(command.room) + trimming + FIELD_BYTES + value;
    }
    case 'xread':
    case 'xreadgroup': {
      const who = command.command === 'xread' ? 0 : words('GROUP', GROUP) + CONSUMER_BYTES;
      const keys = command.parts.reduce(
        (sum, { room, after }) => sum + key(room) + (after === 'new' ? bulk(1) : ID_BYTES),
        0,
      );
      return array(9) + words(command.command, 'COUNT', 'BLOCK', 'STREAMS') + 2 * NUMBER_BYTES + who + keys;
    }
    case 'xrevrange':
      return array(6) + words('xrevrange', '+', '-', 'COUNT', '1') + key(command.room);
    case 'xrange':
      return array(6) + words('xrange', '+', 'COUNT') + NUMBER_BYTES + ID_BYTES + key(command.room);
    case 'xgroup':
      return array(6) + words('xgroup', 'CREATE', GROUP, '$', 'MKSTREAM') + key(command.room);
    case 'xack':
      return array(4) + words('xack', GROUP) + key(command.room) + ID_BYTES;
    case 'xautoclaim':
      return (
        array(8) +
        words('xautoclaim', GROUP, 'COUNT') +
        key(command.room) +
        CONSUMER_BYTES +
        2 * NUMBER_BYTES +
        ID_BYTES
      );
  }
}

/** Size of an answer on the stream. */
export function replyBytes(command: Command, reply: Reply, sizes: Sizes): number {
  if (reply.error !== undefined) return 60;
  switch (command.command) {
    case 'setinfo':
      return UNKNOWN_BYTES;
    case 'info':
      return INFO_REPLY_BYTES;
    case 'xadd':
      return ID_BYTES;
    case 'client-id':
    case 'unblock':
    case 'xgroup':
    case 'xack':
      return SHORT_BYTES;
    default: {
      const { found = [], last } = reply;
      if (found.length === 0 && last == null) return command.command === 'xrevrange' ? array(0) : NIL_BYTES;
      const entry = (bytes: number) => 2 * array(2) + ID_BYTES + FIELD_BYTES + bulk(bytes);
      let bytes = array(found.length) + (last == null ? 0 : entry(last.bytes));
      for (const { room, entries, missing } of found) {
        bytes += array(2) + bulk(sizes.room(room).length) + array(entries.length + missing.length);
        for (const one of entries) bytes += entry(one.bytes);
        bytes += missing.length * (array(2) + ID_BYTES + NIL_BYTES);
      }
      return bytes;
    }
  }
}
