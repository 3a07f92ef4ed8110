import { join } from 'node:path';

/** As much of what Rolldown tells about the modules as is used here. */
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/**
 * A group for Rolldown's `output.codeSplitting`: everything that the first picture needs, in one file. Left to itself it
 * makes a file of each set of modules that some later part needs too: thirty requests, which compress worse.
 */
export function firstChunk(root: string): { name(id: string, modules: Modules): string | null } {
  const entry = join(root, 'src/app/main.tsx').replaceAll('\\', '/');
  let needed: Set<string> | null = null;
  return {
    name(id, modules) {
      needed ??= closure(entry, modules);
      // The entry itself waits for parts that come later, and those need this file: it would wait for itself.
      return id !== entry && needed.has(id) ? 'first' : null;
    },
  };
}

/** A module and all that it imports, and those import, without waiting. */
function closure(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
