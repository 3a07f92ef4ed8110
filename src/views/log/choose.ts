import type { Kind } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { sameSelection } from '../pointing.ts';
import { isPacketOf } from '../reading/lit.ts';
import type { Selection } from '../view.ts';

/** What a record is about: what is selected with it. */
export function selectionOf(trace: Trace, kind: Kind, row: number): Selection {
  const record = trace.record(kind, row);
  const value = (field: string) => Number(record[field] ?? 0);
  switch (kind) {
    case 'packet.sent':
      return { kind: 'packet', seq: record.seq };
    case 'message.published':
      return { kind: 'message', message: value('message'), client: null };
    case 'message.delivered':
    case 'message.duplicated':
      return { kind: 'message', message: value('message'), client: value('client') };
    case 'client.ready':
      return { kind: 'client', client: value('client') };
    case 'connection.attempted':
    case 'connection.established':
    case 'connection.secured':
    case 'connection.closed':
    case 'stream.held':
    case 'route.chosen':
    case 'route.ended':
      return { kind: 'connection', connection: value('connection') };
    case 'actor.started':
    case 'machine.moved':
    case 'timer.started':
    case 'timer.stopped':
      return { kind: 'actor', actor: value('actor') };
    case 'message.handed':
    case 'message.dropped':
    case 'message.fanned-out':
      return { kind: 'message', message: value('message'), client: null };
    case 'entry.appended':
      return { kind: 'message', message: value('message'), client: null };
    case 'member.changed':
    case 'buffer.changed':
    case 'cursor.moved':
    case 'entry.trimmed':
    case 'place.worked':
      return placeSelection(trace, value('place'), record.seq);
    case 'owner.changed':
      return placeSelection(trace, value('owner'), record.seq);
    case 'message.deduplicated':
      return { kind: 'message', message: value('message'), client: value('client') };
    case 'gap.noticed':
    case 'snapshot.asked':
    case 'snapshot.taken':
    case 'snapshot.applied':
    case 'client.sent-away':
    case 'thread.changed':
      return { kind: 'client', client: value('client') };
    case 'state.loaded':
    case 'cache.read':
    case 'server.worked':
    case 'health.changed':
      return value('server') < 0
        ? { kind: 'record', seq: record.seq }
        : { kind: 'server', server: value('server') };
    case 'fault.began':
    case 'fault.ended':
      return { kind: 'fault', fault: value('fault') };
    default:
      return { kind: 'record', seq: record.seq };
  }
}

/** A process of the datacenter: as a server, where it is one. */
function placeSelection(trace: Trace, place: number, seq: number): Selection {
  const one = trace.header?.places[place];
  if (one === undefined) return { kind: 'record', seq };
  return one.kind === 'server' ? { kind: 'server', server: one.index } : { kind: 'place', place };
}

/** Whether a selection is about a record, so that its row is marked. */
export function isChosen(trace: Trace, kind: Kind, row: number, selection: Selection | null): boolean {
  if (selection === null) return false;
  if (selection.kind === 'record') return trace.table(kind).get(row, 0) === selection.seq;
  if (kind === 'packet.sent') return isPacketOf(trace, row, selection);
  const own = selectionOf(trace, kind, row);
  if (own.kind === 'message' && selection.kind === 'message')
    return (
      own.message === selection.message &&
      (own.client === null || selection.client === null || own.client === selection.client)
    );
  return sameSelection(own, selection);
}
