import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, root } from './root.mjs';
import { isStale } from './stale.mjs';

const always = ['src', 'package.json', 'package-lock.json', 'scripts/lib/bundle.mjs'];

/**
 * The bundler that Vite brings along, so that the pages and the command line are built by the same one, with Vite's
 * import.meta.glob, by which the registries find their folders.
 */
export async function loadRolldown() {
  const fromVite = createRequire(createRequire(join(root, 'package.json')).resolve('vite'));
  const load = (name) => import(pathToFileURL(fromVite.resolve(name)).href);
  const { rolldown } = await load('rolldown');
  const { viteImportGlobPlugin } = await load('rolldown/experimental');
  return (options) =>
    rolldown({ ...options, plugins: [viteImportGlobPlugin({ root }), ...(options.plugins ?? [])] });
}

/**
 * Bundles a TypeScript entry into one file under node_modules/.cache and returns its path. Node 20 cannot read
 * TypeScript, and one file starts in a tenth of a second where a module graph with its packages does not.
 */
async function bundle(name, entry, inputs = [], sourcemap = false) {
  const file = join(cache, `${name}.mjs`);
  if (!isStale(file, [...always, ...inputs])) return file;

  const rolldown = await loadRolldown();
  const startedSeconds = Date.now() / 1000;
  mkdirSync(cache, { recursive: true });
  const draft = join(cache, `${name}.${process.pid}.mjs`);
  const build = await rolldown({
    cwd: root,
    input: join(root, entry),
    platform: 'node',
    // They load themselves by path, and are only wanted where a browser is.
    external: ['@playwright/test', 'vite'],
    logLevel: 'silent',
    resolve: { conditionNames: ['node', 'import'] },
  });
  try {
    await build.write({ file: draft, format: 'esm', codeSplitting: false, keepNames: true, sourcemap });
    // Dated to when reading began: a source saved during the bundling makes the next run bundle again.
    utimesSync(draft, startedSeconds, startedSeconds);
    renameSync(draft, file); // whole or not at all, also for two runs at once
  } finally {
    await build.close();
    rmSync(draft, { force: true });
  }
  return file;
}

/** Bundles if needed, then runs the entry in this process; `process.argv` reaches it untouched. */
export async function bundleAndRun(name, entry, inputs, sourcemap) {
  await import(pathToFileURL(await bundle(name, entry, inputs, sourcemap)).href);
}
