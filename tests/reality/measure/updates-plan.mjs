/** Poisson updates for those who poll, are held, or are pushed to; then frames at fixed rates. Seconds; then rest, ms. */
export const UPDATES = { perSecond: 2, seconds: 170 };
export const STREAMS = { perSecond: [20, 100], seconds: 100, bytes: 100 };
export const SETTLE_MS = 8_000;
export const REST_MS = 15_000;
export const PORT = 8080;
