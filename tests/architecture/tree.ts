import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCycles } from './cycles.ts';
import { machineViolations, registryViolations, sizeViolations } from './house.ts';
import { layerViolations } from './layers.ts';
import { purityViolations } from './purity.ts';
import { parseSource } from './source.ts';

/** Path from the project's folder, with forward slashes → text. */
export type Tree = Map<string, string>;

const code = /\.(tsx?|mjs|css)$/;

export function readTree(root: string, folders: string[]): Tree {
  const tree: Tree = new Map();
  function read(folder: string): void {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) read(path);
      else if (code.test(entry.name)) tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  for (const folder of folders) read(folder);
  return tree;
}

export interface House {
  layers: string[];
  cycles: string[];
  purity: string[];
  machines: string[];
  registries: string[];
  sizes: string[];
}

/** Everything that breaks the rules of the house, by rule, as `path:line: what`. */
export function inspect(tree: Tree, declared: ReadonlySet<string>, debt: readonly string[] = []): House {
  const sources = [...tree]
    .filter(([path]) => /^src\/.*\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(([path, text]) => parseSource(path, text));
  const product = sources.filter(({ path }) => !/\.test\.tsx?$/.test(path));
  return {
    layers: layerViolations(sources, declared),
    cycles: importCycles(sources),
    purity: sources.flatMap(purityViolations),
    machines: product.flatMap(machineViolations),
    registries: registryViolations(sources),
    sizes: sizeViolations(tree, debt),
  };
}
