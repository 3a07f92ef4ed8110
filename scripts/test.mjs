import { command } from './lib/command.mjs';

await command(async () => {
  const { runChecks } = await import('./lib/checks.mjs');
  await runChecks({ browser: true, effort: 'thorough' });
});
