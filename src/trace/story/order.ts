import type { Step } from './story.ts';

/** Runs of like steps at least this long are told by their first, their last, and how many there were in between. */
const RUN = 5;

/** Steps in the order of time, those of one instant in the order of their records; long runs of like ones shortened. */
export function inOrder(steps: readonly Step[]): Step[] {
  const ordered = steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => a.step.atUs - b.step.atUs || rank(a.step) - rank(b.step) || a.index - b.index)
    .map(({ step }) => step);
  return shortened(ordered);
}

/** Steps without a record of their own come last in their instant. */
const rank = ({ seq }: Step): number => (seq < 0 ? 0x7fffffff : seq);

function shortened(steps: readonly Step[]): Step[] {
  const told: Step[] = [];
  for (let from = 0; from < steps.length; ) {
    const first = steps[from] as Step;
    let to = from + 1;
    while (to < steps.length && isLike(first, steps[to] as Step)) to++;
    const run = steps.slice(from, to);
    if (run.length < RUN) told.push(...run);
    else {
      const second = run[1] as Step;
      told.push(first, {
        atUs: second.atUs,
        seq: second.seq,
        text: `… ${run.length - 2} more times …`,
        tone: 'wait',
      });
      told.push(run.at(-1) as Step);
    }
    from = to;
  }
  return told;
}

const isLike = (a: Step, b: Step): boolean => a.text === b.text && a.tone === b.tone && a.term === b.term;
