import type { OptionSpec } from './option-spec.ts';

/** When a host's kernel asks whether the other end of an idle connection is still there (SO_KEEPALIVE). */
export interface Probes {
  idleMs: number;
  intervalMs: number;
  count: number;
}

/** Chromium, on each of its connections: 45 s, and given up at the tenth time (Chromium 156, measured). */
export const BROWSER_PROBES: Probes = { idleMs: 45_000, intervalMs: 45_000, count: 9 };

/** Node's http.Agent, on connections that it keeps: `keepAliveMsecs` 1000; then libuv's interval and count. */
const NODE_PROBES: Probes = { idleMs: 1_000, intervalMs: 1_000, count: 10 };

/** The option of a transport whose requests may be a browser's as well as a program's. */
export const PROBES_OPTION: OptionSpec = {
  type: 'choice',
  values: ['node', 'browser'],
  default: 'node',
  about:
    'How an idle connection is probed. `node`: one that is kept, after 1 s and then each second, ten times. ' +
    '`browser`: any, after 45 s and then every 45 s, nine times.',
  source: 'Node 20.20 http.Agent: keepAliveMsecs 1000; Chromium 156: 45 s. Both measured on the wire',
};

/** What the option stands for. @returns null: no probes */
export function probesOf(option: unknown, keepAlive: boolean): Probes | null {
  if (option === 'browser') return BROWSER_PROBES;
  return keepAlive ? NODE_PROBES : null;
}
