import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, toolBeside } from './root.mjs';
import { NOTHING_CHANGED, sinceGood } from './seen.mjs';

const settings = ['tsconfig.json', 'package-lock.json', 'node_modules/typescript/package.json'];
const kinds = /\.([cm]?[jt]s|[jt]sx|json)$/;

/**
 * Checks the types beside other work. A quick check looks at those of what changed since all were last found good, and
 * of what depends on it.
 * @returns as `toolBeside`
 */
export async function types(effort) {
  const { all, changed, gone, keep } = sinceGood('typed', settings, kinds, effort);
  if (!all && changed.length + gone.length === 0) return NOTHING_CHANGED;
  const known = join(cache, 'types.tsbuildinfo');
  if (effort !== 'quick') rmSync(known, { force: true });
  const ended = await toolBeside('tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', known]);
  if (ended.exitCode === 0) keep();
  return ended;
}
