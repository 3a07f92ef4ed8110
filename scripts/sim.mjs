import { command } from './lib/command.mjs';

// npm moves to the package's folder; the file names on the command line are meant from where the person stood.
if (process.env.npm_lifecycle_event === 'sim' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

// 70 is the contract's status for "not your input's fault".
await command(
  async () => {
    const { bundleAndRun } = await import('./lib/bundle.mjs');
    await bundleAndRun('cli', 'src/cli/main.ts');
  },
  { failureStatus: 70 },
);
