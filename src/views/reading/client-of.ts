import { COLUMN, type Trace } from '../../trace/trace.ts';
import type { Selection } from '../view.ts';
import { readingOf } from './reading.ts';

/** The client that a selection is about, or -1. */
export function clientOfSelection(trace: Trace, selection: Selection | null): number {
  switch (selection?.kind) {
    case 'client':
      return selection.client;
    case 'message':
      return selection.client ?? -1;
    case 'actor':
      return clientOfActor(trace, selection.actor);
    case 'packet': {
      const row = trace.table('packet.sent').rowOfSeq(selection.seq);
      const link = row < 0 ? -1 : trace.table('packet.sent').get(row, COLUMN['packet.sent'].link) >> 1;
      return trace.header?.links[link]?.client ?? -1;
    }
    case 'connection': {
      const row = readingOf(trace).attemptOf(selection.connection);
      return row < 0
        ? -1
        : trace.table('connection.attempted').get(row, COLUMN['connection.attempted'].client);
    }
    default:
      return -1;
  }
}

/** A machine that came later than the header is in the trace, in order of its number. */
function clientOfActor(trace: Trace, actor: number): number {
  const known = trace.header?.actors ?? [];
  if (actor < known.length) return known[actor]?.client ?? -1;
  const table = trace.table('actor.started');
  const { actor: number, client } = COLUMN['actor.started'];
  for (let row = Math.min(table.length, actor - known.length + 1) - 1; row >= 0; row--)
    if (table.get(row, number) === actor) return table.get(row, client);
  return -1;
}
