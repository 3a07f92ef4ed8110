import * as v from 'valibot';
import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import type { Plan } from '../../engine/contract/plan.ts';
import { check } from './checks.ts';
import { compile } from './compile.ts';
import { plainNumber } from './fields.ts';
import { LIMITS } from './limits.ts';
import { type Problem, pathText, problemsOf } from './problems.ts';
import { resolve } from './resolve.ts';
import { type Registries, type ScenarioDraft, scenarioField } from './scenario.ts';

/** A plan to run, or what is wrong with the input: at least one problem, at most `LIMITS.problems`. */
export type Validation = { ok: true; plan: Plan } | { ok: false; problems: Problem[] };

const compiled = new WeakMap<Registries, v.GenericSchema<unknown, unknown>>();

/**
 * Checks a scenario and fills in its defaults. Never throws, whatever the input; the input is not changed, and the
 * plan shares nothing with it.
 */
export function validateWith(registries: Registries, input: unknown): Validation {
  const tooDeep = depthProblem(input);
  if (tooDeep !== null) return { ok: false, problems: [tooDeep] };
  let schema = compiled.get(registries);
  if (schema === undefined) {
    schema = compile(scenarioField(registries));
    compiled.set(registries, schema);
  }
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (!result.success) return { ok: false, problems: problemsOf(result.issues, LIMITS.problems) };
  const plan = resolve(result.output as ScenarioDraft);
  const backplane = registries.backplanes[plan.backplane.kind] as BackplaneManifest;
  const problems = check(plan, backplane).slice(0, LIMITS.problems);
  return problems.length === 0 ? { ok: true, plan } : { ok: false, problems };
}

/**
 * Reads a scenario's text as JSON.
 * @returns what it says, not yet checked, or why it is no JSON
 */
export function parseScenario(
  text: string,
): { ok: true; input: unknown } | { ok: false; problems: Problem[] } {
  const refuse = (message: string) => ({ ok: false as const, problems: [{ path: '', message }] });
  if (text.length > LIMITS.textCharacters) {
    return refuse(
      `expected at most ${plainNumber(LIMITS.textCharacters)} characters, got ${plainNumber(text.length)}`,
    );
  }
  try {
    // A byte order mark is no JSON, but some editors write one.
    return { ok: true, input: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return refuse(`expected JSON: ${oneLine((error as Error).message)}`);
  }
}

/** Engines quote the text around a mistake, line breaks included. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 200);

/** Stops before anything recursive sees an input that is nested without end. */
function depthProblem(input: unknown, path: (string | number)[] = []): Problem | null {
  if (typeof input !== 'object' || input === null) return null;
  if (path.length >= LIMITS.depth) {
    return { path: pathText(path), message: `expected at most ${LIMITS.depth} levels of lists and objects` };
  }
  const entries: [string | number, unknown][] = Array.isArray(input)
    ? [...input.entries()]
    : Object.entries(input);
  for (const [key, value] of entries) {
    if (typeof value !== 'object' || value === null) continue;
    const problem = depthProblem(value, [...path, key]);
    if (problem !== null) return problem;
  }
  return null;
}
