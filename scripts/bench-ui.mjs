import { command } from './lib/command.mjs';

await command(async () => {
  const { buildSite, siteIsStale } = await import('./lib/site.mjs');
  const { findBrowser } = await import('./lib/browser.mjs');
  const { bundleAndRun } = await import('./lib/bundle.mjs');
  const found = await findBrowser();
  if (found.missing) throw new Error(found.missing);
  if (found.path) process.env.HOPSCOPE_CHROMIUM = found.path;
  if (siteIsStale()) await buildSite();
  await bundleAndRun('bench-ui', 'tests/bench/ui/main.ts', ['tests/bench']);
});
