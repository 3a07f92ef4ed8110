import type { Plan } from '../../engine/contract/plan.ts';
import type { Report } from '../../scenarios/report.ts';
import type { Chunk, TraceHeader } from '../../trace/trace.ts';

/** What the page tells the worker. A new `start` makes it drop the run before. */
export interface StartMessage {
  kind: 'start';
  /** Number of the run; every answer carries it, so that late words of an old run can be told apart. */
  generation: number;
  plan: Plan;
}

/** The run is no longer wanted, and no other is. */
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

export type PageMessage = StartMessage | StopMessage | SeedMessage;

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
