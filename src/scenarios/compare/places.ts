import { REGISTRIES } from '../registries.ts';
import { isRecord } from '../schema/compile.ts';
import type { FieldSpec } from '../schema/fields.ts';
import { scenarioField } from '../schema/scenario.ts';
import type { ScenarioInput } from '../validate.ts';

/** One place of a scenario that holds a value of its own. */
export interface Place {
  /** `clients[0].transport.intervalMs` */
  path: string;
  field: FieldSpec;
  /** What the scenario says there, or what it is if it says nothing. */
  value: unknown;
}

/** Items of a list that are gone through. */
const MOST_ITEMS = 20;
/** What a variant is called and whether it holds what was expected are no differences between runs. */
const LEFT_OUT = ['version', 'name', 'about', 'expect', 'faults'];

/** Every place of a scenario that a variant can change one by one, in the order of the schema. */
export function placesOf(base: ScenarioInput): Place[] {
  const places: Place[] = [];
  collect(scenarioField(REGISTRIES), base, '', places);
  return places;
}

function collect(field: FieldSpec, value: unknown, path: string, places: Place[]): void {
  const inside = (key: string) =>
    isRecord(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  const under = (key: string) => (path === '' ? key : `${path}.${key}`);
  switch (field.type) {
    case 'object':
      for (const [key, inner] of Object.entries(field.fields)) {
        if (path === '' && LEFT_OUT.includes(key)) continue;
        // A list or an object that is left out and has no place of its own is set as a whole, by its path.
        collect(inner, inside(key), under(key), places);
      }
      return;
    case 'variants': {
      const kind = String(inside('kind') ?? field.default ?? '');
      const kinds = Object.keys(field.kinds);
      if (kinds.length > 1) {
        const choice = {
          type: 'choice',
          values: kinds,
          default: kind,
          about: field.about,
          source: '',
        } as const;
        places.push({ path: under('kind'), field: choice, value: kind });
      }
      for (const [key, inner] of Object.entries(field.kinds[kind]?.fields ?? {}))
        collect(inner, inside(key), under(key), places);
      return;
    }
    case 'list':
      if (!Array.isArray(value)) return;
      value.slice(0, MOST_ITEMS).forEach((item, index) => {
        collect(field.of, item, `${path}[${index}]`, places);
      });
      return;
    case 'constant':
    case 'name':
      return;
    default:
      places.push({ path, field, value: value === undefined ? field.default : value });
  }
}
