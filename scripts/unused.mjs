import { command } from './lib/command.mjs';

// Advice, not a check: a house under construction always has a door that nobody uses yet.
await command(async () => {
  const { tool } = await import('./lib/root.mjs');
  process.exitCode = await tool('knip', process.argv.slice(2));
});
