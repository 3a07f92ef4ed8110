import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { loadRolldown } from './bundle.mjs';
import { cache, root } from './root.mjs';

/** The product, and what its tests have in common; what drives a browser or measures speed is run by others. */
const folders = ['src', 'tests'];
const elsewhere = /^tests[\\/](bench|e2e|visual)[\\/]/;
const source = /(?<!\.(test|testkit|d))\.tsx?$/;

/**
 * A plugin for Vitest that lets the tests import everything but themselves as plain modules, each compiled by itself
 * (all of them in a second). Vitest's own way of running a module makes every use of an import a call, and a run, which
 * is made of such uses, takes twice as long. Each module is still there once, whoever imports it. Who watches is spared
 * it: what is compiled would not follow the changes.
 */
export function compiledSources() {
  const folder = join(cache, `compiled-${process.pid}`);
  const files = folders.flatMap((name) => sourcesIn(join(root, name)));
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

const compiledName = (file, folder) => join(folder, relative(root, file).replace(/\.tsx?$/, '.mjs'));

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => source.test(file) && !elsewhere.test(relative(root, file)));
}

/** Class names as they are written, as Vitest has them. */
const styles = {
  name: 'styles',
  resolveId: (specifier) => (specifier.endsWith('.css') ? '\0styles' : null),
  load: (id) => (id === '\0styles' ? 'export default new Proxy({}, { get: (_, name) => name });' : null),
};

async function compile(files, folder) {
  const rolldown = await loadRolldown();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const build = await rolldown({
    cwd: root,
    input: files,
    platform: 'node',
    external: (specifier) => !/^[./\0]/.test(specifier),
    treeshake: false,
    logLevel: 'silent',
    plugins: [styles],
  });
  try {
    await build.write({
      dir: folder,
      format: 'esm',
      preserveModules: true,
      preserveModulesRoot: root,
      entryFileNames: '[name].mjs',
      sourcemap: 'inline',
    });
  } finally {
    await build.close();
  }
}
