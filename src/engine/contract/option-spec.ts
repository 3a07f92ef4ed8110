/**
 * One option of a scenario, declared once. From it come its type, its check, its line in the reference and its control.
 * `source` says where the default comes from (product and version, RFC section, or what was measured).
 */
export type OptionSpec =
  | NumberSpec
  | (Needing & { type: 'choice'; values: readonly string[]; default: string; about: string; source: string })
  | (Needing & { type: 'flag'; default: boolean; about: string; source: string });

/** What has to be chosen beside an option for it to have any effect. */
interface Needing {
  needs?: Needs;
}

/** For each neighbour of an option one of these values, or that it is there at all, or a number above 0. */
export type Needs = Readonly<Record<string, readonly (string | boolean)[] | 'not null' | 'above 0'>>;

export interface NumberSpec extends Needing {
  type: 'number';
  unit: 'ms' | '%' | 'kbit/s' | 'bytes' | '/s' | 'messages' | 'attempts' | '';
  min: number;
  max: number;
  integer?: boolean;
  /** null is allowed, and what it means. */
  orNull?: string;
  default: number | null;
  about: string;
  source: string;
}

export type OptionSpecs = Record<string, OptionSpec>;

/**
 * What an option needs and has not: `acks=all`, `threads`, `slowPct above 0`; '' where it has its effect.
 * @param values of the options beside it; left out: all that it needs
 */
export function missingFor({ needs = {} }: OptionSpec, values?: Readonly<Record<string, unknown>>): string {
  return Object.entries(needs)
    .filter(([key, wanted]) => values === undefined || !isThere(wanted, values[key]))
    .map(([key, wanted]) => {
      if (wanted === 'not null') return key;
      return wanted === 'above 0' ? `${key} above 0` : `${key}=${wanted.join(' or ')}`;
    })
    .join(', ');
}

function isThere(wanted: Needs[string], value: unknown): boolean {
  if (wanted === 'not null') return value != null;
  if (wanted === 'above 0') return typeof value === 'number' && value > 0;
  return wanted.some((one) => one === value);
}
