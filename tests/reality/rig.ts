/**
 * What the rig adds to a configured round-trip time, ms (the page on the records, section 2: 10, 40, 100, 200 and 300 ms
 * measured as 0.7 to 0.8 more by a UDP echo): two processes, two kernels, the emulator.
 */
export const RIG_MS = 0.7;
