import type * as v from 'valibot';

/** What is wrong with an input, and where: `clients[0].transport.kind`, '' for the whole. */
export interface Problem {
  path: string;
  message: string;
}

/** `path: message`, the way problems are shown in one line. */
export function problemText(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;
}

/** One line for a list of problems: the first, and how many more there are. */
export function problemsLine(problems: readonly Problem[]): string {
  const first = problems[0];
  if (first === undefined) return '';
  const more = problems.length - 1;
  return (
    problemText(first) + (more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'problem' : 'problems'})`)
  );
}

/** A path from its parts: `['clients', 0, 'name']` → `clients[0].name`. */
export function pathText(parts: readonly (string | number)[]): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${show(part)}]`;
  }
  return text;
}

/** A value as it is quoted in a message: short, and never more than the start of it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length} ${value.length === 1 ? 'item' : 'items'}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') {
    const characters = Array.from(value.slice(0, 100));
    const short = characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : value;
    return JSON.stringify(short);
  }
  return String(value);
}

/** The candidate that a mistyped name is likely to mean, or null if none is near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.slice(0, 64).toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` (did you mean "rttMs"?)`, or nothing. */
export function hint(name: string, candidates: readonly string[]): string {
  const guess = nearest(name, candidates);
  return guess === null ? '' : ` (did you mean ${JSON.stringify(guess)}?)`;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

/** Turns valibot's issues into problems. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[], atMost: number): Problem[] {
  return issues.slice(0, atMost).map((issue) => ({
    path: pathText((issue.path ?? []).map((item) => item.key as string | number)),
    message: issue.message,
  }));
}
