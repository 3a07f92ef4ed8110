import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { loadRolldown } from './bundle.mjs';
import { cache, root } from './root.mjs';

/** What simulates, and what tells its stories: no styles, no components, nothing that only a bundler understands. */
const layers = ['kernel', 'trace', 'engine', 'network', 'transports', 'backplanes', 'scenarios'];
/** Asks the bundler for a folder's files. */
const forBundlers = 'src/scenarios/load-parts.ts';

/**
 * A plugin for Vitest that lets the tests import the simulation as plain modules, each compiled by itself (all of them
 * in half a second). Vitest's own way of running a module makes every use of an import a call, and a run, which is
 * made of such uses, takes twice as long. Each module is still there once, whoever imports it. Who watches is spared
 * it: what is compiled would not follow the changes.
 */
export function compiledSources() {
  const folder = join(cache, `compiled-${process.pid}`);
  const files = layers
    .flatMap((layer) => sourcesIn(join(root, 'src', layer)))
    .filter((file) => relative(root, file) !== forBundlers);
  const known = new Set(files);
  let compiling = null;
  return {
    name: 'compiled-sources',
    enforce: 'pre',
    async configureVitest({ vitest }) {
      if (vitest.config.watch) return;
      compiling ??= compile(files, folder);
      await compiling;
    },
    resolveId(specifier, importer) {
      if (compiling === null || importer === undefined || !specifier.startsWith('.')) return null;
      const file = resolve(dirname(importer), specifier);
      return known.has(file) ? compiledName(file, folder) : null;
    },
  };
}

const compiledName = (file, folder) =>
  join(folder, relative(join(root, 'src'), file).replace(/\.ts$/, '.mjs'));

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /(?<!\.(test|testkit))\.ts$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

async function compile(files, folder) {
  const rolldown = await loadRolldown();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const build = await rolldown({
    cwd: root,
    input: files,
    platform: 'node',
    external: (specifier) => !/^[./]/.test(specifier),
    treeshake: false,
    logLevel: 'silent',
  });
  try {
    await build.write({
      dir: folder,
      format: 'esm',
      preserveModules: true,
      preserveModulesRoot: join(root, 'src'),
      entryFileNames: '[name].mjs',
      sourcemap: 'inline',
    });
  } finally {
    await build.close();
  }
}
