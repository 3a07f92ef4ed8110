import { expect, test } from 'vitest';
import { type House, inspect } from './tree.ts';

// The rules are only worth something if they can fail: small houses, each breaking one.

const declared = new Set(['react', 'react-dom', 'd3-scale', 'xstate', 'valibot', 'flatqueue', 'pure-rand']);

function broken(rule: keyof House, files: Record<string, string>): string[] {
  return inspect(new Map(Object.entries(files)), declared)[rule];
}

function refusesImport(from: string, specifier: string, typeOnly = false): boolean {
  return (
    broken('layers', { [from]: `import ${typeOnly ? 'type ' : ''}{ x } from '${specifier}';` }).length > 0
  );
}

test.each([
  ['src/kernel/a.ts', '../trace/b.ts'],
  ['src/kernel/a.ts', 'xstate'],
  ['src/trace/a.ts', '../engine/b.ts'],
  ['src/engine/a.ts', '../network/tcp/b.ts'],
  ['src/engine/a.ts', '../transports/index.ts'],
  ['src/network/tcp/a.ts', '../link/b.ts'],
  ['src/network/tcp/a.ts', '../../engine/run.ts'],
  ['src/network/tcp/a.ts', '../../engine/contracts.ts'],
  ['src/network/tcp/a.ts', '../../kernel/random.ts'],
  ['src/network/tcp/a.ts', '../index.ts'],
  ['src/transports/sse/a.ts', '../polling/b.ts'],
  ['src/transports/sse/a.ts', '../../network/http/b.ts'],
  ['src/transports/sse/a.ts', '../../backplanes/direct/b.ts'],
  ['src/transports/sse/a.ts', 'valibot'],
  ['src/transports/index.ts', '../backplanes/direct/index.ts'],
  ['src/transports/sse/a.test.ts', '../polling/b.ts'],
  ['src/scenarios/a.ts', '../cli/main.ts'],
  ['src/scenarios/a.ts', 'node:fs'],
  ['src/cli/a.ts', '../views/b.ts'],
  ['src/views/stage/a.tsx', '../../engine/b.ts'],
  ['src/views/stage/a.tsx', '../../kernel/b.ts'],
  ['src/views/stage/a.tsx', '../../scenarios/b.ts'],
  ['src/views/stage/a.tsx', '../../pages/b.tsx'],
  ['src/views/stage/a.tsx', 'xstate'],
  ['src/pages/play/a.tsx', '../../app/store.ts'],
  ['src/pages/play/a.tsx', '../../scenarios/b.ts'],
  ['src/app/a.ts', '../cli/main.ts'],
  ['src/app/a.ts', 'left-pad'],
  ['src/app/a.ts', 'node:fs'],
  ['src/attic/a.ts', './b.ts'],
  ['src/app/a.ts', './b.test.ts'],
])('%s must not import %s', (from, specifier) => {
  expect(refusesImport(from, specifier)).toBe(true);
  expect(refusesImport(from, specifier, true)).toBe(true);
});

test.each([
  ['src/kernel/a.ts', './b.ts'],
  ['src/kernel/a.ts', 'flatqueue'],
  ['src/kernel/a.ts', 'pure-rand/generator/xoroshiro128plus'],
  ['src/trace/a.ts', '../kernel/b.ts'],
  ['src/engine/a.ts', '../trace/b.ts'],
  ['src/engine/a.ts', 'xstate'],
  ['src/network/tcp/a.ts', '../../engine/contract/index.ts'],
  ['src/network/tcp/a.ts', '../../engine/contract.ts'],
  ['src/network/tcp/a.ts', './rto.ts'],
  ['src/network/tcp/deep/a.ts', '../rto.ts'],
  ['src/network/tcp/a.test.ts', '../link/link.ts'],
  ['src/network/tcp/a.test.ts', 'vitest'],
  ['src/transports/sse/a.ts', 'xstate'],
  ['src/transports/index.ts', './sse/manifest.ts'],
  ['src/scenarios/a.ts', '../transports/index.ts'],
  ['src/scenarios/a.ts', 'valibot'],
  ['src/cli/a.ts', '../scenarios/run.ts'],
  ['src/cli/a.ts', 'node:fs'],
  ['src/views/stage/a.tsx', '../../trace/b.ts'],
  ['src/views/stage/a.tsx', 'd3-scale'],
  ['src/pages/play/a.tsx', '../../views/stage/a.tsx'],
  ['src/app/a.ts', '../scenarios/run.ts'],
])('%s may import %s', (from, specifier) => {
  expect(refusesImport(from, specifier)).toBe(false);
});

test.each([
  ["export * from '../trace/b.ts';"],
  ["export { b } from '../trace/b.ts';"],
  ["const b = await import('../trace/b.ts');"],
  ["type B = import('../trace/b.ts').B;"],
  ["import '../trace/b.ts?raw';"],
  ["new URL('../trace/b.ts', import.meta.url);"],
])('an import is seen in: %s', (text) => {
  expect(broken('layers', { 'src/kernel/a.ts': text })).toHaveLength(1);
});

test('a cycle is found, however long', () => {
  expect(
    broken('cycles', { 'src/kernel/a.ts': "import './b';", 'src/kernel/b.ts': "import './c.ts';" }),
  ).toEqual([]);
  const circle = {
    'src/kernel/a.ts': "import './b';",
    'src/kernel/b.ts': "import type { C } from './c.ts';",
    'src/kernel/c.ts': "export * from './a.ts';",
  };
  expect(broken('cycles', circle)).toHaveLength(1);
});

function impure(layer: string, text: string): boolean {
  return broken('purity', { [`src/${layer}/a.ts`]: text }).length > 0;
}

test.each([
  ['kernel', 'const t = Date.now();'],
  ['kernel', 'const t = new Date();'],
  ['trace', 'const t = performance.now();'],
  ['engine', 'setTimeout(() => 1, 5);'],
  ['engine', 'globalThis.setTimeout(() => 1, 5);'],
  ['network/tcp', 'const u = Math.random();'],
  ['network/tcp', 'const { log } = Math;'],
  ['network/tcp', "const u = Math['log'](2);"],
  ['network/tcp', 'const u = Math.cbrt(2);'],
  ['network/tcp', 'const u = 2 ** 0.5;'],
  ['network/tcp', 'const n = 3; const u = 2 ** n;'],
  ['network/tcp', 'let u = 2; u **= 2;'],
  ['transports/sse', 'const id = crypto.randomUUID();'],
  ['scenarios', 'localStorage.clear();'],
  ['scenarios', 'document.title = "";'],
  ['cli', 'setInterval(() => 1, 5);'],
  ['cli', 'const u = Math.random();'],
  ['views/stage', 'requestAnimationFrame(draw);'],
  ['views/stage', 'window.requestAnimationFrame(draw);'],
  ['views/stage', 'const u = Math.random();'],
  ['pages/play', 'const t = Date.now();'],
])('%s must not: %s', (layer, text) => {
  expect(impure(layer, text)).toBe(true);
});

test.each([
  ['kernel', 'const u = Math.floor(Math.sqrt(2)) + Math.LN2;'],
  ['kernel', 'const u = 2 ** 32;'],
  ['kernel', 'interface Clock { performance: number; now(): Date }'],
  ['trace', 'const kinds = { fetch: 1, Date: 2 }; kinds.fetch + kinds.Date;'],
  ['network/tcp', 'export function grow(window: number): number { return window + 1; }'],
  ['cli', 'const t = performance.now(); process.exitCode = 1;'],
  ['views/stage', 'const u = Math.sin(2) ** 2; document.title = "";'],
  ['app', 'requestAnimationFrame(draw); const u = Math.random();'],
])('%s may: %s', (layer, text) => {
  expect(impure(layer, text)).toBe(false);
});

test('a test may read the clock', () => {
  expect(broken('purity', { 'src/kernel/a.test.ts': 'const t = performance.now();' })).toEqual([]);
});

test.each([
  ['setup({}).createMachine({ context: () => ({}) });'],
  ['createMachine({ on: { GO: { guard() { return true; } } } });'],
  ['setup({}).createMachine({ entry: assign({ n: function () { return 1; } }) });'],
])('a machine must not hold a function: %s', (text) => {
  expect(broken('machines', { 'src/transports/sse/client.machine.ts': text })).toHaveLength(1);
});

test('functions in setup() are where they belong', () => {
  const text = 'setup({ guards: { ok: () => true } }).createMachine({ on: { GO: { guard: "ok" } } });';
  expect(broken('machines', { 'src/transports/sse/client.machine.ts': text })).toEqual([]);
});

test('a folder without a line in its registry is found, and so is a line without a folder', () => {
  const plugins = { 'src/transports/sse/manifest.ts': '', 'src/transports/polling/manifest.ts': '' };
  const registry = "export const TRANSPORT_FOLDERS = { sse: 'sse', 'server-sent': 'sse', pigeon: 'pigeon' };";
  expect(broken('registries', plugins)).toHaveLength(2);
  expect(broken('registries', { ...plugins, 'src/transports/registry.ts': registry })).toEqual([
    'src/transports/registry.ts has no line for polling',
    'src/transports/registry.ts names pigeon, which is no folder',
  ]);
  expect(broken('registries', { 'src/network/tcp/index.ts': '' })).toEqual([]);
});

test('a long file is found, and so is a debt that was paid', () => {
  const long = new Map([['src/kernel/a.ts', '//\n'.repeat(301)]]);
  const short = new Map([['src/kernel/a.ts', '//\n'.repeat(300)]]);
  const debt = ['src/kernel/a.ts'];
  expect(inspect(long, declared).sizes).toHaveLength(1);
  expect(inspect(long, declared, debt).sizes).toEqual([]);
  expect(inspect(short, declared).sizes).toEqual([]);
  expect(inspect(short, declared, debt).sizes).toHaveLength(1);
});
