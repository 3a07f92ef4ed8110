/** Poisson updates for those who poll, are held, or are pushed to; then frames at fixed rates. Seconds; then rest, ms. */
export const UPDATES = { perSecond: 2, seconds: 170 };
export const STREAMS = { perSecond: [20, 100], seconds: 100, bytes: 100 };
export const SETTLE_MS = 8_000;
export const REST_MS = 15_000;
export const PORT = 8080;

/** µs of a clock that all processes of one machine share. */
export const nowUs = () => Number(process.hrtime.bigint() / 1000n);

/** When updates come, ms: the same each time, and the same as in the records (mulberry32 with seed 7). */
export function updateTimesMs() {
  let state = 7;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const times = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - uniform()) / UPDATES.perSecond;
    if (at >= UPDATES.seconds) return times;
    times.push(at * 1000);
  }
}
