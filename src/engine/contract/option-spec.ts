/**
 * One option of a scenario, declared once. From it come its type, its check, its line in the reference and its control.
 * `source` says where the default comes from (product and version, RFC section, or what was measured).
 */
export type OptionSpec =
  | NumberSpec
  | (Needing & { type: 'choice'; values: readonly string[]; default: string; about: string; source: string })
  | (Needing & { type: 'flag'; default: boolean; about: string; source: string });

/** What has to be chosen beside an option for it to have any effect: for each of its neighbours, one of these values. */
interface Needing {
  needs?: Readonly<Record<string, readonly (string | boolean)[]>>;
}

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
 * What an option needs and has not: `acks=all`; '' where it has its effect.
 * @param values of the options beside it; left out: all that it needs
 */
export function missingFor({ needs = {} }: OptionSpec, values?: Readonly<Record<string, unknown>>): string {
  return Object.entries(needs)
    .filter(([key, wanted]) => !wanted.some((one) => one === values?.[key]))
    .map(([key, wanted]) => `${key}=${wanted.join(' or ')}`)
    .join(', ');
}
