import type { Trace } from '../../../trace/trace.ts';
import type { Selection } from '../../../views/index.ts';

/** A run that is kept, as a menu shows it. */
export interface BranchItem {
  id: number;
  name: string;
  /** From when on it differs from what it was made from, µs; null: it is the run as it was opened. */
  forkUs: number | null;
  /** The name of what it was made from; null for the original. */
  from: string | null;
  seed: number;
  pinned: boolean;
}

export interface BranchesModel {
  items: readonly BranchItem[];
  current: number;
  /** The one drawn as a ghost; null: none. */
  ghost: number | null;
  original: number;
  /** As many are kept. */
  most: number;
  /** The last one that had to go to make room. */
  letGo: string | null;
}

/** An earlier run to draw beside the current one. */
export interface GhostModel {
  name: string;
  trace: Trace;
}

/** One of two runs that are compared. */
export interface ComparedSide {
  id: number;
  name: string;
  seed: number;
  /** null: it is being simulated again. */
  trace: Trace | null;
  failure: string | null;
}

export interface ComparisonModel {
  a: ComparedSide;
  b: ComparedSide;
}

export interface BranchActions {
  switchTo(id: number): void;
  /** Back to the run as it was opened. */
  toOriginal(): void;
  rename(id: number, name: string): void;
  remove(id: number): void;
  pin(id: number, on: boolean): void;
  setGhost(id: number | null): void;
  /** Opens the comparison of two branches; without them, of the current one with its ghost. */
  compare(a?: number, b?: number): void;
  closeComparison(): void;
  /** Shows a moment of a branch. */
  goTo(id: number, selection: Selection, atUs: number): void;
}

/** How a figure spreads over seeds, ms. */
export interface Spread {
  min: number;
  p10: number;
  median: number;
  p90: number;
  max: number;
}

/** What other luck would have brought a group. Latencies in ms. */
export interface LuckGroup {
  group: string;
  title: string;
  transport: string;
  /** Seeds with a delivery. */
  seeds: number;
  p50: Spread;
  p99: Spread;
  /** The slowest delivery of each seed. */
  worst: Spread;
  /** Lost deliveries. */
  lost: { min: number; max: number; median: number };
  /** The seed that is shown; null: it is not simulated to its end yet. */
  here: { p50: number; p99: number; worst: number; lost: number } | null;
  /** Seeds whose slowest delivery was slower than this one's. */
  slower: number;
  /** Seeds with the best, the middle and the worst slowest delivery. */
  examples: { best: number; middle: number; worst: number };
}

export interface LuckModel {
  state: 'idle' | 'running' | 'held' | 'done' | 'failed';
  failure: string | null;
  done: number;
  of: number;
  /** What can be started: so many seeds, and about how long it takes; ms null: not known yet. */
  offer: { seeds: number; ms: number | null; most: number; mostMs: number | null };
  seed: number;
  /** Empty until there are enough to say something. */
  groups: readonly LuckGroup[];
}

export interface LuckActions {
  /** @param seeds how many; left out: as many as are offered */
  start(seeds?: number): void;
  cancel(): void;
}
