import { pluginLayers, resolveImport } from './layers.ts';
import { lineOf, type Node, type Source, walk } from './source.ts';

const longest = 300;
const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression']);

/** A machine's config names its actions, guards and delays: only so can it be drawn, saved, and run for a crowd. */
export function machineViolations(source: Source): string[] {
  const found: string[] = [];
  walk(source.program, (node) => {
    if (!isCreateMachine(node)) return undefined;
    for (const argument of node.arguments as Node[]) {
      walk(argument, (inner) => {
        if (!functions.has(inner.type)) return undefined;
        found.push(
          `${source.path}:${lineOf(source.text, inner.start)}: a function inside createMachine({…}); name it in setup()`,
        );
        return false;
      });
    }
    return undefined;
  });
  return found;
}

function isCreateMachine(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee as Node;
  const named = callee.type === 'MemberExpression' ? (callee.property as Node) : callee;
  return named.name === 'createMachine';
}

/** Every plug-in folder is named by its layer's `index.ts`, or by a file beside it. */
export function registryViolations(sources: Source[]): string[] {
  const paths = new Set(sources.map((source) => source.path));
  return pluginLayers.flatMap((layer) => {
    const index = `src/${layer}/index.ts`;
    const registry = sources.find((source) => source.path === index);
    const folders = new Set([...paths].flatMap((path) => path.match(`^src/${layer}/([^/]+)/`)?.[1] ?? []));
    if (!registry) {
      return layer === 'network' || folders.size === 0
        ? []
        : [`${index} is missing, yet src/${layer} has plug-ins`];
    }
    const named = sources
      .filter(({ path }) => path.startsWith(`src/${layer}/`) && path.split('/').length === 3)
      .flatMap(({ path, imports }) =>
        imports.map(({ specifier }) => resolveImport(path, specifier, (other) => paths.has(other))),
      );
    return [...folders]
      .filter((folder) => !named.some((path) => path.startsWith(`src/${layer}/${folder}/`)))
      .map((folder) => `${index} does not name src/${layer}/${folder}`);
  });
}

/** A file past 300 lines holds a second idea. `debt` names the ones that wait for it; paid debts leave the list. */
export function sizeViolations(files: ReadonlyMap<string, string>, debt: readonly string[]): string[] {
  const long = new Map<string, number>();
  for (const [path, text] of files) {
    const lines = text.replace(/\n$/, '').split('\n').length;
    if (lines > longest) long.set(path, lines);
  }
  const unexpected = [...long].filter(([path]) => !debt.includes(path));
  const paid = debt.filter((path) => !long.has(path));
  return [
    ...unexpected.map(([path, lines]) => `${path} has ${lines} lines, more than ${longest}`),
    ...paid.map((path) => `${path} is no longer past ${longest} lines: take it off DEBT`),
  ];
}
