import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * True unless `product` is newer than everything under `inputs`. Folders count too: deleting or renaming a file
 * changes only the time of its folder.
 */
export function isStale(product, inputs) {
  const made = timeOf(product);
  return made === 0 || inputs.some((input) => newest(join(root, input)) >= made);
}

function newest(path) {
  let stat;
  try {
    stat = statSync(path);
  } catch {
    return 0;
  }
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = stat.mtimeMs;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(inner) : timeOf(inner));
  }
  return latest;
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
