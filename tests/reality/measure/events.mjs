/** The rig's events: mulberry32 with seed 7, gap −ln(1 − u)/λ. Times in ms from the start of publishing. */
export function rigEvents(perSecond, seconds) {
  let state = 7;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const times = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - uniform()) / perSecond;
    if (at >= seconds) return times;
    times.push(at * 1000);
  }
}
