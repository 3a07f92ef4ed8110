import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ComparePart, Pair, VariantSelection } from '../../pages/compare/model.ts';
import type { BadInput, PresetItem, Theme } from '../../pages/play/model.ts';
import type { Settings } from '../../pages/play/shown.ts';
import type { Speed } from '../player.ts';
import type { RunInPage } from '../worker/client.ts';
import type { ComparePlace } from './address.ts';
import type { SeedsState } from './seeds.ts';
import { type Table, tableOf } from './variants.ts';

/** All that Compare shows besides the playhead. */
export interface CompareState {
  table: Table;
  /** The run of each entry. The objects stay while they grow: `progress` is another when there is something to say. */
  runs: readonly RunInPage[];
  progress: string;
  past: readonly Table[];
  future: readonly Table[];
  selection: VariantSelection | null;
  pair: Pair;
  differs: boolean;
  part: ComparePart;
  client: string | null;
  group: string | null;
  windowMs: number;
  speed: Speed;
  seeds: SeedsState;
  presets: readonly PresetItem[];
  theme: Theme;
  settings: Settings;
  presenting: boolean;
  badInput: BadInput | null;
  toast: string | null;
  announcement: string;
  keysShown: boolean;
  paletteShown: boolean;
  /** What was typed for the palette before it was there. */
  paletteTyped: string;
}

export type CompareStore = StoreApi<CompareState>;

export function createCompareStore(first: CompareState): CompareStore {
  return createStore<CompareState>(() => first);
}

/** The part of the state that a place says. */
export function shownOf(
  place: ComparePlace,
): Pick<CompareState, 'table' | 'selection' | 'pair' | 'differs' | 'part' | 'client' | 'group' | 'windowMs'> {
  const { differs, part, client, group, windowMs } = place;
  const table = tableOf(place.comparison, place.preset);
  const idAt = (place: number) => table.entries[place]?.id ?? -1;
  const selection =
    place.selection === null ? null : { variant: idAt(place.selection.variant), what: place.selection.what };
  const pair = { a: idAt(place.pair[0]), b: idAt(place.pair[1]) };
  return { table, selection, pair, differs, part, client, group, windowMs };
}

/** What stays selected and compared where variants have come and gone. */
export function kept(
  { selection, pair }: Pick<CompareState, 'selection' | 'pair'>,
  before: Table,
  table: Table,
): Pick<CompareState, 'selection' | 'pair'> {
  const ids = table.entries.map(({ id }) => id);
  const same = (id: number) =>
    before.entries.find((entry) => entry.id === id)?.plan ===
    table.entries.find((entry) => entry.id === id)?.plan;
  const [first = -1, second = -1] = ids;
  const a = ids.includes(pair.a) ? pair.a : (ids.find((id) => id !== pair.b) ?? first);
  const b = ids.includes(pair.b) && pair.b !== a ? pair.b : (ids.find((id) => id !== a) ?? second);
  // A variant that was changed has other packets; updates and clients mostly have the numbers they had.
  const keeps =
    selection !== null &&
    ids.includes(selection.variant) &&
    (same(selection.variant) || ['message', 'client', 'server'].includes(selection.what.kind));
  return { selection: keeps ? selection : null, pair: { a, b } };
}

/** Tables that can be gone back to. */
const MOST_PAST = 200;

/** The history after a change. */
export const historyAfter = ({ table, past }: CompareState): Pick<CompareState, 'past' | 'future'> => ({
  past: [...past, table].slice(-MOST_PAST),
  future: [],
});
