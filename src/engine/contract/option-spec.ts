/**
 * One option of a scenario, declared once. From it come its type, its check, its line in the reference and its control.
 * `source` says where the default comes from (product and version, RFC section, or what was measured).
 */
export type OptionSpec =
  | NumberSpec
  | { type: 'choice'; values: readonly string[]; default: string; about: string; source: string }
  | { type: 'flag'; default: boolean; about: string; source: string };

export interface NumberSpec {
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
