import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, root, toolBeside } from './root.mjs';

/** What the last check found good: a hash of the linter and its settings, and one for each file. */
const store = join(cache, 'linted.json');
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
  const before = effort === 'quick' ? read(store) : undefined;
  const now = { settings: hashOf(settings.map((file) => readFileSync(join(root, file)))), files: {} };
  for (const file of filesIn(root)) now.files[relative(root, file)] = hashOf([readFileSync(file)]);
  const changed = Object.keys(now.files).filter((file) => now.files[file] !== before?.files[file]);
  const all = before?.settings !== now.settings || changed.length > few;
  if (!all && changed.length === 0)
    return { exitCode: 0, said: 'Nothing has changed since the last check.\n' };
  const ended = await biome(all ? [] : ['--no-errors-on-unmatched', ...changed]);
  if (ended.exitCode === 0) keep(store, now);
  return ended;
}

const biome = (more) => toolBeside('biome', ['check', '--error-on-warnings', ...more]);

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(\.|node_modules$|dist$)/.test(entry.name) ? [] : filesIn(path);
    return kinds.test(entry.name) ? [path] : [];
  });
}

function hashOf(contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('base64');
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the first check, or one that was cut off
  }
}

/** Whole or not at all: a check beside this one may be reading. */
function keep(file, value) {
  mkdirSync(cache, { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, JSON.stringify(value));
  renameSync(part, file);
}
