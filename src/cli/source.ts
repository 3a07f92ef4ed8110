import { createReadStream } from 'node:fs';
import type { Plan } from '../engine/contract/plan.ts';
import { setPath } from '../scenarios/edit.ts';
import { findPreset } from '../scenarios/presets/index.ts';
import {
  parseScenario,
  problemsLine,
  problemText,
  type ScenarioInput,
  validate,
} from '../scenarios/validate.ts';
import { Refusal } from './args.ts';

/** Longest input that is read, in bytes: a scenario's characters take up to three each. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Bytes that come piece by piece, such as a stream of Node. */
export type Input = AsyncIterable<Uint8Array>;

/**
 * Finds a scenario, makes the changes and checks it.
 * @param scenario a preset's name, a file, or `-` for standard input
 * @param stdin standard input, asked for only if it is to be read
 * @throws {Refusal} if it cannot be read or does not hold
 */
export async function loadPlan(
  scenario: string,
  sets: readonly { path: string; value: unknown }[],
  stdin: () => Input,
): Promise<Plan> {
  const preset = findPreset(scenario);
  let input: unknown = preset?.scenario;
  if (preset === undefined) {
    const parsed = parseScenario(await readText(scenario, stdin));
    if (!parsed.ok) throw new Refusal(`${nameOf(scenario)}: ${problemsLine(parsed.problems)}`);
    input = parsed.input;
  }
  for (const { path, value } of sets) {
    const changed = setPath(input as ScenarioInput, path, value);
    if (!changed.ok) throw new Refusal(problemText(changed.problem));
    input = changed.input;
  }
  const validation = validate(input);
  if (!validation.ok) throw new Refusal(problemsLine(validation.problems));
  return validation.plan;
}

const nameOf = (scenario: string) => (scenario === '-' ? 'standard input' : scenario);

async function readText(scenario: string, stdin: () => Input): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const stream: Input = scenario === '-' ? stdin() : createReadStream(scenario);
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_BYTES) break;
    }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const hint = missing ? 'no such file, and no preset of this name (--list lists them)' : reasonOf(error);
    throw new Refusal(`${nameOf(scenario)}: cannot be read: ${hint}`);
  }
  if (length > MOST_BYTES) throw new Refusal(`${nameOf(scenario)}: expected a scenario, got more than 4 MB`);
  return Buffer.concat(chunks).toString('utf8');
}

/** What the operating system says, in one line without its stack. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s+/g, ' ');
}
