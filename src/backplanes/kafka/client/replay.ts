import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Config } from '../config.ts';
import { partitionFor } from '../murmur2.ts';
import type { Witness } from '../witness.ts';
import type { Reader } from './reading.ts';

/**
 * Reads a room's part of the log again, from behind a message that a client has (its offset is what the client says it
 * has) up to the high watermark, beside the consumer's own reading.
 */
export function replayFrom(
  io: BackplaneIo,
  config: Config,
  witness: Witness,
  consumer: Reader,
  room: number,
  after: number,
  give: (messages: readonly number[]) => void,
): void {
  const partition = partitionFor(io.rooms[room] as string, config.partitions);
  const messages: number[] = [];
  const read = (offset: number) => {
    const parts = [{ partition, offset, lastEpoch: -1 }];
    const request = { api: 'fetch', follower: -1, minBytes: 1, maxWaitUs: 0, parts } as const;
    consumer.askLeader(partition, { ...request, parts }, (answer) => {
      const part = answer?.parts?.[0];
      if (part === undefined || part.failure === 'not leader') return;
      // What retention took is gone: it begins with what is left.
      if (part.failure === 'offset out of range') return read(part.logStart);
      for (const { message } of part.entries) if (io.roomOf(message) === room) messages.push(message);
      const next = offset + part.entries.length;
      if (part.entries.length === 0 || next >= part.highWatermark) give(messages);
      else read(next);
    });
  };
  read(Math.max(0, witness.offsetOf(after) + 1));
}
