import { PRESETS } from '../scenarios/presets/index.ts';
import { REGISTRIES } from '../scenarios/registries.ts';
import { allHold } from '../scenarios/report.ts';
import { reportReference } from '../scenarios/report-reference.ts';
import { createRun } from '../scenarios/run.ts';
import { reference } from '../scenarios/schema/reference.ts';
import { type Command, HELP, Refusal, readArguments } from './args.ts';
import { type Input, loadPlan, reasonOf } from './source.ts';
import { reportText } from './table.ts';
import { TraceFile } from './trace-file.ts';

/** Exit statuses, as the contract has them (70: EX_SOFTWARE of sysexits.h). */
export const STATUS = { ok: 0, failed: 1, refused: 2, internal: 70 } as const;

/** What a command line comes to: the exit status, and what goes to standard output and standard error. */
export interface Outcome {
  status: number;
  output: string;
  error: string;
}

/**
 * Does what the arguments ask for, and answers what cannot be done with a status and a line. It never rejects.
 * @param stdin standard input, asked for only if it is to be read
 */
export async function commandLine(args: readonly string[], stdin: () => Input): Promise<Outcome> {
  try {
    return await answer(readArguments(args), stdin);
  } catch (error) {
    if (error instanceof Refusal) return { status: STATUS.refused, output: '', error: `${error.message}\n` };
    const hint = 'please open an issue with this line, the scenario and the command line';
    const stack = process.env.DEBUG ? `${(error as Error).stack}\n` : '';
    const line = `internal error: ${reasonOf(error)} (${hint})\n`;
    return { status: STATUS.internal, output: '', error: line + stack };
  }
}

async function answer(command: Command, stdin: () => Input): Promise<Outcome> {
  switch (command.kind) {
    case 'help':
      return told(HELP);
    case 'list':
      return told(presetList());
    case 'reference':
      return told(reference(REGISTRIES));
    case 'report-reference':
      return told(reportReference());
    case 'run':
      return simulate(command, stdin);
  }
}

const told = (output: string): Outcome => ({ status: STATUS.ok, output, error: '' });

async function simulate(command: Command & { kind: 'run' }, stdin: () => Input): Promise<Outcome> {
  const plan = await loadPlan(command.scenario, command.sets, stdin);
  const traceFile = command.trace === null ? null : new TraceFile(command.trace);
  const startedMs = performance.now();
  const run = createRun(plan, traceFile === null ? 'fingerprint' : 'all');
  while (!run.done) run.advance(run.endUs);
  const report = run.report(Math.round((performance.now() - startedMs) * 1000) / 1000);
  traceFile?.write(run.trace);
  const { omitted, records } = run.trace;
  const error =
    omitted > 0 ? `${command.trace}: holds the first ${records - omitted} of ${records} records\n` : '';
  const output = command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, plan);
  return { status: allHold(report) ? STATUS.ok : STATUS.failed, output, error };
}

function presetList(): string {
  const width = Math.max(...PRESETS.map((preset) => preset.name.length));
  return PRESETS.map(({ name, scenario }) => `${name.padEnd(width)}  ${scenario.name}\n`).join('');
}
