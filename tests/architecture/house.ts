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

/** Every folder of plug-ins has a line in its layer's `registry.ts`, and every line a folder. */
export function registryViolations(sources: Source[]): string[] {
  return ['transports', 'backplanes'].flatMap((layer) => {
    const path = `src/${layer}/registry.ts`;
    const registry = sources.find((source) => source.path === path);
    const folders = new Set(
      sources.flatMap((source) => source.path.match(`^src/${layer}/([^/]+)/`)?.[1] ?? []),
    );
    const listed = new Set(registry === undefined ? [] : foldersListed(registry));
    return [
      ...[...folders]
        .filter((folder) => !listed.has(folder))
        .map((folder) => `${path} has no line for ${folder}`),
      ...[...listed]
        .filter((folder) => !folders.has(folder))
        .map((folder) => `${path} names ${folder}, which is no folder`),
    ];
  });
}

/** A registry is one object: each kind with its folder. */
function foldersListed({ program }: Source): string[] {
  const found: string[] = [];
  walk(program, (node) => {
    const value = node.type === 'Property' ? (node.value as Node) : undefined;
    if (value?.type === 'Literal') found.push(String(value.value));
    return undefined;
  });
  return found;
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
