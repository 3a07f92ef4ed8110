import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative, sep } from 'node:path';
import { findBrowser } from './browser.mjs';
import { lint } from './lint.mjs';
import { cache, node, root, tool } from './root.mjs';
import { types } from './types.mjs';

// Not in test-results/: Playwright empties that folder when it starts, and the report of the unit tests with it.
const reports = join(cache, `reports-${process.pid}`);

/**
 * Runs all the checks, sums up, ends with one line `N passed, N failed`, and sets the exit status.
 * @param effort `thorough`, or `quick`: see tests/effort.ts
 */
export async function runChecks({ browser, effort }) {
  mkdirSync(reports, { recursive: true });
  const counts = new Map();
  try {
    // Beside the tests, which leave a processor idle when they begin and when they end; what they say comes afterwards.
    const typed = types(effort);
    const style = lint(effort);
    await announced('tests', () => vitest(counts, effort));
    await told(counts, 'types', typed);
    await told(counts, 'lint', style);
    if (browser) await announced('browser', () => playwright(counts));
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  sumUp(counts);
}

function announced(title, work) {
  process.stdout.write(`\n── ${title}\n`);
  return work();
}

/** What ran beside the rest, and what it said. */
async function told(counts, title, work) {
  const { exitCode, said } = await announced(title, () => work);
  process.stdout.write(said);
  counts.set(title, exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

function add(counts, group, passed, failed) {
  const before = counts.get(group) ?? { passed: 0, failed: 0 };
  counts.set(group, { passed: before.passed + passed, failed: before.failed + failed });
}

/** What ended badly must show as a failure, whatever its report says (a crash, an unhandled rejection, no report). */
function accountFor(exitCode, counts, group, failed) {
  if (exitCode !== 0 && failed === 0) add(counts, group, 0, 1);
}

async function vitest(counts, effort) {
  const file = join(reports, 'vitest.json');
  const exitCode = await tool(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { env: { NODE_ENV: 'test', HOPSCOPE_EFFORT: effort } },
  );
  let failures = 0;
  for (const suite of readReport(file)?.testResults ?? []) {
    const tests = suite.assertionResults ?? [];
    const passed = tests.filter((test) => test.status === 'passed').length;
    const failedTests = tests.filter((test) => test.status === 'failed').length;
    // A file that does not load has no tests to fail.
    const failed = failedTests === 0 && suite.status === 'failed' ? 1 : failedTests;
    add(counts, groupOf(relative(root, suite.name).split(sep)), passed, failed);
    failures += failed;
  }
  accountFor(exitCode, counts, 'tests', failures);
}

function groupOf([first, second]) {
  if (first !== 'tests') return 'unit';
  return second.includes('.test.') ? 'architecture' : second;
}

async function playwright(counts) {
  const found = await findBrowser();
  if (found.missing) {
    process.stdout.write(`${found.missing}\n`);
    add(counts, 'browser', 0, 1);
    return;
  }
  if ((await node(['scripts/build.mjs', '--if-stale'])) !== 0) {
    add(counts, 'browser', 0, 1);
    return;
  }
  const file = join(reports, 'browser.json');
  const exitCode = await tool('playwright', ['test', '--reporter=list,json'], {
    env: {
      HOPSCOPE_PORT: String(await freePort()),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      ...(found.path && { HOPSCOPE_CHROMIUM: found.path }),
    },
  });
  const stats = readReport(file)?.stats;
  const failed = stats?.unexpected ?? 0;
  add(counts, 'browser', (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed);
  accountFor(exitCode, counts, 'browser', failed);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // never written: the exit status tells the rest
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function sumUp(counts) {
  process.stdout.write('\n── summary\n');
  const total = { passed: 0, failed: 0 };
  for (const [group, { passed, failed }] of counts) {
    process.stdout.write(
      `${group.padEnd(14)}${String(passed).padStart(6)} passed${failed ? `, ${failed} failed` : ''}\n`,
    );
    total.passed += passed;
    total.failed += failed;
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
