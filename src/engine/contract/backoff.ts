import type { ReconnectPlan } from './plan.ts';

const KINDS = ['none', 'fixed', 'exponential'] as const;
const JITTERS = ['none', 'full', 'equal', 'decorrelated'] as const;

/** A reconnection policy as the flat numbers that a machine's context may hold. */
export function backoffContext(plan: ReconnectPlan) {
  return {
    backoffKind: KINDS.indexOf(plan.kind),
    baseMs: plan.baseMs,
    maxMs: plan.maxMs,
    factor: plan.factor,
    jitter: JITTERS.indexOf(plan.jitter),
    maxAttempts: plan.maxAttempts ?? -1,
    attempt: 0,
    delayMs: 0,
  };
}

/** Context for a machine that waits between attempts; the defaults never try again. */
export const NO_BACKOFF = backoffContext({
  kind: 'none',
  baseMs: 1000,
  maxMs: 30000,
  factor: 2,
  jitter: 'none',
  maxAttempts: null,
});

type Backoff = typeof NO_BACKOFF;

/** Whether another attempt is allowed. */
export const mayRetry = ({ context }: { context: Backoff }): boolean =>
  context.backoffKind !== 0 && (context.maxAttempts < 0 || context.attempt < context.maxAttempts);

/**
 * A page that tries again at once does so in another task, and a network that is away says so from another process:
 * without this an attempt that fails where it stands would be followed by the next at the same instant, without end.
 * An estimate.
 */
export const LEAST_RETRY_MS = 1;

/**
 * The wait before the next attempt, ms, at least {@link LEAST_RETRY_MS}, from an event's `random` in [0, 1).
 *
 * `full`, `equal` and `decorrelated` are those of the AWS Architecture Blog, "Exponential Backoff And Jitter" (2015):
 * U(0, d); d/2 + U(0, d/2); min(max, U(base, 3 × the last wait)).
 */
export const nextDelayMs = (scope: { context: Backoff; event: { random: number } }): number =>
  Math.max(LEAST_RETRY_MS, drawnDelayMs(scope));

function drawnDelayMs({ context, event }: { context: Backoff; event: { random: number } }): number {
  const { backoffKind, baseMs, maxMs, factor, jitter, attempt, delayMs } = context;
  let full = baseMs;
  if (backoffKind === 2) for (let i = 0; i < attempt && full < maxMs; i++) full *= factor;
  full = Math.min(full, maxMs);
  if (jitter === 1) return full * event.random;
  if (jitter === 2) return full / 2 + (full / 2) * event.random;
  if (jitter === 3) {
    const last = attempt === 0 ? baseMs : delayMs;
    return Math.min(maxMs, baseMs + Math.max(0, last * 3 - baseMs) * event.random);
  }
  return full;
}
