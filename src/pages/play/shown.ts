import type { TraceHeader } from '../../trace/trace.ts';
import type { Depth, Scale } from '../../views/index.ts';

/** The views below the stage. */
export const PANEL_TABS = [
  { id: 'ladder', title: 'Ladder' },
  { id: 'connections', title: 'Connections' },
  { id: 'machine', title: 'Machine' },
  { id: 'log', title: 'Log' },
  { id: 'packets', title: 'Packets' },
  { id: 'backplane', title: 'Backplane' },
] as const;
export type PanelTab = (typeof PANEL_TABS)[number]['id'];

/** The views that there is something to see in: the backplane's inside only where there is one, or it was asked for. */
export const tabsFor = (header: TraceHeader | null, tab: PanelTab) =>
  PANEL_TABS.filter(
    ({ id }) =>
      id !== 'backplane' || id === tab || header?.links.some(({ kind }) => kind === 'backplane') === true,
  );

/** What is shown where only one thing fits: on a phone, to an audience, in a small frame. */
export const PARTS = [
  { id: 'panel', title: 'Ladder' },
  { id: 'stage', title: 'Stage' },
  { id: 'latency', title: 'Latency' },
  { id: 'why', title: 'Why' },
  { id: 'controls', title: 'Controls' },
] as const;
export type Part = (typeof PARTS)[number]['id'];

/** Which views are shown, and how. A link carries it. */
export interface Shown {
  tab: PanelTab;
  part: Part;
  depth: Depth;
  scale: Scale;
  /** Clients that have a lifeline on the ladder; null: as many as fit well. */
  hosts: readonly number[] | null;
}

export const FIRST_SHOWN: Shown = { tab: 'ladder', part: 'panel', depth: 1, scale: 'time', hosts: null };

/** The views of a presentation, by the keys 1 to 6. */
export const SCENES: readonly { title: string; part: Part; tab?: PanelTab }[] = [
  { title: 'Stage', part: 'stage' },
  { title: 'Ladder', part: 'panel', tab: 'ladder' },
  { title: 'Latency', part: 'latency' },
  { title: 'Connections', part: 'panel', tab: 'connections' },
  { title: 'Machine', part: 'panel', tab: 'machine' },
  { title: 'Why', part: 'why' },
];

/** What somebody set here for themselves; it is remembered and no link carries it. */
export interface Settings {
  /** Height of the panel below the stage, as a share of both. */
  split: number;
  /** Stretches in which nothing happens are skipped while it plays. */
  skipsIdle: boolean;
  /** Keys of one character do something. */
  singleKeys: boolean;
}

/** The share of the panel at first, and its bounds. */
export const SPLIT = { usual: 0.45, least: 0.2, most: 0.8 } as const;
export const FIRST_SETTINGS: Settings = { split: SPLIT.usual, skipsIdle: true, singleKeys: true };

/** How the page stands within another one. */
export interface Embed {
  controls: 'none' | 'player' | 'full';
  autoplay: boolean;
  /** One view only, instead of the stage and what lies below it. */
  single: boolean;
  theme: 'system' | 'light' | 'dark';
}

/** A command as the palette and the list of keys show it. */
export interface CommandItem {
  id: string;
  title: string;
  group: string;
  /** As written: `Ctrl Z`. */
  keys: readonly string[];
  /** What it would do now, or why it cannot. */
  effect: string;
  enabled: boolean;
  run(): void;
}

/** Something to run to. */
export interface Target {
  id: string;
  title: string;
  /** Where it would go; or that there is none. */
  effect: string;
  enabled: boolean;
}

/** Until when to run, with a figure or a kind of one's own. */
export type Until =
  | { kind: 'latency'; aboveMs: number }
  | { kind: 'losses'; count: number }
  | { kind: 'record'; record: string };

/** What is shown besides the scenario and its run. */
export interface ShowProps {
  shown: Shown;
  settings: Settings;
  /** What a link, or somebody here, has to say about this moment. */
  caption: string | null;
  /** null: the page stands alone. */
  embed: Embed | null;
  /** One view at a time, for an audience. */
  presenting: boolean;
  /** The audience sees nothing. */
  blank: boolean;
  paletteShown: boolean;
  /** What was typed for the palette before it was there. */
  paletteTyped: string;
  /** All that can be done now. */
  commands(): readonly CommandItem[];
  /** What can be run to from here. */
  targets(): readonly Target[];
  /** Kinds of records that can be run to. */
  recordKinds: readonly string[];
}

/** What a person can do to what is shown. */
export interface ShowActions {
  show(change: Partial<Shown>): void;
  set(change: Partial<Settings>): void;
  showPalette(shown: boolean): void;
  present(on: boolean): void;
  runTo(target: string | Until): void;
  setCaption(caption: string | null): void;
  copyEmbed(): void;
  /** The address of this in a page of its own. */
  fullAddress(): string;
}
