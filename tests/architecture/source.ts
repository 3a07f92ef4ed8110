import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript); the rules look at a few fields and walk the rest blindly. */
export interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

export interface Import {
  specifier: string;
  line: number;
}

export interface Source {
  path: string;
  text: string;
  program: Node;
  imports: Import[];
}

export type Visit = (node: Node, parent: Node | undefined, key: string) => boolean | undefined;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Walks depth first; a visit that returns false keeps its children out. */
export function walk(node: Node, visit: Visit, parent?: Node, key = ''): void {
  if (visit(node, parent, key) === false) return;
  // Millions of nodes: nothing is allocated for one.
  for (const field in node) {
    const value = node[field];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) walk(value, visit, node, field);
    } else for (const child of value) if (isNode(child)) walk(child, visit, node, field);
  }
}

const typeFields = new Set([
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
  'returnType',
  'superTypeArguments',
  'implements',
]);
const typeStatements = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'TSDeclareFunction']);

/** Walks what exists at run time: naming a type is not using a value. */
export function walkValues(node: Node, visit: Visit): void {
  walk(node, (child, parent, key) => {
    if (typeFields.has(key) || typeStatements.has(child.type)) return false;
    return visit(child, parent, key);
  });
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const problem = parsed.errors[0];
  if (problem) throw new Error(`${path}: ${problem.message}`);
  const program = parsed.program as unknown as Node;
  return { path, text, program, imports: importsOf(program, text) };
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function importsOf(program: Node, text: string): Import[] {
  const found: Import[] = [];
  walk(program, (node) => {
    const source = importing.has(node.type) ? node.source : workerAddress(node);
    if (isNode(source) && typeof source.value === 'string') {
      found.push({ specifier: source.value.replace(/\?.*$/, ''), line: lineOf(text, node.start) });
    }
    return undefined;
  });
  return found;
}

/** `new URL('./run.worker.ts', import.meta.url)` is how Vite is told of a worker: an import by another name. */
function workerAddress(node: Node): Node | undefined {
  if (node.type !== 'NewExpression' || (node.callee as Node).name !== 'URL') return undefined;
  const [address, base] = node.arguments as Node[];
  return base?.type === 'MemberExpression' && (base.object as Node).type === 'MetaProperty'
    ? address
    : undefined;
}
