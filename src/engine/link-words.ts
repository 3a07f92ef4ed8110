import type { LinkOptions } from './contract/link-options.ts';

/** What an option of a link is said to be: short, for the timeline and beside a link, and in a list of changes. */
type Words<Value> = (value: Value) => readonly [label: string, title: string];

const alike = (words: string) => [words, words] as const;

const LINK_WORDS: { readonly [Option in keyof LinkOptions]: Words<LinkOptions[Option]> } = {
  rttMs: (value) => [`RTT ${value} ms`, `round trip ${value} ms`],
  upMs: (value) =>
    value === null ? ['up half the RTT', 'upward half the round trip'] : alike(`upward ${value} ms`),
  downMs: (value) =>
    value === null ? ['down half the RTT', 'downward half the round trip'] : alike(`downward ${value} ms`),
  jitterMs: (value) => alike(`jitter ± ${value} ms`),
  jitterDistribution: (value) => alike(`${value} jitter`),
  lossPct: (value) => alike(`loss ${value} %`),
  lossModel: (value) => alike(value === null ? 'loss without bursts' : 'bursty loss'),
  rateKbps: (value) =>
    value === null
      ? ['no rate limit', 'bandwidth unlimited']
      : [`${value} kbit/s`, `bandwidth ${value} kbit/s`],
  queueBytes: (value) => alike(`queue ${value / 1000} kB`),
  duplicatePct: (value) => alike(`duplicates ${value} %`),
  reorderPct: (value) => alike(`reordering ${value} %`),
};

/** Options that overrule another: where both are set, their being away says nothing of its own. */
const OVERRULES: Partial<Record<keyof LinkOptions, keyof LinkOptions>> = {
  upMs: 'rttMs',
  downMs: 'rttMs',
  lossModel: 'lossPct',
};

/** What a change of links sets, option by option: labels that are short, and titles for a list. */
export function linkWords(set: Partial<LinkOptions>): { option: string; label: string; title: string }[] {
  const options = (Object.keys(LINK_WORDS) as (keyof LinkOptions)[]).filter((option) => {
    const overruled = OVERRULES[option];
    return (
      set[option] !== undefined && (set[option] !== null || overruled === undefined || !(overruled in set))
    );
  });
  return options.map((option) => {
    const [label, title] = (LINK_WORDS[option] as Words<unknown>)(set[option]);
    return { option, label, title };
  });
}
