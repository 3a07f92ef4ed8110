import { command } from './lib/command.mjs';

await command(async () => {
  const { bundleAndRun } = await import('./lib/bundle.mjs');
  await bundleAndRun('accuracy', 'tests/reality/report.ts', ['tests/reality']);
});
