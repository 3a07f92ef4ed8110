import type { Plan } from '../engine/contract/plan.ts';
import { pack, unpack } from './packing.ts';
import { parseScenario, problemsLine, type ScenarioInput, validate } from './validate.ts';

/** What a link says: a scenario that holds water, or one sentence about why not. */
export type Decoded = { ok: true; input: ScenarioInput; plan: Plan } | { ok: false; problem: string };

/**
 * Packs a scenario for a link, as JSON.
 * @param input what differs from the defaults is enough
 */
export const encodeScenario = (input: ScenarioInput): Promise<string> => pack(JSON.stringify(input));

/** Unpacks and validates what {@link encodeScenario} made. Never throws, and never unpacks more than a scenario may be. */
export async function decodeScenario(text: string): Promise<Decoded> {
  const unpacked = await unpack(text, 'scenario');
  if (!unpacked.ok) return unpacked;
  const parsed = parseScenario(unpacked.text);
  if (!parsed.ok) return { ok: false, problem: 'This link is damaged: what it holds is no JSON.' };
  const validation = validate(parsed.input);
  if (!validation.ok) {
    const problem = `The scenario in this link does not hold: ${problemsLine(validation.problems)}`;
    return { ok: false, problem };
  }
  return { ok: true, input: parsed.input as ScenarioInput, plan: validation.plan };
}
