import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Runs a tool beside others: what it says is kept. @returns its exit status, and what it said on both streams */
export async function toolBeside(name, args) {
  const kept = [];
  const child = spawn(process.execPath, [join(root, 'node_modules', tools[name]), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => kept.push(data));
  const [code] = await once(child, 'close');
  return { exitCode: code ?? 1, said: Buffer.concat(kept).toString() };
}
