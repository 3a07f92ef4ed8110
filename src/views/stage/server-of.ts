import { chosenServer } from '../../trace/routes.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';

const ATTEMPT = COLUMN['connection.attempted'];

/** The server that a client is, or was last, connected to; the first until it is. */
export function serverOfClient(trace: Trace, client: number, nowUs: number): number {
  const attempt = readingOf(trace).attempts.lastAt(client, nowUs);
  return attempt < 0 ? 0 : serverOfAttempt(trace, attempt, nowUs);
}

/** The server that a connection leads to, whoever chose it; the first until somebody has. */
export function serverOfAttempt(trace: Trace, attempt: number, nowUs: number): number {
  const table = trace.table('connection.attempted');
  const server = table.get(attempt, ATTEMPT.server);
  return Math.max(
    0,
    server >= 0 ? server : chosenServer(trace, table.get(attempt, ATTEMPT.connection), nowUs),
  );
}
