import { type Plugin, parseSync } from 'vite';

/**
 * Texts of options that are for the reference page alone. What reconnection's and the transports' options are about is
 * shown by the page, too.
 */
const NOTES: readonly [files: RegExp, keys: readonly string[]][] = [
  [/\/src\/scenarios\/schema\/reconnect-options\.ts$/, ['source']],
  [/\/src\/scenarios\/schema\/[\w-]+\.ts$/, ['about', 'source']],
  [/\/src\/transports\/[\w-]+\/[\w-]+\.ts$/, ['source']],
  [/\/src\/backplanes\/.+\.ts$/, ['about', 'source']],
];

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/**
 * A plug-in for Vite that leaves out of the page where each default of an option comes from: a tenth of what the first
 * load would bring, and nothing there reads it. The command line and the reference page keep all of it.
 */
export function withoutNotes(): Plugin {
  return {
    name: 'hopscope:without-notes',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const keys = NOTES.find(([files]) => files.test(id.replaceAll('\\', '/')))?.[1];
      if (keys === undefined) return null;
      let rest = code;
      const values = notesIn(parseSync(id, code).program as unknown as Node, keys);
      // From the back, so that what stands before keeps its place.
      for (const { start, end } of values.sort((a, b) => b.start - a.start))
        rest = `${rest.slice(0, start)}''${rest.slice(end)}`;
      return { code: rest, map: null };
    },
  };
}

/** The texts that stand as values of these keys in options: what else is about something has no type. */
function notesIn(node: Node, keys: readonly string[]): Node[] {
  const children = Object.values(node)
    .flat()
    .filter((child): child is Node => typeof (child as Node | null)?.type === 'string');
  const option = node.type === 'ObjectExpression' && children.some((child) => keyOf(child) === 'type');
  return children.flatMap((child) => {
    const { value, shorthand } = child as Node & { value: Node; shorthand?: boolean };
    return option && !shorthand && keys.includes(keyOf(child)) && isText(value)
      ? [value]
      : notesIn(child, keys);
  });
}

const keyOf = ({ key }: Node): string => (key as { name?: string } | undefined)?.name ?? '';

const isText = ({ type }: Node): boolean =>
  ['Literal', 'TemplateLiteral', 'BinaryExpression', 'Identifier'].includes(type);
