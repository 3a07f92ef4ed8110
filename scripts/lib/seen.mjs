import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, root } from './root.mjs';

/**
 * What has changed since a check last found all good. A check that is not quick takes everything for new.
 * @param name of the check @param settings files that decide how it judges @param kinds names of files that it judges
 * @returns `all`: its settings are others, so everything is to be judged; `changed`: paths of files that are new or
 * others; `keep`: to be called when all was found good
 */
export function sinceGood(name, settings, kinds, effort) {
  const store = join(cache, `${name}.json`);
  const before = effort === 'quick' ? read(store) : undefined;
  const now = { settings: hashOf(settings.map((file) => readFileSync(join(root, file)))), files: {} };
  for (const file of filesIn(root, kinds)) now.files[relative(root, file)] = hashOf([readFileSync(file)]);
  const changed = Object.keys(now.files).filter((file) => now.files[file] !== before?.files[file]);
  const gone = Object.keys(before?.files ?? {}).filter((file) => !(file in now.files));
  return { all: before?.settings !== now.settings, changed, gone, keep: () => keep(store, now) };
}

/** What a check says that has nothing to judge. */
export const NOTHING_CHANGED = { exitCode: 0, said: 'Nothing has changed since the last check.\n' };

function filesIn(folder, kinds) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(\.|node_modules$|dist$)/.test(entry.name) ? [] : filesIn(path, kinds);
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
