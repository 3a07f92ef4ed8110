/** What is published in a round: so many messages at so many a second, and then for so long nothing, ms. */
export const PHASES = [
  { perSecond: 5, published: 427 },
  { perSecond: 50, published: 2056 },
];
export const REST_MS = 15_000;

/** µs of a clock that all processes of one machine share. */
export const nowUs = () => Number(process.hrtime.bigint() / 1000n);
