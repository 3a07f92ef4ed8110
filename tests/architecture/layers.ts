import { posix } from 'node:path';
import type { Source } from './source.ts';

/** Who may import whom, as the design has it: two towers that meet only at the trace. */
interface Layer {
  layers: string[];
  packages: RegExp;
}

// Mathematics that gives the same bits on every engine; it knows nothing of this project.
const mathematics = '@stdlib/math-base-special-';

function only(...prefixes: string[]): RegExp {
  return new RegExp(`^(${[mathematics, ...prefixes].join('|')})`);
}

const writing = ['kernel', 'trace', 'engine', 'network', 'transports', 'backplanes', 'scenarios'];

const table: Record<string, Layer> = {
  kernel: { layers: ['kernel'], packages: only('flatqueue$', 'pure-rand/') },
  trace: { layers: ['kernel', 'trace'], packages: only() },
  engine: { layers: ['kernel', 'trace', 'engine'], packages: only('xstate$') },
  // The three plug-in layers have a narrower rule of their own below.
  network: { layers: [], packages: only('xstate$') },
  transports: { layers: [], packages: only('xstate$') },
  // A key has to fall on the same server on every engine: the hash is integers only.
  backplanes: { layers: [], packages: only('xstate$', 'murmurhash$') },
  scenarios: { layers: writing, packages: only('xstate$', 'valibot$') },
  cli: { layers: [...writing, 'cli'], packages: only('xstate$', 'valibot$', 'node:') },
  views: { layers: ['trace', 'views'], packages: only('react$', 'react/', 'react-dom$', 'd3-') },
  pages: { layers: ['trace', 'views', 'pages'], packages: only('react$', 'react/', 'react-dom$', 'd3-') },
  app: { layers: [...writing, 'views', 'pages', 'app'], packages: /^(?!node:)/ },
};

export const pluginLayers = ['network', 'transports', 'backplanes'];
export const writingLayers = writing;

export function isTest(path: string): boolean {
  return /\.(test|testkit|bench)\.tsx?$/.test(path);
}

/**
 * `src/network/tcp/rto.ts` → layer `network`, plug-in `tcp`. Files right in a plug-in layer belong to none of its
 * plug-ins: they are its registry and, in the network, what puts the stack together.
 */
export function placeOf(path: string): { layer: string; plugin: string | undefined } {
  const [, layer = '', second = '', third] = path.split('/');
  return { layer, plugin: pluginLayers.includes(layer) && third !== undefined ? second : undefined };
}

export function resolveImport(from: string, specifier: string, exists: (path: string) => boolean): string {
  const target = posix.join(posix.dirname(from), specifier);
  const guesses = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`];
  return guesses.find(exists) ?? target;
}

export function layerViolations(sources: Source[], declared: ReadonlySet<string>): string[] {
  const paths = new Set(sources.map((source) => source.path));
  return sources.flatMap((source) =>
    source.imports.flatMap(({ specifier, line }) => {
      const reason = specifier.startsWith('.')
        ? refuseFile(
            source.path,
            resolveImport(source.path, specifier, (path) => paths.has(path)),
          )
        : refusePackage(source.path, specifier, declared);
      return reason ? [`${source.path}:${line}: ${reason}`] : [];
    }),
  );
}

function refuseFile(from: string, to: string): string | undefined {
  const here = placeOf(from);
  const there = placeOf(to);
  const layer = table[here.layer];
  if (!layer) return `src/${here.layer} is not a room of this house`;
  if (!to.startsWith('src/')) {
    return isTest(from) || /^package\.json$/.test(to) ? undefined : `imports ${to}, outside src/`;
  }
  if (isTest(to) && !isTest(from)) return `imports ${to}, which is only for tests`;
  if (pluginLayers.includes(here.layer)) return refuseFromPlugin(from, to);
  return layer.layers.includes(there.layer)
    ? undefined
    : `${here.layer} must not import ${there.layer} (${to})`;
}

function refuseFromPlugin(from: string, to: string): string | undefined {
  const here = placeOf(from);
  const there = placeOf(to);
  if (/^src\/engine\/contract(\.ts$|\/)/.test(to)) return undefined;
  if (here.layer === there.layer) {
    if (here.plugin === undefined) return undefined; // the registry names its plug-ins
    if (here.plugin === there.plugin) return undefined;
  }
  // A unit test may stand its plug-in on the real engine and the real network.
  if (isTest(from) && ['kernel', 'trace', 'engine', 'network'].includes(there.layer)) return undefined;
  return `${here.layer}/${here.plugin ?? 'index.ts'} must not import ${to}: a plug-in imports the engine's contract and its own folder`;
}

function refusePackage(from: string, specifier: string, declared: ReadonlySet<string>): string | undefined {
  if (isTest(from)) return undefined;
  const { layer } = placeOf(from);
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (!table[layer]) return `src/${layer} is not a room of this house`;
  if (!table[layer].packages.test(specifier)) return `${layer} must not import the package ${specifier}`;
  if (!specifier.startsWith('node:') && !declared.has(name))
    return `${name} is not among the dependencies of package.json`;
  return undefined;
}
