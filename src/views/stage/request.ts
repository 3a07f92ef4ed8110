import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';

const UNIT = COLUMN['unit.sent'];
/** Units of a client that are looked at for its latest request; a request is rarely further back. */
const LOOK_BACK = 64;

/** A request that has no answer yet: on its way up, at the server, or with its answer on the way down. */
export interface OpenRequest {
  where: 'up' | 'server' | 'down';
  /** Key of the vocabulary of what is on its way; of the request while it is at the server. */
  what: string;
  /** Since when it has been there, µs. */
  sinceUs: number;
  /** State of the server's machine for it, by its path; '': none has begun, or it is not at the server. */
  state: string;
}

/** The latest request of a client, if nothing has come back for it. */
export function openRequest(
  trace: Trace,
  header: TraceHeader,
  client: number,
  nowUs: number,
): OpenRequest | null {
  const reading = readingOf(trace);
  const table = trace.table('unit.sent');
  const rows = reading.units.of(client);
  const count = reading.units.countAt(client, nowUs);
  const keyOf = (row: number) => trace.strings[table.get(row, UNIT.what)] ?? '';
  let answer = -1;
  for (let i = count - 1; i >= Math.max(0, count - LOOK_BACK); i--) {
    const row = rows[i] as number;
    const role = header.vocabulary[keyOf(row)]?.role;
    if (table.get(row, UNIT.down) === 1) {
      if (role === 'response' || role === 'data') answer = row;
    } else if (role === 'request') return stateOf(trace, client, row, answer, nowUs, keyOf);
  }
  return null;
}

function stateOf(
  trace: Trace,
  client: number,
  request: number,
  answer: number,
  nowUs: number,
  keyOf: (row: number) => string,
): OpenRequest | null {
  const { closedAtClient, received } = readingOf(trace);
  const table = trace.table('unit.sent');
  const connection = table.get(request, UNIT.connection);
  if (closedAtClient.countAt(connection, nowUs) > 0) return null;
  const receivedUs = (row: number): number => {
    const at = received.lastAt(table.get(row, UNIT.unit), nowUs);
    return at < 0 ? -1 : trace.table('unit.received').atUs(at);
  };
  if (answer >= 0 && table.get(answer, UNIT.connection) === connection) {
    if (receivedUs(answer) >= 0) return null;
    return { where: 'down', what: keyOf(answer), sinceUs: table.atUs(answer), state: '' };
  }
  const thereUs = receivedUs(request);
  const [what, sentUs] = [keyOf(request), table.atUs(request)];
  if (thereUs < 0) return { where: 'up', what, sinceUs: sentUs, state: '' };
  return { where: 'server', what, sinceUs: thereUs, state: serverState(trace, client, sentUs, nowUs) };
}

/** State of the newest machine that a server began for a client since a request was sent; '': there is none. */
function serverState(trace: Trace, client: number, sentUs: number, nowUs: number): string {
  const { serverActors, moved } = readingOf(trace);
  const row = serverActors.lastAt(client, nowUs);
  const started = trace.table('actor.started');
  if (row < 0 || started.atUs(row) < sentUs) return '';
  const move = moved.lastAt(started.get(row, COLUMN['actor.started'].actor), nowUs);
  if (move < 0) return '';
  return trace.strings[trace.table('machine.moved').get(move, COLUMN['machine.moved'].to)] ?? '';
}
