import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';
import { compiledSources } from './scripts/lib/compiled.mjs';

// Tests drive the same functions through ever new kinds of worlds, and each that V8 had not seen when it optimized a
// function throws that work away. Waiting three times as long before it optimizes saves a tenth of all time. A version
// that does not know the flag says so and goes on.
setFlagsFromString('--interrupt-budget=400000');
// Most of what is optimized is soon thrown away again: the less goes into it, and the better the code before it, the
// less is lost. Each of the two saves a twentieth.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=460');
setFlagsFromString('--always-sparkplug');
// Code that is not used for a while is kept: its turn comes again.
setFlagsFromString('--no-flush-bytecode');
// A world is thrown away whole: where the young generation has room for it, little is ever copied to the old one.
setFlagsFromString('--min-semi-space-size=32');
setFlagsFromString('--max-semi-space-size=64');

export default defineConfig({
  plugins: [compiledSources()],
  test: {
    environment: 'node',
    // Threads without a fresh module graph for each file: the code is pure, and start-up would be most of the time.
    // A test that changes a global (fake timers, process.env) puts it back.
    pool: 'threads',
    isolate: false,
    // More than the longest file by itself would take have nothing left to do.
    maxWorkers: Math.max(2, Math.min(6, availableParallelism())),
    testTimeout: 30_000,
    passWithNoTests: true,
    // One project, whatever is promised: a worker is kept from file to file only within one, and a fresh worker loads
    // everything anew. What kind of promise broke, the path tells.
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'tests/bench/**', 'tests/e2e/**', 'tests/visual/**'],
  },
});
