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
