import * as v from 'valibot';
import {
  expectation,
  type FieldSpec,
  type Fields,
  type ListField,
  NAME,
  type ObjectField,
  oneOf,
  SERVER_NAME,
  type VariantsField,
} from './fields.ts';
import { hint, show } from './problems.ts';

type Schema = v.GenericSchema<unknown, unknown>;

/** The check that a field's table stands for. It fills in defaults, and its messages say what was expected. */
export function compile(field: FieldSpec): Schema {
  const expected = (issue: { input: unknown }) => `expected ${expectation(field)}, got ${show(issue.input)}`;
  const schema = compileValue(field, expected);
  return 'orNull' in field && field.orNull !== undefined ? v.nullable(schema) : schema;
}

type Message = (issue: { input: unknown }) => string;

function compileValue(field: FieldSpec, expected: Message): Schema {
  switch (field.type) {
    case 'number':
      return v.pipe(
        v.number(expected),
        v.finite(expected),
        v.minValue(field.min, expected),
        v.maxValue(field.max, expected),
        v.check((value) => !field.integer || Number.isInteger(value), expected),
        // -0 does not survive JSON.
        v.transform((value) => value + 0),
      );
    case 'choice':
      return v.picklist(field.values, expected);
    case 'flag':
      return v.boolean(expected);
    case 'constant':
      return field.value === null ? v.null(expected) : v.literal(field.value, expected);
    case 'text':
      return v.pipe(
        v.string(expected),
        v.minLength(field.minLength ?? 0, expected),
        v.maxLength(field.maxLength, expected),
        // Half a surrogate pair would not survive UTF-8.
        v.check(
          (text) => !/\p{Surrogate}/u.test(text),
          'expected well-formed Unicode, got half a surrogate pair',
        ),
      );
    case 'name':
      return v.pipe(
        v.string(expected),
        v.regex(NAME, expected),
        v.check((name) => !SERVER_NAME.test(name), 'expected a name other than server-N, which servers have'),
      );
    case 'list':
      return compileList(field, expected);
    case 'object':
      return compileObject(field, expected);
    case 'variants':
      return compileVariants(field, expected);
  }
}

/** The length is checked first, so that a huge list costs nothing. */
function compileList(field: ListField, expected: Message): Schema {
  return v.pipe(
    v.array(v.unknown(), expected),
    v.minLength(field.minItems, expected),
    v.maxLength(field.maxItems, expected),
    v.array(compile(field.of)),
  );
}

function compileObject(field: ObjectField, expected: Message): Schema {
  return v.pipe(
    v.custom(isRecord, expected),
    strictObject(compileFields(field.fields, field.partial === true)),
  );
}

function compileVariants(field: VariantsField, expected: Message): Schema {
  const kinds = Object.keys(field.kinds);
  const byKind = new Map<unknown, Schema>(
    Object.entries(field.kinds).map(([kind, variant]) => [
      kind,
      strictObject({ kind: v.literal(kind), ...compileFields(variant.fields, false) }),
    ]),
  );
  const unknownKind = v.looseObject({
    kind: v.pipe(
      v.optional(v.unknown(), () => undefined),
      v.picklist(
        kinds,
        (issue) => `expected ${oneOf(kinds)}, got ${show(issue.input)}${hintFor(issue.input, kinds)}`,
      ),
    ),
  });
  return v.pipe(
    v.custom(isRecord, expected),
    v.lazy((input) => byKind.get(ownKind(input)) ?? unknownKind),
  );
}

const hintFor = (value: unknown, candidates: readonly string[]) =>
  typeof value === 'string' ? hint(value, candidates) : '';

const ownKind = (input: unknown) =>
  isRecord(input) && Object.hasOwn(input, 'kind') ? input.kind : undefined;

/** Fields that may be left out take their default, or stay out where only what is given counts (`partial`). */
function compileFields(fields: Fields, partial: boolean): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const schema = compile(field);
      if (partial) return [key, v.optional(schema)];
      if (field.required) return [key, required(field, schema)];
      return [key, v.optional(schema, defaultOf(field) as never)];
    }),
  );
}

/** What stands for a field that was left out; nested defaults are filled in by the schema itself. */
function defaultOf(field: FieldSpec): unknown {
  if (field.type === 'object') return field.orNull === undefined ? {} : null;
  if (field.type === 'variants') return field.default === null ? null : { kind: field.default };
  return field.default ?? (canBeNull(field) ? null : undefined);
}

const canBeNull = (field: FieldSpec) =>
  ('orNull' in field && field.orNull !== undefined) || (field.type === 'constant' && field.value === null);

/** Missing keys get the same kind of message as wrong values. */
function required(field: FieldSpec, schema: Schema): Schema {
  return v.pipe(
    v.optional(v.unknown(), () => undefined),
    v.check((value) => value !== undefined, `expected ${expectation(field)}, got nothing`),
    schema,
  );
}

function strictObject(entries: Record<string, Schema>): Schema {
  const keys = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    const key = String(issue.input);
    return `unknown key${hint(key, keys)}; expected ${oneOf(keys)}`;
  });
}

/** A plain object, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
