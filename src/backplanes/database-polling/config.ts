import type { Options } from '../../engine/contract/backplane.ts';

/** The options of a run, read once. */
export interface Config {
  intervalMs: number;
  schedule: 'skip' | 'after-answer' | 'overlapping';
  cursor: 'id' | 'timestamp' | 'timestamp-inclusive';
  readBehindUs: number;
  startFrom: 'new' | 'beginning';
  keepCursor: boolean;
  limit: number;
  inOrder: boolean;
  retry: boolean;
  uniqueKey: boolean;
  slowShare: number;
  slowUs: number;
  clock: 'database' | 'application';
  stepUs: number;
  workers: number;
  queryUs: number;
  perRowUs: number;
  insertUs: number;
  maxConnections: number;
  poolMax: number;
  /** Infinity: the kernel decides. */
  connectTimeoutMs: number;
  /** Infinity: an answer is waited for as long as the connection is there. */
  queryTimeoutMs: number;
}

/** Reads the options of a scenario; its check has made sure of them. */
export function configOf(options: Options): Config {
  const num = (name: string) => options[name] as number;
  const us = (name: string) => Math.round(num(name) * 1000);
  return {
    intervalMs: num('intervalMs'),
    schedule: options.schedule as Config['schedule'],
    cursor: options.cursor as Config['cursor'],
    readBehindUs: us('readBehindMs'),
    startFrom: options.startFrom as Config['startFrom'],
    keepCursor: options.keepCursor === true,
    limit: num('limit'),
    inOrder: options.inOrder === true,
    retry: options.retry === true,
    uniqueKey: options.uniqueKey === true,
    slowShare: num('slowPct') / 100,
    slowUs: us('slowMs'),
    clock: options.clock as Config['clock'],
    stepUs: us('timestampStepMs'),
    workers: num('workers'),
    queryUs: us('queryMs'),
    perRowUs: us('perRowMs'),
    insertUs: us('insertMs'),
    maxConnections: num('maxConnections'),
    poolMax: num('poolMax'),
    connectTimeoutMs: (options.connectTimeoutMs as number | null) ?? Number.POSITIVE_INFINITY,
    queryTimeoutMs: (options.queryTimeoutMs as number | null) ?? Number.POSITIVE_INFINITY,
  };
}
