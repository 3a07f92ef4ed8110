import { defineConfig } from 'vitest/config';
import { compiledSources } from './scripts/lib/compiled.mjs';

/** One group of tests with its own name, so that a listing tells what kind of promise broke. */
function group(name: string, include: string[], exclude: string[] = []) {
  return { extends: true as const, test: { name, include, exclude: ['**/node_modules/**', ...exclude] } };
}

const named = ['tests/contract/**', 'tests/reality/**', 'tests/bench/**', 'tests/e2e/**', 'tests/visual/**'];

export default defineConfig({
  plugins: [compiledSources()],
  test: {
    environment: 'node',
    // Threads without a fresh module graph for each file: the code is pure, and start-up would be most of the time.
    // A test that changes a global (fake timers, process.env) puts it back.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    passWithNoTests: true,
    projects: [
      group('architecture', ['tests/*.test.ts', 'tests/architecture/**/*.test.ts']),
      group(
        'unit',
        ['src/**/*.test.{ts,tsx}', 'tests/*/**/*.test.{ts,tsx}'],
        [...named, 'tests/architecture/**'],
      ),
      group('contract', ['tests/contract/**/*.test.ts']),
      group('reality', ['tests/reality/**/*.test.ts']),
    ],
  },
});
