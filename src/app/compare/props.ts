import type {
  ChangeItem,
  CompareProps,
  LuckItem,
  PlaceItem,
  VariantItem,
} from '../../pages/compare/model.ts';
import type { OptionModel } from '../../pages/play/model.ts';
import { claimsOf } from '../../scenarios/compare/claims.ts';
import { figuresOf } from '../../scenarios/compare/figures.ts';
import { placesOf } from '../../scenarios/compare/places.ts';
import { variantSets } from '../../scenarios/compare/sets.ts';
import { describe, setText } from '../../scenarios/edit.ts';
import type { FieldSpec } from '../../scenarios/schema/fields.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { TRANSPORT_ORDER } from '../scenario-model.ts';
import { backplaneTitle, groupTitle, transportTitle } from '../titles.ts';
import type { RunInPage } from '../worker/client.ts';
import { rangesOf, SEEDS, type SeedsState } from './seeds.ts';
import type { Entry, Table } from './variants.ts';
import { letterOf, pathTitle, sectionOf } from './words.ts';

const namesOf = ({ clients, publishers }: ScenarioInput) => ({
  clients: clients.map(({ name }) => name),
  publishers: publishers.map(({ name }) => name),
});

/** The variants as the page shows them. */
export function variantItems({ entries }: Table, runs: readonly RunInPage[]): VariantItem[] {
  return entries.flatMap((entry, place) => {
    const run = runs[place];
    if (run === undefined) return [];
    const { trace, state, failure } = run;
    const progress = trace.knownUntilUs / Math.max(1, trace.header?.endUs ?? 1);
    return [
      {
        id: entry.id,
        letter: letterOf(place),
        name: entry.name,
        changes: changeItems(entry),
        run: {
          trace,
          // Nobody stops a variant alone.
          state: state === 'stopped' ? 'failed' : state,
          failure,
          progress: Math.min(1, progress),
          omitted: trace.omitted,
        },
      },
    ];
  });
}

function changeItems({ input, set }: Entry): ChangeItem[] {
  return set.map(({ path, value }) => {
    const field = describe(input, path)?.field;
    const control = controlOf(field, value);
    return {
      path,
      title: pathTitle(path, namesOf(input)),
      about: field?.about ?? '',
      value: control.type === 'text' ? null : (value as OptionModel['value']),
      control,
      titles: control.type === 'choice' ? titlesOf(path, control.values) : {},
      text: setText({ path, value }).slice(path.length + 1),
    };
  });
}

/** What kinds of transports and backplanes are called. */
function titlesOf(path: string, kinds: readonly string[]): Record<string, string> {
  const title = /(^|\.)transport\.kind$/.test(path)
    ? transportTitle
    : path === 'backplane.kind'
      ? backplaneTitle
      : null;
  return title === null ? {} : Object.fromEntries(kinds.map((kind) => [kind, title(kind)]));
}

/** The control for a place; where it holds more than one value has, its text. */
function controlOf(field: FieldSpec | undefined, value: unknown): ChangeItem['control'] {
  switch (field?.type) {
    case 'number':
      return {
        type: 'number',
        unit: field.unit,
        min: field.min,
        max: field.max,
        integer: field.integer === true,
        orNull: field.orNull ?? null,
      };
    case 'choice':
      return typeof value === 'string' ? { type: 'choice', values: field.values } : { type: 'text' };
    case 'flag':
      return { type: 'flag' };
    default:
      return { type: 'text' };
  }
}

/** Places that a variant can change, by the headings under which they are offered. */
export function placeItems(base: ScenarioInput): PlaceItem[] {
  return placesOf(base).map(({ path }) => ({
    path,
    title: pathTitle(path, namesOf(base)),
    section: sectionOf(path),
  }));
}

export const setItems = (base: ScenarioInput): CompareProps['sets'] =>
  variantSets(base).map(({ id, title, about, variants }) => ({
    id,
    title,
    about,
    variants: variants.length,
  }));

/** The transport of all clients of the base, with a choice where they have one alike. */
export function transportItem({ clients }: ScenarioInput): CompareProps['transport'] {
  const used = new Set(clients.map(({ transport }) => transport.kind));
  const [kind] = used;
  if (clients.length !== 1 || kind === undefined) return null;
  return { kind, kinds: TRANSPORT_ORDER.map((one) => ({ kind: one, title: transportTitle(one) })) };
}

/** The table: figures of the runs that have ended, and what the parts of each variant promise. */
export function tableItems(
  { entries }: Table,
  runs: readonly RunInPage[],
  group: string | null,
): Pick<CompareProps, 'figures' | 'claims'> {
  return {
    figures: figuresOf(
      runs.map(({ report }) => report),
      group,
    ),
    claims: claimsOf(entries.map(({ plan }) => plan)),
  };
}

export function luckItem({ state, failure, results }: SeedsState, group: string | null): LuckItem {
  return { state, failure, done: results.length, of: SEEDS, figures: rangesOf(results, group) };
}

/** Clients one of whom is drawn, and groups one of which is measured: those of all variants. */
export function whoItems(
  { entries }: Table,
  runs: readonly RunInPage[],
): Pick<CompareProps, 'clients' | 'groups'> {
  const groups = new Map<string, string>();
  for (const { plan } of entries)
    for (const { name } of plan.clients) if (!groups.has(name)) groups.set(name, groupTitle(plan, name));
  const clients = new Map<string, string>();
  for (const { trace } of runs) {
    for (const { name, group } of (trace.header?.clients ?? []).slice(0, MOST_CLIENTS)) {
      const [, number = ''] = name.split('/');
      if (!clients.has(name)) clients.set(name, `${groups.get(group) ?? group} ${number}`);
    }
  }
  const items = (map: Map<string, string>) => [...map].map(([name, title]) => ({ name, title }));
  return { clients: items(clients), groups: items(groups) };
}

/** Nobody looks for one of more in a list. */
const MOST_CLIENTS = 200;
