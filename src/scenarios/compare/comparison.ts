import type { Plan } from '../../engine/contract/plan.ts';
import { type Change, parseSet, setPath, setText } from '../edit.ts';
import { pack, unpack } from '../packing.ts';
import { show } from '../schema/problems.ts';
import { parseScenario, problemsLine, problemText, type ScenarioInput, validate } from '../validate.ts';

/** One variant of a scenario: a name, and what is changed of the base, in this order. */
export interface Variant {
  name: string;
  set: readonly Change[];
}

/** Variants of one scenario that are run with the same luck. */
export interface Comparison {
  base: ScenarioInput;
  variants: readonly Variant[];
}

/** As many variants can be told apart, and fit beside each other. */
export const VARIANTS = { least: 2, most: 8, nameLength: 60, changes: 40 } as const;

/** Version of the format of files and links. */
const VERSION = 1;

export type Applied = { ok: true; input: ScenarioInput; plan: Plan } | { ok: false; problem: string };
export type ReadComparison = { ok: true; comparison: Comparison } | { ok: false; problem: string };

/** The scenario that a variant is, or one sentence with the path about why it is none. */
export function applyChanges(base: ScenarioInput, set: readonly Change[]): Applied {
  let input = base;
  for (const { path, value } of set) {
    const changed = setPath(input, path, value);
    if (!changed.ok) return { ok: false, problem: problemText(changed.problem) };
    input = changed.input;
  }
  const validation = validate(input);
  return validation.ok
    ? { ok: true, input, plan: validation.plan }
    : { ok: false, problem: problemsLine(validation.problems) };
}

/** What a file holds: the base as a scenario file has it, changes as `--set` of the command line takes them. */
export function comparisonText({ base, variants }: Comparison): string {
  return JSON.stringify(plain({ base, variants }), null, 2);
}

const plain = ({ base, variants }: Comparison) => ({
  version: VERSION,
  base,
  variants: variants.map(({ name, set }) => ({ name, set: set.map(setText) })),
});

/**
 * Reads what {@link comparisonText} wrote. Never throws, whatever the text; every variant holds water.
 * @returns the comparison, or one sentence: where, and what was expected
 */
export function parseComparison(text: string): ReadComparison {
  const parsed = parseScenario(text);
  return parsed.ok ? readComparison(parsed.input) : { ok: false, problem: problemsLine(parsed.problems) };
}

/** Whether what a file holds is meant as a comparison, and not as a scenario. */
export function looksLikeComparison(input: unknown): boolean {
  return isObject(input) && Object.hasOwn(input, 'variants');
}

function readComparison(input: unknown): ReadComparison {
  const refuse = (problem: string): ReadComparison => ({ ok: false, problem });
  if (!isObject(input)) return refuse(`expected a comparison with base and variants, got ${show(input)}`);
  const unknown = Object.keys(input).find((key) => !['version', 'base', 'variants'].includes(key));
  if (unknown !== undefined)
    return refuse(`${show(unknown)}: unknown key; expected version, base and variants`);
  if (input.version !== VERSION) return refuse(`version: expected ${VERSION}, got ${show(input.version)}`);
  const base = validate(input.base);
  if (!base.ok) {
    const [first] = base.problems;
    return refuse(`base${first?.path ? '.' : ': '}${problemsLine(base.problems)}`);
  }
  const { variants } = input;
  const { least, most } = VARIANTS;
  if (!Array.isArray(variants) || variants.length < least || variants.length > most) {
    const got = Array.isArray(variants) ? variants.length : show(variants);
    return refuse(`variants: expected a list of ${least} to ${most} variants, got ${got}`);
  }
  const scenario = input.base as ScenarioInput;
  const read: Variant[] = [];
  for (const [index, variant] of variants.entries()) {
    const one = readVariant(scenario, variant, `variants[${index}]`);
    if (typeof one === 'string') return refuse(one);
    read.push(one);
  }
  return { ok: true, comparison: { base: scenario, variants: read } };
}

/** The variant, or what is wrong with it. */
function readVariant(base: ScenarioInput, input: unknown, path: string): Variant | string {
  if (!isObject(input)) return `${path}: expected an object with name and set, got ${show(input)}`;
  const unknown = Object.keys(input).find((key) => key !== 'name' && key !== 'set');
  if (unknown !== undefined) return `${path}: unknown key ${show(unknown)}; expected name and set`;
  const { name, set } = input;
  const { nameLength, changes } = VARIANTS;
  if (typeof name !== 'string' || name.trim() === '' || name.length > nameLength)
    return `${path}.name: expected a text of 1 to ${nameLength} characters, got ${show(name)}`;
  if (!Array.isArray(set) || set.length > changes)
    return `${path}.set: expected a list of at most ${changes} texts such as network.access.lossPct=5, got ${show(set)}`;
  const read: Change[] = [];
  for (const [index, text] of set.entries()) {
    const change = typeof text === 'string' ? parseSet(text) : null;
    if (change === null) return `${path}.set[${index}]: expected path=value, got ${show(text)}`;
    read.push(change);
  }
  const applied = applyChanges(base, read);
  return applied.ok ? { name, set: read } : `${path}: ${applied.problem}`;
}

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** Packs a comparison for a link. */
export const encodeComparison = (comparison: Comparison): Promise<string> =>
  pack(JSON.stringify(plain(comparison)));

/** Unpacks and validates what {@link encodeComparison} made. Never throws. */
export async function decodeComparison(text: string): Promise<ReadComparison> {
  const unpacked = await unpack(text, 'comparison');
  if (!unpacked.ok) return unpacked;
  const read = parseComparison(unpacked.text);
  return read.ok
    ? read
    : { ok: false, problem: `The comparison in this link does not hold: ${read.problem}` };
}
