import { partedWords } from '../../trace/names.ts';
import type { TraceHeader } from '../../trace/trace.ts';
import type { TimelineFault } from '../../views/timeline/flags.ts';
import type { VariantItem } from './model.ts';

/** A fault on the timeline of all variants, and where each of them that has it has it. */
export interface SharedFault {
  fault: TimelineFault;
  in: { variant: number; letter: string; index: number; label: string }[];
}

/**
 * The faults of all variants as one list, in the order of time: what begins and ends together and is of one kind is one
 * fault. Where variants call it differently, only what they have in common is its word: "node crashes" for
 * "Database crashes" and "Redis crashes".
 */
export function sharedFaults(variants: readonly Pick<VariantItem, 'id' | 'letter' | 'run'>[]): SharedFault[] {
  const shared = new Map<string, SharedFault>();
  for (const { id, letter, run } of variants) {
    const seen = new Map<string, number>();
    (run.trace.header?.faults ?? []).forEach((fault, index) => {
      const same = `${fault.kind} ${fault.atUs} ${fault.endUs}`;
      const nth = (seen.get(same) ?? 0) + 1;
      seen.set(same, nth);
      const known = shared.get(`${same} ${nth}`);
      const one = { variant: id, letter, index, label: labelOf(fault) };
      if (known === undefined)
        shared.set(`${same} ${nth}`, { fault: { ...fault, label: one.label }, in: [one] });
      else known.in.push(one);
    });
  }
  return [...shared.values()]
    .map((one) => ({ ...one, fault: named(one, variants.length) }))
    .sort((a, b) => a.fault.atUs - b.fault.atUs);
}

/** As Play's timeline calls it: a record has an arrow between those that a partition parts. */
function labelOf({ kind, label, parted }: TraceHeader['faults'][number]): string {
  return kind === 'partition' ? partedWords(label.split(/ [↮↛↚] /), parted?.way) : label;
}

/** With a word that is true of every variant that has it, and told of each where it is not the same for all. */
function named({ fault, in: members }: SharedFault, variants: number): TimelineFault {
  const labels = [...new Set(members.map(({ label }) => label))];
  const everywhere = members.length === variants;
  if (labels.length === 1 && everywhere) return fault;
  const title = labels
    .map((label) => `${lettersOf(members.filter((one) => one.label === label))}: ${label}`)
    .join('; ');
  const filler = fault.kind.startsWith('broker-') ? 'node' : '…';
  const label = `${inCommon(labels, filler)}${everywhere ? '' : ` (${lettersOf(members)})`}`;
  return { ...fault, label, title };
}

const lettersOf = (members: readonly { letter: string }[]) => members.map(({ letter }) => letter).join(', ');

/** The words that all begin with, and those that all end with; a filler for what differs between. */
export function inCommon(labels: readonly string[], filler: string): string {
  const [first = [], ...others] = labels.map((label) => label.split(' '));
  if (others.length === 0) return first.join(' ');
  const shortest = Math.min(first.length, ...others.map(({ length }) => length));
  let head = 0;
  while (head < shortest && others.every((words) => words[head] === first[head])) head++;
  let tail = 0;
  while (tail < shortest - head && others.every((words) => words.at(-1 - tail) === first.at(-1 - tail)))
    tail++;
  return [...first.slice(0, head), filler, ...first.slice(first.length - tail)].join(' ');
}
