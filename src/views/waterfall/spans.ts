import type { Connection, Exchange } from './model.ts';

/** What a connection is busy with, in the order in which it comes to it. */
export const PHASES = [
  'DNS',
  'TCP connect',
  'TLS',
  'request',
  'waiting',
  'receiving',
  'stream',
  'idle',
  'closing',
] as const;

export type Phase = (typeof PHASES)[number];

export interface Span {
  phase: Phase;
  fromUs: number;
  toUs: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The phases of a connection, as its client sees them, up to `nowUs`, one after the other without a gap. What happened later has no part in it.
 * @param exchanges those that may be seen; what lies before the first is taken for idle
 */
export function spansOf(connection: Connection, exchanges: readonly Exchange[], nowUs: number): Span[] {
  const { startUs, attemptedUs, establishedUs, tls, securedUs, failure, ending, overUs } = connection;
  const endUs = Math.min(nowUs, failure?.atUs ?? ending?.clientUs ?? NEVER);
  const spans: Span[] = [];
  let at = startUs;
  const until = (phase: Phase, toUs: number, limit = endUs) => {
    const to = Math.min(toUs, limit);
    if (to > at) spans.push({ phase, fromUs: at, toUs: to });
    at = Math.max(at, to);
  };
  until('DNS', attemptedUs);
  until('TCP connect', establishedUs ?? NEVER);
  if (tls) until('TLS', securedUs ?? NEVER);
  for (const { requestUs, arrivedUs, firstByteUs, doneUs } of exchanges) {
    until('idle', requestUs);
    until('request', arrivedUs ?? NEVER);
    until('waiting', firstByteUs ?? NEVER);
    until('receiving', doneUs ?? NEVER);
  }
  const answered = exchanges.some(({ doneUs }) => doneUs !== null && doneUs <= at);
  until(connection.stream && answered ? 'stream' : 'idle', NEVER);
  // An attempt that failed has no other end to wait for.
  if (failure === null && ending !== null && ending.clientUs <= nowUs)
    until('closing', overUs ?? NEVER, nowUs);
  return spans;
}

/** How a connection ends, in words, and when that began; null: it does not, as of `nowUs`. */
export function endingOf(
  { failure, ending }: Connection,
  nowUs: number,
): { atUs: number; words: string; failed: boolean } | null {
  if (failure !== null) {
    const { atUs, reason } = failure;
    return atUs > nowUs ? null : { atUs, words: `attempt failed: ${reason || 'given up'}`, failed: true };
  }
  if (ending === null || ending.atUs > nowUs) return null;
  const { atUs, by, how } = ending;
  if (how === 'FIN' || how === 'finished') return { atUs, words: `closed by the ${by}`, failed: false };
  return {
    atUs,
    words: how === 'RST' ? `reset by the ${by}` : `${how || 'closed'} at the ${by}`,
    failed: true,
  };
}
