import type { Row } from './table.ts';

/** A room in a question, and behind what; null: where does it end? */
export interface Part {
  room: number;
  after: number | null;
}

/** What a process asks of the database. */
export type Query =
  | { query: 'select' | 'last' | 'replay'; parts: readonly Part[] }
  | { query: 'insert'; message: number; room: number; createdUs: number };

/** What a backend is sent. */
export type Request = { startUp: number } | Query;

export interface Page {
  room: number;
  rows: readonly Row[];
  /** To `last`: the last key. */
  last: number;
}

/** What the database says. */
export interface Answer {
  /** Steps of the authentication that are done. */
  startUp?: number;
  pages?: readonly Page[];
  /** FATAL: sorry, too many clients already. */
  refused?: true;
}

/** Round trips until a connection is ready: the start-up message, and two for SCRAM-SHA-256. */
export const START_UP_STEPS = 3;

// Sizes by the message formats of PostgreSQL's frontend/backend protocol 3; the texts of the statements are estimates.
const START_UP_BYTES = 100;
const STATEMENT_BYTES = 190;
const PART_BYTES = 24;
const COMPLETE_BYTES = 40;
/** A DataRow's header, five lengths, an id, a time and a room's name. */
const ROW_BYTES = 75;

export function requestBytes(request: Request, payload: number): number {
  if ('startUp' in request) return START_UP_BYTES;
  if (request.query === 'insert') return STATEMENT_BYTES + 40 + payload;
  return STATEMENT_BYTES + request.parts.length * PART_BYTES;
}

export function answerBytes({ startUp, pages = [] }: Answer): number {
  if (startUp !== undefined) return START_UP_BYTES;
  let bytes = COMPLETE_BYTES;
  for (const { rows } of pages) for (const row of rows) bytes += ROW_BYTES + row.bytes;
  return bytes;
}
