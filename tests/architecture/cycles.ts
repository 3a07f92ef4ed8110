import { resolveImport } from './layers.ts';
import type { Source } from './source.ts';

/** Each import cycle once, as the list of its files. Types count: two files that need each other are one idea. */
export function importCycles(sources: Source[]): string[] {
  const paths = new Set(sources.map((source) => source.path));
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveImport(source.path, specifier, (path) => paths.has(path)))
        .filter((path) => paths.has(path) && path !== source.path),
    ]),
  );
  const finished = new Set<string>();
  const trail: string[] = [];
  const cycles: string[] = [];

  function visit(path: string): void {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      cycles.push(`import cycle: ${[...trail.slice(seenAt), path].join(' → ')}`);
      return;
    }
    if (finished.has(path)) return;
    trail.push(path);
    for (const next of edges.get(path) ?? []) visit(next);
    trail.pop();
    finished.add(path);
  }

  for (const path of paths) visit(path);
  return cycles;
}
