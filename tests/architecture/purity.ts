import { isTest, placeOf, writingLayers } from './layers.ts';
import { isNode, lineOf, type Node, type Source, walkValues } from './source.ts';

const clocks = ['Date', 'performance'];
const timers = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'requestIdleCallback',
];
const outside = [
  'crypto',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
  'WebSocket',
  'EventSource',
];
const dom = ['document', 'window', 'navigator', 'globalThis', 'self', 'process'];

/** The results of these are fixed to the last bit by ECMAScript; those of log, exp, sin, pow … differ by engine. */
const exactMath = new Set([
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc'],
  ...['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'],
]);

function forbiddenIn(layer: string): Set<string> {
  if (writingLayers.includes(layer)) return new Set([...clocks, ...timers, ...outside, ...dom]);
  if (layer === 'cli') return new Set([...timers, ...outside]); // reads the clock for `wallMs`
  if (layer === 'views' || layer === 'pages') return new Set([...clocks, ...timers, ...outside]);
  return new Set(); // app/ holds the only wall clock
}

/** Below app/: no clock, no timer, no luck but the kernel's, and in the writing tower no engine-dependent arithmetic. */
export function purityViolations(source: Source): string[] {
  const { layer } = placeOf(source.path);
  if (layer === 'app' || isTest(source.path)) return [];
  const forbidden = forbiddenIn(layer);
  const exact = writingLayers.includes(layer);
  const bound = boundNames(source.program);
  const found: string[] = [];
  const report = (node: Node, what: string): void => {
    found.push(`${source.path}:${lineOf(source.text, node.start)}: ${what} has no place in ${layer}`);
  };

  walkValues(source.program, (node, parent, key) => {
    if (exact && isPower(node)) report(node, 'the operator **');
    if (node.type === 'MemberExpression' && isGlobalObject(node.object, bound)) {
      const name = memberName(node);
      if (name !== undefined && forbidden.has(name)) report(node, name);
    }
    if (node.type !== 'Identifier' || !isReference(node, parent, key)) return undefined;
    const name = node.name as string;
    if (forbidden.has(name) && !bound.has(name)) report(node, name);
    if (name === 'Math') {
      const member = parent?.type === 'MemberExpression' && key === 'object' ? memberName(parent) : undefined;
      if (member === undefined || member === 'random' || (exact && !exactMath.has(member))) {
        report(node, `Math.${member ?? '(taken apart)'}`);
      }
    }
    return undefined;
  });
  return found;
}

/** `2 ** 32` between whole literals is a way to write a number; any other power is arithmetic. */
function isPower(node: Node): boolean {
  if (node.operator === '**=') return true;
  return node.operator === '**' && !(isWholeLiteral(node.left) && isWholeLiteral(node.right));
}

function isWholeLiteral(node: unknown): boolean {
  return isNode(node) && node.type === 'Literal' && Number.isInteger(node.value);
}

function isGlobalObject(node: unknown, bound: ReadonlySet<string>): boolean {
  if (!isNode(node) || node.type !== 'Identifier') return false;
  const name = node.name as string;
  return ['window', 'globalThis', 'self'].includes(name) && !bound.has(name);
}

function memberName(node: Node): string | undefined {
  const property = node.property as Node;
  if (!node.computed) return property.name as string;
  return typeof property.value === 'string' ? property.value : undefined;
}

/** A name that stands for a value, and not for a member, a key or a label. */
function isReference(node: Node, parent: Node | undefined, key: string): boolean {
  if (!parent) return true;
  if (parent.type === 'MemberExpression') return key === 'object' || parent.computed === true;
  if (key === 'key') return parent.computed === true;
  if (parent.type === 'ImportSpecifier' || parent.type === 'ExportSpecifier') return false;
  return key !== 'label' && parent.type !== 'MetaProperty' && node.name !== undefined;
}

/**
 * Names that the file declares anywhere. A congestion window called `window` is no DOM; whoever hides a clock behind
 * such a name has to import it first, and the layers forbid that.
 */
function boundNames(program: Node): Set<string> {
  const names = new Set<string>();
  walkValues(program, (node) => {
    for (const pattern of patternsOf(node)) collect(pattern, names);
    return undefined;
  });
  return names;
}

function patternsOf(node: Node): unknown[] {
  switch (node.type) {
    case 'VariableDeclarator':
    case 'ClassDeclaration':
      return [node.id];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [node.id, ...(node.params as Node[])];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local];
    case 'CatchClause':
      return [node.param];
    default:
      return [];
  }
}

function collect(pattern: unknown, names: Set<string>): void {
  if (!isNode(pattern)) return;
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name as string);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties as Node[])
        collect(property.value ?? property.argument, names);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements as unknown[]) collect(element, names);
      break;
    case 'AssignmentPattern':
      collect(pattern.left, names);
      break;
    case 'RestElement':
      collect(pattern.argument, names);
      break;
    case 'TSParameterProperty':
      collect(pattern.parameter, names);
      break;
  }
}
