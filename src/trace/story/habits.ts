import { COLUMN, type Trace } from '../trace.ts';
import { type Lookup, way } from './lookup.ts';

/** What a transport does when an update is there and its client is not. */
export interface Habit {
  /** The client asks each time; else the server pushes for as long as the connection lives. */
  asks: boolean;
  /** What an update waits for between two requests. */
  waitsFor: string;
  /** The request that opens the way, in words. */
  request: string;
  term: string;
}

const HABITS: Record<string, Habit> = {
  polling: { asks: true, waitsFor: 'the next poll', request: 'poll', term: 'polling' },
  'long-polling': {
    asks: true,
    waitsFor: 'the next request',
    request: 'request',
    term: 'long-polling gap',
  },
  sse: { asks: false, waitsFor: 'the reconnection', request: 'EventSource GET', term: 'Last-Event-ID' },
  websocket: { asks: false, waitsFor: 'the reconnection', request: 'Upgrade', term: '' },
};

const OTHER: Habit = { asks: false, waitsFor: 'the reconnection', request: 'request', term: '' };

export function habitOf(trace: Trace, client: number): Habit {
  return HABITS[trace.header?.clients[client]?.transport ?? ''] ?? OTHER;
}

/** Whether a client comes back to what it missed: only a WebSocket without a session of its own does not. */
export function remembers(lookup: Lookup, client: number): boolean {
  const { trace } = lookup;
  if (trace.header?.clients[client]?.transport !== 'websocket') return true;
  const welcome = trace.strings.indexOf('websocket.welcome');
  if (welcome < 0) return false;
  const units = trace.table('unit.sent');
  const attempts = trace.table('connection.attempted');
  return lookup.attempts.of(client).some((row) => {
    const connection = attempts.get(row, COLUMN['connection.attempted'].connection);
    return lookup.units
      .of(way(connection, 1))
      .some((unit) => units.get(unit, COLUMN['unit.sent'].what) === welcome);
  });
}
