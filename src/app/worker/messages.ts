import type { Plan } from '../../engine/contract/plan.ts';
import type { Report } from '../../scenarios/report.ts';
import type { Chunk, TraceHeader } from '../../trace/trace.ts';

/** What the page tells the worker. A new `start` makes it drop the runs before. */
export interface StartMessage {
  kind: 'start';
  /** Number of the run; every answer carries it, so that late words of an old run can be told apart. */
  generation: number;
  plan: Plan;
}

/** One more run beside those that are under way: they take turns, slice by slice. */
export interface BesideMessage {
  kind: 'beside';
  generation: number;
  plan: Plan;
  /** Records to keep at most. */
  maxRows: number;
}

/** One run is no longer wanted; others go on. */
export interface DropMessage {
  kind: 'drop';
  generation: number;
}

/** No run is wanted any more. */
export interface StopMessage {
  kind: 'stop';
  generation: number;
}

/** Runs a plan for its report alone, as one of many seeds, at a pace that leaves room for everything else. */
export interface SeedMessage {
  kind: 'seed';
  generation: number;
  plan: Plan;
}

export type PageMessage = StartMessage | BesideMessage | DropMessage | StopMessage | SeedMessage;

/** A finished chunk: its buffers change hands and are never sent again. */
export interface FullChunk {
  table: number;
  index: number;
  chunk: Chunk;
}

/** Rows `from` to `to` of the unfinished last chunk of a table: a copy, column after column. */
export interface TailRows {
  table: number;
  index: number;
  from: number;
  to: number;
  atUs: Float64Array;
  data: Int32Array;
}

/** What is new in the trace since the last time. */
export interface TraceNews {
  /** Who is who; null: as told before. */
  header: TraceHeader | null;
  full: FullChunk[];
  tails: TailRows[];
  /** Strings that are new, to be appended. */
  strings: string[];
  records: number;
  omitted: number;
  knownUntilUs: number;
}

export type WorkerMessage =
  | { kind: 'news'; generation: number; news: TraceNews }
  | { kind: 'done'; generation: number; fingerprint: string; report: Report }
  | { kind: 'reported'; generation: number; report: Report }
  /** Nothing new, but the work goes on. */
  | { kind: 'alive'; generation: number }
  | { kind: 'failed'; generation: number; message: string };
