import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';

const ATTEMPT = COLUMN['connection.attempted'];

/** The server that a client is, or was last, connected to; the first until it is. */
export function serverOfClient(trace: Trace, client: number, nowUs: number): number {
  const attempt = readingOf(trace).attempts.lastAt(client, nowUs);
  return attempt < 0 ? 0 : Math.max(0, trace.table('connection.attempted').get(attempt, ATTEMPT.server));
}
