import { parseSet } from '../scenarios/edit.ts';

/** What the command line asks for. */
export type Command =
  | { kind: 'help' }
  | { kind: 'list' }
  | { kind: 'reference' }
  | { kind: 'report-reference' }
  | {
      kind: 'run';
      /** A file, a preset's name, or `-`. */
      scenario: string;
      json: boolean;
      sets: { path: string; value: unknown }[];
      trace: string | null;
    };

export const USAGE =
  'usage: npm run --silent sim -- SCENARIO.json [--json] [--seed N] [--set path=value]… [--trace FILE]';

export const HELP = `${USAGE}

Runs a scenario and prints what came of it.

  SCENARIO.json     a file, the name of a preset, or - for standard input
  --json            print the report as JSON instead of a table
  --seed N          another seed
  --set path=value  change one place of the scenario; the value is JSON, else a string
                    (--set network.access.lossPct=5 --set clients[0].transport.kind=sse)
  --trace FILE      write every record of the run into a file, one JSON object a line
  --list            list the presets
  --reference       print the reference of the scenario file
  --report-reference
                    print the reference of the report
  --help            print this

Exit status: 0 ran, and every expectation holds; 1 an expectation fails; 2 refused before running; 70 internal error.
`;

/** The command line is refused; the message is one line. */
export class Refusal extends Error {}

/**
 * Reads the arguments. `--name=value` is the same as `--name value`.
 * @throws {Refusal} on anything unknown, missing or given twice
 */
export function readArguments(args: readonly string[]): Command {
  const rest = [...args];
  const files: string[] = [];
  const sets: { path: string; value: unknown }[] = [];
  let json = false;
  let seed: string | null = null;
  let trace: string | null = null;
  while (rest.length > 0) {
    const argument = rest.shift() as string;
    if (argument === '-' || !argument.startsWith('-')) {
      files.push(argument);
      continue;
    }
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const value = (what: string) => {
      const given = equals < 0 ? rest.shift() : argument.slice(equals + 1);
      if (given === undefined || given === '') throw new Refusal(`${name}: expected ${what}, got nothing`);
      return given;
    };
    if (name === '--seed' && seed === null) seed = value('a whole number');
    else if (name === '--trace' && trace === null) trace = value('a file to write');
    else if (name === '--set') sets.push(readSet(value('path=value')));
    else if (equals < 0 && name === '--json') json = true;
    else if (equals < 0 && name === '--list') return { kind: 'list' };
    else if (equals < 0 && name === '--reference') return { kind: 'reference' };
    else if (equals < 0 && name === '--report-reference') return { kind: 'report-reference' };
    else if (equals < 0 && (name === '--help' || name === '-h')) return { kind: 'help' };
    else if (name === '--seed' || name === '--trace') throw new Refusal(`${name}: expected once, got twice`);
    else throw new Refusal(`${argument}: unknown option; ${USAGE}`);
  }
  const [scenario] = files;
  if (scenario === undefined) throw new Refusal(`expected a scenario; ${USAGE}`);
  if (files.length > 1) throw new Refusal(`expected one scenario, got ${files.length}; ${USAGE}`);
  if (seed !== null) sets.push({ path: 'seed', value: readSeed(seed) });
  return { kind: 'run', scenario, json, sets, trace };
}

function readSeed(text: string): number {
  if (!/^\d{1,16}$/.test(text))
    throw new Refusal(`--seed: expected a whole number, got ${JSON.stringify(text)}`);
  return Number(text);
}

function readSet(text: string): { path: string; value: unknown } {
  const change = parseSet(text);
  if (change === null) throw new Refusal(`--set: expected path=value, got ${JSON.stringify(text)}`);
  return change;
}
