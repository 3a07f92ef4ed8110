import type { Trace } from '../../trace/trace.ts';
import type { Selection } from '../../views/index.ts';
import type { BadInput, OptionModel, PlayerModel, PresetItem, Theme } from '../play/model.ts';
import type { CommandItem, Settings } from '../play/shown.ts';

/** What variants are called for short. */
export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;

/** How much of the time before the playhead the lanes show. */
export const WINDOWS_MS = [500, 1000, 2000, 5000, 10_000] as const;

/** The parts of the page, one at a time where there is room for one only. */
export const COMPARE_PARTS = [
  { id: 'lanes', title: 'Lanes' },
  { id: 'table', title: 'Table' },
  { id: 'latency', title: 'Latency' },
  { id: 'differences', title: 'Differences' },
  { id: 'why', title: 'Why' },
  { id: 'variants', title: 'Variants' },
] as const;
export type ComparePart = (typeof COMPARE_PARTS)[number]['id'];

/** The views of a presentation, by the keys from 1 on. */
export const SCENES = COMPARE_PARTS.filter(({ id }) => id !== 'variants');

/** One change of a variant, with the control that its place asks for. */
export interface ChangeItem {
  path: string;
  title: string;
  about: string;
  value: OptionModel['value'];
  /** `text`: nothing but its text in the manner of `--set` says it. */
  control: OptionModel['control'] | { type: 'text' };
  /** What the values of a choice are called, where that is not what a file calls them. */
  titles: Readonly<Record<string, string>>;
  /** The value as JSON, else as a string. */
  text: string;
}

/** How a variant's run is going. */
export interface VariantRun {
  trace: Trace;
  state: 'simulating' | 'done' | 'failed';
  failure: string | null;
  /** How far it is simulated, 0 to 1. */
  progress: number;
  /** Records that are counted and not drawn. */
  omitted: number;
}

export interface VariantItem {
  id: number;
  letter: string;
  name: string;
  changes: readonly ChangeItem[];
  run: VariantRun;
}

/** Variants to be had at one click. */
export interface SetItem {
  id: string;
  title: string;
  about: string;
  /** Fewer than two: there is nothing to compare in this build. */
  variants: number;
}

/** A place of the base that a variant can change. */
export interface PlaceItem {
  path: string;
  title: string;
  section: string;
}

/** A figure of all variants. */
export interface FigureItem {
  id: string;
  section: string;
  title: string;
  unit: 'ms' | 'kB' | 'B' | '';
  about: string;
  better: 'less' | 'more' | null;
  values: readonly (number | null)[];
}

export interface ClaimItem {
  title: string;
  about: string;
  values: readonly string[];
}

/** What is selected, and in which variant. */
export interface VariantSelection {
  variant: number;
  what: Selection;
}

/** Two variants that are compared message by message, by id. */
export interface Pair {
  a: number;
  b: number;
}

/** How figures spread over seeds, for each variant. */
export interface LuckItem {
  state: 'idle' | 'running' | 'done' | 'failed';
  failure: string | null;
  /** Seeds that were run with all variants, of how many. */
  done: number;
  of: number;
  /** By figure: lowest and highest of each variant, and in how many seeds none was better, though one was worse. */
  figures: ReadonlyMap<string, readonly SeedRange[]>;
}

export interface SeedRange {
  low: number;
  high: number;
  best: number;
}

export interface CompareActions {
  toggle(): void;
  step(by: 1 | -1): void;
  seek(atUs: number): void;
  setSpeed(speed: number | null): void;
  /** @param atUs where to go with it; left out: the playhead stays */
  select(selection: VariantSelection | null, atUs?: number): void;
  wantPresets(): void;
  choosePreset(id: string): void;
  setSeed(seed: number): void;
  /** Changes the scenario that all are variants of, by `path=value`. @returns what is wrong with it, or null */
  setBase(text: string): string | null;
  applySet(id: string): void;
  addVariant(): void;
  duplicate(id: number): void;
  remove(id: number): void;
  rename(id: number, name: string): void;
  /** Adds a change of a place, with the value that it has. */
  addChange(id: number, path: string): void;
  /** Adds a change written as `path=value`. @returns what is wrong with it, or null */
  addText(id: number, text: string): string | null;
  /** @returns what is wrong with the value, or null */
  editChange(id: number, index: number, value: unknown): string | null;
  /** The same for a value that was picked: what is wrong with it is said where all is said. */
  pickChange(id: number, index: number, value: unknown): void;
  /** The same with the value as a text. */
  editText(id: number, index: number, text: string): string | null;
  removeChange(id: number, index: number): void;
  setPair(pair: Pair): void;
  setDiffers(differs: boolean): void;
  setClient(client: string | null): void;
  setGroup(group: string | null): void;
  setWindow(ms: number): void;
  show(part: ComparePart): void;
  openInPlay(id: number): void;
  restart(id: number): void;
  runSeeds(): void;
  stopSeeds(): void;
  undo(): void;
  redo(): void;
  share(): void;
  save(): void;
  openText(text: string, from: string): void;
  copy(text: string): void;
  dismiss(): void;
  present(on: boolean): void;
  setTheme(theme: Theme): void;
  showKeys(shown: boolean): void;
  showPalette(shown: boolean): void;
  set(change: Partial<Settings>): void;
}

export interface CompareProps {
  title: string;
  about: string;
  seed: number;
  /** What all clients of the base use, of those that there are; null: they differ. */
  transport: { kind: string; kinds: readonly { kind: string; title: string }[] } | null;
  /** The preset that the base is; null: it came from Play, a link or a file. */
  preset: string | null;
  presets: readonly PresetItem[];
  variants: readonly VariantItem[];
  /** As many there may be, and have to be. */
  bounds: { least: number; most: number };
  sets: readonly SetItem[];
  places: readonly PlaceItem[];
  figures: readonly FigureItem[];
  claims: readonly ClaimItem[];
  luck: LuckItem;
  /** Clients of any variant, and client groups. */
  clients: readonly { name: string; title: string }[];
  groups: readonly { name: string; title: string }[];
  client: string | null;
  group: string | null;
  windowMs: number;
  pair: Pair;
  differs: boolean;
  part: ComparePart;
  selection: VariantSelection | null;
  player: PlayerModel;
  speeds: readonly (number | null)[];
  targetMs: number;
  reducedMotion: boolean;
  theme: Theme;
  settings: Settings;
  canUndo: boolean;
  canRedo: boolean;
  presenting: boolean;
  badInput: BadInput | null;
  toast: string | null;
  announcement: string;
  keysShown: boolean;
  paletteShown: boolean;
  /** What was typed for the palette before it was there; a line break at its end is Enter. */
  paletteTyped: string;
  commands(): readonly CommandItem[];
  actions: CompareActions;
}
