import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cache = join(root, 'node_modules', '.cache', 'hopscope');

// Tools are called by path: `npx` would add seconds, warnings, and perhaps a download.
const tools = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};

/** Runs a program with this terminal and resolves with its exit status (a signal counts as 1). */
export function run(program, args, { env = {}, stdio = 'inherit', shell = false } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio, shell });
    child.on('error', failed);
    child.on('exit', (code) => done(code ?? 1));
  });
}

export function node(args, options) {
  return run(process.execPath, args, options);
}

export function tool(name, args, options) {
  return node([join(root, 'node_modules', tools[name]), ...args], options);
}
