import { REGISTRIES } from './registries.ts';
import { isRecord } from './schema/compile.ts';
import { type FieldSpec, type Fields, oneOf } from './schema/fields.ts';
import { hint, type Problem, pathText, show } from './schema/problems.ts';
import { type ScenarioInput, scenarioField } from './schema/scenario.ts';

type Parts = (string | number)[];

const WHOLE: FieldSpec = scenarioField(REGISTRIES);

/**
 * Sets one place of a scenario, and leaves the scenario that was given as it is. Objects on the way that were left out
 * are made. A new `kind` takes away the options that it does not have. The outcome still has to be validated.
 * @param path `clients[0].transport.intervalMs`
 * @returns the changed scenario, or why there is no such place
 */
export function setPath(
  input: ScenarioInput,
  path: string,
  value: unknown,
): { ok: true; input: ScenarioInput } | { ok: false; problem: Problem } {
  const parts = parsePath(path);
  if (parts === null) {
    return {
      ok: false,
      problem: { path, message: 'expected a path such as clients[0].transport.intervalMs' },
    };
  }
  const place = walk(input, parts);
  if ('problem' in place) return { ok: false, problem: place.problem };
  return { ok: true, input: withValue(input, WHOLE, parts, value) as ScenarioInput };
}

/**
 * What one place of a scenario may hold, and what it holds.
 * @returns null if the scenario has no such place; `value` undefined if it was left out
 */
export function describe(input: ScenarioInput, path: string): { field: FieldSpec; value: unknown } | null {
  const parts = parsePath(path);
  const place = parts === null ? null : walk(input, parts);
  return place === null || 'problem' in place ? null : place;
}

/** One change of a scenario: what stands at a place of it instead. */
export interface Change {
  /** `clients[0].transport.intervalMs` */
  path: string;
  value: unknown;
}

/** Reads `path=value`, the value as JSON if it is JSON, else as a string; null if it is no such text. */
export function parseSet(text: string): Change | null {
  const equals = text.indexOf('=');
  if (equals <= 0) return null;
  const value = text.slice(equals + 1);
  try {
    return { path: text.slice(0, equals), value: JSON.parse(value) };
  } catch {
    return { path: text.slice(0, equals), value };
  }
}

/** Writes a change as {@link parseSet} reads it; a string is only quoted where it would be read as something else. */
export function setText({ path, value }: Change): string {
  const plain = typeof value === 'string' && parseSet(`${path}=${value}`)?.value === value;
  return `${path}=${plain ? value : JSON.stringify(value)}`;
}

/** `a.b[0].c` → its parts, or null. */
export function parsePath(path: string): Parts | null {
  if (path.length > 300 || !/^[A-Za-z]\w*(\.[A-Za-z]\w*|\[\d{1,6}\])*$/.test(path)) return null;
  return Array.from(path.matchAll(/(\w+)|\[(\d+)\]/g), ([, key, index]) =>
    index === undefined ? (key as string) : Number(index),
  );
}

/** Follows a path through scenario and schema side by side. */
function walk(input: unknown, parts: Parts): { field: FieldSpec; value: unknown } | { problem: Problem } {
  let field = WHOLE;
  let value = input;
  for (const [depth, part] of parts.entries()) {
    const problem = (message: string) => ({
      problem: { path: pathText(parts.slice(0, depth + 1)), message },
    });
    if (field.type === 'list') {
      const length = Array.isArray(value) ? value.length : 0;
      if (typeof part !== 'number') return problem(`expected an index such as [0], got ${show(part)}`);
      if (part > length)
        return problem(`expected an index from 0 to ${length}, got ${part} (the list is ${length} long)`);
      field = field.of;
      value = Array.isArray(value) ? value[part] : undefined;
      continue;
    }
    const fields = fieldsOf(field, value);
    if (fields === null) return problem('there is nothing inside this value');
    const next = typeof part === 'string' && Object.hasOwn(fields, part) ? fields[part] : undefined;
    if (next === undefined)
      return problem(
        `unknown key${hint(String(part), Object.keys(fields))}; expected ${oneOf(Object.keys(fields))}`,
      );
    field = next;
    value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return { field, value };
}

/** The keys of an object, or of the kind that it says it is. */
function fieldsOf(field: FieldSpec, value: unknown): Fields | null {
  if (field.type === 'object') return field.fields;
  if (field.type !== 'variants') return null;
  const kinds = Object.keys(field.kinds);
  const given = isRecord(value) ? value.kind : field.default;
  const variant =
    typeof given === 'string' && Object.hasOwn(field.kinds, given) ? field.kinds[given] : undefined;
  const kind: FieldSpec = {
    type: 'choice',
    values: kinds,
    default: kinds[0] ?? '',
    about: 'Which one.',
    source: '',
  };
  return { kind, ...variant?.fields };
}

function withValue(input: unknown, field: FieldSpec, parts: Parts, value: unknown): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (field.type === 'list') {
    const items = Array.isArray(input) ? [...input] : [];
    items[part as number] = withValue(items[part as number], field.of, rest, value);
    return items;
  }
  const before = isRecord(input)
    ? input
    : field.type === 'variants' && field.default
      ? { kind: field.default }
      : {};
  if (field.type === 'variants' && part === 'kind' && rest.length === 0)
    return withKind(before, field.kinds, value);
  const next = fieldsOf(field, input)?.[part as string] as FieldSpec;
  const inner = Object.hasOwn(before, part) ? (before as Record<string, unknown>)[part] : undefined;
  return { ...before, [part]: withValue(inner, next, rest, value) };
}

/** Another kind, with those of the options that it has, too. */
function withKind(
  before: object,
  kinds: Readonly<Record<string, { fields: Fields }>>,
  kind: unknown,
): unknown {
  const fields = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? (kinds[kind]?.fields ?? {}) : {};
  return {
    kind,
    ...Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(fields, key))),
  };
}
