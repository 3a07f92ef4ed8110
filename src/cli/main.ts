import { PRESETS } from '../scenarios/presets/index.ts';
import { REGISTRIES } from '../scenarios/registries.ts';
import { allHold } from '../scenarios/report.ts';
import { reportReference } from '../scenarios/report-reference.ts';
import { createRun } from '../scenarios/run.ts';
import { reference } from '../scenarios/schema/reference.ts';
import { type Command, HELP, Refusal, readArguments } from './args.ts';
import { loadPlan, reasonOf } from './source.ts';
import { reportText } from './table.ts';
import { TraceFile } from './trace-file.ts';

/** Exit statuses, as the contract has them (70: EX_SOFTWARE of sysexits.h). */
const STATUS = { ok: 0, failed: 1, refused: 2, internal: 70 } as const;

/** Does what the arguments ask for. @returns the exit status and what goes to standard output */
async function main(args: readonly string[]): Promise<{ status: number; output: string }> {
  const command = readArguments(args);
  switch (command.kind) {
    case 'help':
      return { status: STATUS.ok, output: HELP };
    case 'list':
      return { status: STATUS.ok, output: presetList() };
    case 'reference':
      return { status: STATUS.ok, output: reference(REGISTRIES) };
    case 'report-reference':
      return { status: STATUS.ok, output: reportReference() };
    case 'run':
      return simulate(command);
  }
}

async function simulate(command: Command & { kind: 'run' }): Promise<{ status: number; output: string }> {
  const plan = await loadPlan(command.scenario, command.sets);
  const traceFile = command.trace === null ? null : new TraceFile(command.trace);
  const startedMs = performance.now();
  const run = createRun(plan, traceFile === null ? 'fingerprint' : 'all');
  while (!run.done) run.advance(run.endUs);
  const report = run.report(Math.round((performance.now() - startedMs) * 1000) / 1000);
  if (traceFile !== null) {
    traceFile.write(run.trace);
    const { omitted, records } = run.trace;
    if (omitted > 0) {
      process.stderr.write(`${command.trace}: holds the first ${records - omitted} of ${records} records\n`);
    }
  }
  const output = command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, plan);
  return { status: allHold(report) ? STATUS.ok : STATUS.failed, output };
}

function presetList(): string {
  const width = Math.max(...PRESETS.map((preset) => preset.name.length));
  return PRESETS.map(({ name, scenario }) => `${name.padEnd(width)}  ${scenario.name}\n`).join('');
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as head, closes the pipe: that is no error.
  if (error.code === 'EPIPE') return;
  process.exitCode = STATUS.refused;
  process.stderr.write(`standard output: cannot be written (${reasonOf(error)})\n`);
});

try {
  const { status, output } = await main(process.argv.slice(2));
  process.exitCode = status;
  process.stdout.write(output);
} catch (error) {
  const refused = error instanceof Refusal;
  process.exitCode = refused ? STATUS.refused : STATUS.internal;
  const hint = 'please open an issue with this line, the scenario and the command line';
  process.stderr.write(refused ? `${error.message}\n` : `internal error: ${reasonOf(error)} (${hint})\n`);
  if (!refused && process.env.DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
}
