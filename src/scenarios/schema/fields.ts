import type { NumberSpec, OptionSpec } from '../../engine/contract/option-spec.ts';

/**
 * What one place of a scenario may hold, declared once. From these tables come the check (`compile.ts`), the types of
 * the file (`InputOf`), the page in `docs/` (`reference.ts`) and what the app needs for its controls.
 *
 * `required` fields have to be given; their `default` is what an editor may start with.
 */
export type FieldSpec =
  | (OptionSpec & Required)
  | ChoiceField
  | ConstantField
  | TextField
  | NameField
  | ListField
  | ObjectField
  | VariantsField;

interface Required {
  required?: true;
}

/** The one value that this version knows. `why` says why there is no other. */
export interface ConstantField extends Required {
  type: 'constant';
  value: number | null;
  default: number | null;
  why?: string;
  about: string;
  source: string;
}

/** A choice that follows from the rest of the scenario unless it is given, as `source` says. */
export interface ChoiceField extends Required {
  type: 'choice';
  values: readonly string[];
  default: null;
  about: string;
  source: string;
}

export interface TextField extends Required {
  type: 'text';
  minLength?: number;
  maxLength: number;
  /** null is allowed, and what it means. */
  orNull?: string;
  default: string | null;
  /** What is expected, in a few words. */
  what?: string;
  about: string;
}

/** A name as the contract has it: see {@link NAME}. */
export interface NameField extends Required {
  type: 'name';
  default: string | null;
  about: string;
}

export interface ListField extends Required {
  type: 'list';
  of: FieldSpec;
  minItems: number;
  maxItems: number;
  /** null: worked out from the rest of the scenario, as `about` says. */
  default: readonly unknown[] | null;
  about: string;
}

export interface ObjectField extends Required {
  type: 'object';
  fields: Fields;
  /** Only what is given is kept: nothing is filled in. */
  partial?: true;
  /** null is allowed (and the default), and what it means. */
  orNull?: string;
  about: string;
}

/** One of several objects, told apart by their `kind`. */
export interface VariantsField extends Required {
  type: 'variants';
  kinds: Readonly<Record<string, Variant>>;
  /** The kind taken if nothing is given. */
  default: string | null;
  orNull?: string;
  about: string;
}

export interface Variant {
  about: string;
  fields: Fields;
}

export type Fields = Readonly<Record<string, FieldSpec>>;

/** Names of groups, publishers and rooms. */
export const NAME = /^[a-z][a-z0-9-]{0,39}$/;
/** Names that servers have. */
export const SERVER_NAME = /^server-\d+$/;

/** The type of what a file may say for a field. */
export type InputOf<F> = F extends { orNull: string } ? ValueOf<F> | null : ValueOf<F>;

type ValueOf<F> = F extends { type: 'number' }
  ? number
  : F extends { type: 'choice'; values: readonly (infer V)[] }
    ? V
    : F extends { type: 'flag' }
      ? boolean
      : F extends { type: 'constant'; value: infer V }
        ? V
        : F extends { type: 'text' | 'name' }
          ? string
          : F extends { type: 'list'; of: infer E }
            ? readonly InputOf<E>[]
            : F extends { type: 'object'; fields: infer T; partial: true }
              ? { readonly [K in keyof T]?: InputOf<T[K]> }
              : F extends { type: 'object'; fields: infer T }
                ? InputObject<T>
                : F extends { type: 'variants'; kinds: infer V }
                  ? { [K in keyof V]: { readonly kind: K } & InputObject<FieldsOf<V[K]>> }[keyof V]
                  : never;

type FieldsOf<V> = V extends { fields: infer T } ? T : never;
type RequiredKeys<T> = { [K in keyof T]: T[K] extends { required: true } ? K : never }[keyof T];
type InputObject<T> = { readonly [K in RequiredKeys<T>]: InputOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredKeys<T>>]?: InputOf<T[K]>;
};

/** The type of a field once defaults are filled in. */
export type OutputOf<F> = F extends { orNull: string } ? FilledOf<F> | null : FilledOf<F>;

type FilledOf<F> = F extends { type: 'list'; of: infer E }
  ? OutputOf<E>[]
  : F extends { type: 'object'; fields: infer T; partial: true }
    ? { [K in keyof T]?: OutputOf<T[K]> }
    : F extends { type: 'object'; fields: infer T }
      ? OutputFields<T>
      : F extends { type: 'variants'; kinds: infer V }
        ? { [K in keyof V]: { kind: K } & OutputFields<FieldsOf<V[K]>> }[keyof V]
        : ValueOf<F>;

/** The type of an object with these fields once defaults are filled in. */
export type OutputFields<T> = { -readonly [K in keyof T]: OutputOf<T[K]> };

/** The same number with another default. */
export function withDefault<S extends NumberSpec>(spec: S, value: number, source: string): S {
  return { ...spec, default: value, source };
}

/** A short description of what a field takes: `a number from 0 to 100 (%)`. */
export function expectation(field: FieldSpec): string {
  const what = expectedValue(field);
  return 'orNull' in field && field.orNull !== undefined ? `${what}, or null (${field.orNull})` : what;
}

function expectedValue(field: FieldSpec): string {
  switch (field.type) {
    case 'number': {
      const unit = field.unit === '' ? '' : ` (${field.unit})`;
      const kind = field.integer ? 'a whole number' : 'a number';
      return `${kind} from ${plainNumber(field.min)} to ${plainNumber(field.max)}${unit}`;
    }
    case 'choice':
      return oneOf(field.values);
    case 'flag':
      return 'true or false';
    case 'constant':
      return `${field.value}${field.why ? ` (${field.why})` : ''}`;
    case 'text':
      return `${field.what ?? 'a text'} of ${field.minLength ?? 0} to ${plainNumber(field.maxLength)} characters`;
    case 'name':
      return 'a name: a small letter, then up to 39 small letters, digits or hyphens';
    case 'list':
      return `a list of ${plainNumber(field.minItems)} to ${plainNumber(field.maxItems)} items`;
    case 'object':
      return 'an object';
    case 'variants':
      return `an object whose kind is ${oneOf(Object.keys(field.kinds))}`;
  }
}

/** `one of "a", "b"`, or `"a"` alone. */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? quoted : `one of ${quoted}`;
}

/** A number with its thousands set apart, as people write it. */
export function plainNumber(value: number): string {
  const [whole, fraction] = String(value).split('.') as [string, string | undefined];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
