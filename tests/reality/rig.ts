import murmurhash from 'murmurhash';

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

/** The rig's events: mulberry32 with seed 7, gap −ln(1 − u)/λ. Times in ms from the start of publishing. */
export function rigEvents(perSecond: number, seconds: number): number[] {
  let state = 7;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const times: number[] = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - uniform()) / perSecond;
    if (at >= seconds) return times;
    times.push(at * 1000);
  }
}

/** What was measured several times, together. @param nameOf of what is to be together */
export function sameKind<T>(records: readonly T[], nameOf: (record: T) => string): T[][] {
  const kinds = new Map<string, T[]>();
  for (const record of records) kinds.set(nameOf(record), [...(kinds.get(nameOf(record)) ?? []), record]);
  return [...kinds.values()];
}
