/** One thing to be measured: it does its work and says how many units of it there were. */
export interface Case {
  name: string;
  /** What has to be there before, and is not measured. */
  prepare?(): void;
  run(): number;
}

export interface Figure {
  name: string;
  /** Units of work a second of processor time, the median of the rounds. */
  perSecond: number;
  units: number;
}

/** Processor seconds that a piece of work takes, and what it returns. */
function timed(work: () => number): { seconds: number; units: number } {
  const before = process.cpuUsage();
  const units = work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, units };
}

/**
 * Runs the cases in turn, round after round in one process, so that a slow spell of the machine hits them all alike.
 * Trust the ratios between the figures, not the figures.
 * @param rounds counted rounds, after one that warms up
 */
export function measure(cases: readonly Case[], rounds = 5): Map<string, Figure> {
  const rates = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  const units = new Map<string, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const { name, prepare, run } of cases) {
      prepare?.();
      const { seconds, units: count } = timed(run);
      units.set(name, count);
      if (round > 0) rates.get(name)?.push(count / seconds);
    }
  }
  return new Map(
    [...rates].map(([name, values]) => {
      const sorted = values.sort((a, b) => a - b);
      const perSecond = sorted[sorted.length >> 1] as number;
      return [name, { name, perSecond, units: units.get(name) as number }];
    }),
  );
}

/** Prints figures as multiples of one of them. @param goals wanted multiples by name */
export function print(
  title: string,
  figures: Map<string, Figure>,
  base: string,
  goals: Record<string, number> = {},
): void {
  const one = (figures.get(base) as Figure).perSecond;
  console.log(`\n${title}`);
  for (const { name, perSecond } of figures.values()) {
    const ratio = perSecond / one;
    const goal = goals[name];
    const verdict = goal === undefined ? '' : `  goal ${goal}${ratio >= goal ? ' ✓' : ' ✗'}`;
    console.log(
      `  ${name.padEnd(58)}${(perSecond / 1e6).toFixed(3).padStart(9)} M/s ${ratio.toFixed(2).padStart(8)} ×${verdict}`,
    );
  }
}
