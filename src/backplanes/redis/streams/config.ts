import type { Options } from '../../../engine/contract/backplane.ts';
import type { ClientConfig } from '../client/options.ts';

/** The options of a run, read once; times of the model in µs, of machines in ms. */
export interface Config extends ClientConfig {
  pattern: 'broadcast' | 'group';
  startFrom: 'new' | 'beginning';
  count: number;
  /** Infinity: a read waits for ever. */
  blockMs: number;
  noAck: boolean;
  minIdleMs: number;
  claimIntervalMs: number;
  maxLen: number | null;
  approximate: boolean;
  appendOnly: boolean;
  perCommandUs: number;
  perEntryUs: number;
}

/** Reads the options of a scenario; its check has made sure of them. */
export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  return {
    pattern: options.pattern as Config['pattern'],
    startFrom: options.startFrom as Config['startFrom'],
    count: num('count'),
    blockMs: num('blockMs') === 0 ? Number.POSITIVE_INFINITY : num('blockMs'),
    noAck: options.noAck === true,
    minIdleMs: num('minIdleMs'),
    claimIntervalMs: num('claimIntervalMs'),
    maxLen: options.maxLen as number | null,
    approximate: options.trim === 'approximate',
    appendOnly: options.appendOnly === true,
    resend: options.resend === true,
    maxRetries: options.maxRetries as number | null,
    retryStepMs: num('retryStepMs'),
    retryMaxMs: num('retryMaxMs'),
    connectTimeoutMs: num('connectTimeoutMs'),
    socketTimeoutMs: (options.socketTimeoutMs as number | null) ?? Number.POSITIVE_INFINITY,
    perCommandUs: num('perCommandMs') * 1000,
    perEntryUs: num('perEntryMs') * 1000,
  };
}
