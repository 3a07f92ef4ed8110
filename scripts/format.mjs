import { command } from './lib/command.mjs';

await command(async () => {
  const { tool } = await import('./lib/root.mjs');
  process.exitCode = await tool('biome', ['check', '--write', ...process.argv.slice(2)]);
});
