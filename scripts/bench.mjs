import { command } from './lib/command.mjs';

await command(async () => {
  const { bundleAndRun } = await import('./lib/bundle.mjs');
  await bundleAndRun('bench', 'tests/bench/main.ts', ['tests/bench'], 'inline');
});
