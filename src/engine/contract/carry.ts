import type { Wire } from './place.ts';

/**
 * Sends a unit that carries messages whose numbers may have gaps: a unit's are numbered without one, so it goes out as
 * the fewest units that hold them, with equal shares of its bytes. The last carries the content: by then all is there.
 * @param what key of the vocabulary @param bytes of all of it on the stream @param messages in their order, or none
 */
export function sendCarrying(
  wire: Wire,
  what: string,
  bytes: number,
  content: unknown,
  messages: readonly number[],
): void {
  const runs: [first: number, length: number][] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === message) last[1]++;
    else runs.push([message, 1]);
  }
  const [first, length] = runs.pop() ?? [0, 0];
  const share = Math.floor(bytes / (runs.length + 1));
  for (const [start, count] of runs) wire.send(what, share, null, start, count);
  wire.send(what, bytes - share * runs.length, content, first, length);
}
