import { type Plugin, parseSync } from 'vite';

/** Texts of the schema that are for the reference page alone. Reconnection's are shown by the page, too. */
const NOTES: readonly [files: RegExp, keys: readonly string[]][] = [
  [/\/src\/scenarios\/schema\/reconnect-options\.ts$/, ['source']],
  [/\/src\/scenarios\/schema\/[\w-]+\.ts$/, ['about', 'source']],
  [/\/src\/(transports|backplanes)\/[\w-]+\/manifest\.ts$/, ['source']],
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

/** The texts that stand as values of these keys in objects (not in patterns, which look alike). */
function notesIn(node: Node, keys: readonly string[]): Node[] {
  const children = Object.values(node)
    .flat()
    .filter((child): child is Node => typeof (child as Node | null)?.type === 'string');
  if (node.type !== 'ObjectExpression') return children.flatMap((child) => notesIn(child, keys));
  return children.flatMap((child) => {
    const { key, value, shorthand } = child as { key?: { name?: string }; value?: Node; shorthand?: boolean };
    const noted = !shorthand && key?.name !== undefined && keys.includes(key.name) && isText(value);
    return noted ? [value as Node] : notesIn(child, keys);
  });
}

const isText = (value: Node | undefined): boolean =>
  ['Literal', 'TemplateLiteral', 'BinaryExpression', 'Identifier'].includes(value?.type ?? '');
