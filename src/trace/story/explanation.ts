/** How a mechanism is modelled: the rule in our words, where it is written, and what the model leaves out. */
export interface Explanation {
  term: string;
  rule: string;
  source: string;
  leavesOut: string;
}

export const of = (term: string, rule: string, source: string, leavesOut = ''): Explanation => ({
  term,
  rule,
  source,
  leavesOut,
});
