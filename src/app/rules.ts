import { knowManifests } from './manifests.ts';

export type Rules = typeof import('./rule-book.ts');

let there: Rules | null = null;
let coming: Promise<Rules> | null = null;

/** The rules of scenarios. The first picture does without: the plan of the race is kept beside the race. */
export function wantRules(): Promise<Rules> {
  coming ??= import('./rule-book.ts').then(
    (rules) => {
      there = rules;
      knowManifests(rules.REGISTRIES);
      return rules;
    },
    (error: unknown) => {
      coming = null; // the next who wants them tries again
      throw error;
    },
  );
  return coming;
}

/** The rules, if they have come already. */
export const rulesNow = (): Rules | null => there;
