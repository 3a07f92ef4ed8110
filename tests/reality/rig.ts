import murmurhash from 'murmurhash';

export { rigEvents } from './measure/events.mjs';

/**
 * What the rig adds to a configured round-trip time, ms (the page on the records, section 2: 10, 40, 100, 200 and 300 ms
 * measured as 0.7 to 0.8 more by a UDP echo): two processes, two kernels, the emulator.
 */
export const RIG_MS = 0.7;

/** What the rig's client, in Node, sent as a request, less the query: a tenth of a browser's. It weighs on a slow link. */
export const RIG_HEADER_BYTES = 52;

/**
 * How much later a subscriber's application had what one process told the subscribers of all links at once, ms: the least
 * that the page on the records says of it (section 1: 2 to 4 ms where one process fans an event out to 20 links).
 */
export const RIG_FAN_OUT_MS = 2;

/**
 * What a TLS client in Node does between the moment of `tls.connect()` and its SYN, ms: it makes its context. Measured
 * with Node 20.20 on one machine, full handshakes over loopback: `connect` comes 1.0 to 1.8 ms later than that of
 * `net.connect()`. Here the client spends as much, but within the handshake, so that nothing later is moved by it.
 */
export const RIG_TLS_CONTEXT_MS = 1.6;

/**
 * A run's seed, of its record's own: with the same seeds everywhere what a few thousand packets happen to lose would tilt
 * every row of a table alike. @param run from 0
 */
export const seedOf = (record: string, run: number): number => (murmurhash.v3(record) % 1e6) * 1000 + run;

/** What was measured several times, together. @param nameOf of what is to be together */
export function sameKind<T>(records: readonly T[], nameOf: (record: T) => string): T[][] {
  const kinds = new Map<string, T[]>();
  for (const record of records) kinds.set(nameOf(record), [...(kinds.get(nameOf(record)) ?? []), record]);
  return [...kinds.values()];
}
