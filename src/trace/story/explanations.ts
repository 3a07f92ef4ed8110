import type { Explanation } from './explanation.ts';
import { APPLICATION_RULES } from './rules-application.ts';
import { EDGE_RULES } from './rules-edge.ts';
import { SETUP_RULES } from './rules-setup.ts';
import { TCP_RULES } from './rules-tcp.ts';

/** By term, as steps and stories name them. */
export const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map(
  [...TCP_RULES, ...SETUP_RULES, ...EDGE_RULES, ...APPLICATION_RULES].map((one) => [one.term, one]),
);

/** The explanation of a term, whatever its capitals. */
export const explanationOf = (term: string): Explanation | undefined =>
  EXPLANATIONS.get(term) ?? EXPLANATIONS.get(term.toLowerCase());
