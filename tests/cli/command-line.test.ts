import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine, type Outcome } from '../../src/cli/command-line.ts';
import { RACE } from '../../src/scenarios/presets/race.ts';
import type { Report } from '../../src/scenarios/report.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'hopscope-cli-'));
const scenarioFile = join(folder, 'race.json');
const short = { ...RACE.scenario, durationMs: 3_000, settleMs: 2_000, expect: [] };

/** The command line within this process, with text on its standard input. */
const sim = (args: string[], input = ''): Promise<Outcome> =>
  commandLine(args, async function* () {
    yield Buffer.from(input);
  });

/** Runs the command line as a person would. */
function simProcess(args: string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts/sim.mjs'), ...args], { cwd: root });
    let output = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? -1, output, error }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

beforeAll(async () => {
  writeFileSync(scenarioFile, JSON.stringify(short));
  // Bundles, so that no test below pays for it.
  expect(await simProcess(['--help'])).toMatchObject({ status: 0, error: '' });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The report without what differs from run to run. */
function reportOf(outcome: Outcome): Report {
  const report = JSON.parse(outcome.output) as Report;
  expect(report.engine.wallMs).toBeGreaterThan(0);
  report.engine.wallMs = 0;
  return report;
}

describe('a run', () => {
  test('gives a table, or the report alone', async () => {
    const [table, json] = await Promise.all([sim([scenarioFile]), sim([scenarioFile, '--json'])]);
    expect(table).toMatchObject({ status: 0, error: '' });
    for (const name of ['polling', 'long-polling', 'sse', 'websocket']) expect(table.output).toContain(name);
    expect(json).toMatchObject({ status: 0, error: '' });
    expect(reportOf(json)).toMatchObject({ scenario: { seed: RACE.scenario.seed, durationMs: 3_000 } });
  });

  test('is the same from a file, from standard input and again', async () => {
    const fromFile = reportOf(await sim([scenarioFile, '--json']));
    expect(reportOf(await sim(['-', '--json'], JSON.stringify(short)))).toEqual(fromFile);
    expect(reportOf(await sim([scenarioFile, '--json', '--trace', join(folder, 'same.jsonl')]))).toEqual(
      fromFile,
    );
  });

  test('takes a preset by name, another seed and other values', async () => {
    const args = ['race', '--json', '--set', 'durationMs=2000', '--set=settleMs=1000', '--set', 'expect=[]'];
    const one = reportOf(await sim([...args, '--seed', '5']));
    const other = reportOf(await sim([...args, '--seed=6', '--set', 'name=Another name']));
    expect(one.scenario).toEqual({ name: RACE.scenario.name, seed: 5, durationMs: 2_000 });
    expect(other.scenario).toEqual({ name: 'Another name', seed: 6, durationMs: 2_000 });
    expect(other.engine.fingerprint).not.toBe(one.engine.fingerprint);
  });

  test('writes every record, oldest first', async () => {
    const file = join(folder, 'trace.jsonl');
    expect(await sim([scenarioFile, '--trace', file])).toMatchObject({ status: 0, error: '' });
    const records = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.length).toBeGreaterThan(100);
    let last = { seq: -1, atUs: 0 };
    for (const record of records) {
      expect(record.seq).toBeGreaterThan(last.seq);
      expect(record.atUs).toBeGreaterThanOrEqual(last.atUs);
      expect(record.kind).toMatch(/^[a-z]+\.[a-z]+$/);
      last = record;
    }
    expect(records.find((record) => record.kind === 'message.published')).toMatchObject({ message: 1 });
  });

  test('ends with 1 if an expectation fails, and says which', async () => {
    const failing = JSON.stringify([{ metric: 'totals.published', max: -1 }]);
    const outcome = await sim([scenarioFile, '--set', `expect=${failing}`]);
    expect(outcome).toMatchObject({ status: 1, error: '' });
    expect(outcome.output).toContain('✗ totals.published');
  });
});

describe('a process', () => {
  test('says and ends with what the command line comes to', async () => {
    const failing = ['--set', `expect=[${JSON.stringify({ metric: 'totals.published', max: -1 })}]`];
    const timeless = (outcome: Outcome) => ({
      ...outcome,
      output: outcome.output.replace(/ events in \S+ ms/, ''),
    });
    for (const [status, args] of [
      [0, [scenarioFile]],
      [1, [scenarioFile, ...failing]],
      [2, ['race', '--jsno']],
    ] as const) {
      const outcome = timeless(await simProcess([...args]));
      expect(outcome.status).toBe(status);
      expect(outcome).toEqual(timeless(await sim([...args])));
    }
  });

  test('reads its standard input, and no more of it than a scenario may be long', async () => {
    const report = reportOf(await simProcess(['-', '--json'], JSON.stringify(short)));
    expect(report).toEqual(reportOf(await sim([scenarioFile, '--json'])));
    const tooMuch = await simProcess(['-'], ' '.repeat(5_000_000));
    expect(tooMuch).toMatchObject({ status: 2, output: '' });
    expect(tooMuch.error).toMatch(/^[^\n]+\n$/);
  });
});

describe('a refusal: status 2, one line on standard error, nothing on standard output', () => {
  test.each<[string, string[], RegExp, string?]>([
    ['no scenario', [], /^expected a scenario; usage: /],
    ['two scenarios', ['race', 'race'], /^expected one scenario, got 2/],
    ['unknown option', ['race', '--jsno'], /^--jsno: unknown option/],
    ['option without its value', ['race', '--seed'], /^--seed: expected a whole number, got nothing/],
    ['no seed', ['race', '--seed', 'x'], /^--seed: expected a whole number, got "x"/],
    ['no file', [join(folder, 'nothing.json')], /cannot be read: no such file/],
    ['a folder', [folder], /cannot be read: EISDIR/],
    ['no JSON', ['-'], /^standard input: expected JSON: /, '{"version": 1,\n}'],
    ['no scenario in it', ['-'], /^version: expected 1, got nothing \(and 3 more problems\)/, '{}'],
    ['huge input', ['-'], /^standard input: expected at most 1,048,576 characters/, ' '.repeat(2_000_000)],
    [
      'wrong kind',
      ['race', '--set', 'clients[0].transport.kind=foo'],
      /^clients\[0\]\.transport\.kind: expected one of /,
    ],
    [
      'wrong path',
      ['race', '--set', 'network.acess.lossPct=5'],
      /^network\.acess: unknown key \(did you mean "access"\?\)/,
    ],
    [
      'wrong metric',
      ['race', '--set', 'expect=[{"metric":"groups.x.clients","max":1}]'],
      /^expect\[0\]\.metric: /,
    ],
    ['unwritable trace', ['race', '--trace', join(folder, 'no/such/folder')], /cannot be written: ENOENT/],
  ])('%s', async (_, args, line, input) => {
    const { status, output, error } = await sim(args, input);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(error).toMatch(/^[^\n]+\n$/);
    expect(error).toMatch(line);
  });
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [join(root, 'scripts/sim.mjs'), '--reference'], { cwd: root });
  child.stdout.destroy();
  let error = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect({ status, error }).toEqual({ status: 0, error: '' });
});
