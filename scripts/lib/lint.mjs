import { toolBeside } from './root.mjs';
import { NOTHING_CHANGED, sinceGood } from './seen.mjs';

const settings = ['biome.json', '.gitignore', 'node_modules/@biomejs/biome/package.json'];
const kinds = /\.([cm]?[jt]s|[jt]sx|json|css|html)$/;
/** Beyond the command line's length there is no gain either. */
const few = 100;

/**
 * Lints beside other work. A quick check looks only at files that have changed since they were last found good: every
 * rule judges a file by itself, but for the one on import cycles, and a new cycle goes through a file that has changed.
 * @returns as `toolBeside`
 */
export async function lint(effort) {
  const { all, changed, keep } = sinceGood('linted', settings, kinds, effort);
  if (!all && changed.length === 0) return NOTHING_CHANGED;
  const some = all || changed.length > few ? [] : ['--no-errors-on-unmatched', ...changed];
  const ended = await toolBeside('biome', ['check', '--error-on-warnings', ...some]);
  if (ended.exitCode === 0) keep();
  return ended;
}
