import { KIND_NAMES, type Kind } from '../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { actorOf, clientOfConnection, clientOfLink, unitRow } from './owners.ts';

/** Kinds of records as a person would ask for them. */
export const CATEGORIES = [
  'Messages',
  'Packets',
  'Units',
  'Connections',
  'Machines',
  'Timers',
  'Servers',
  'Backplane',
  'Faults',
] as const;

export type Category = (typeof CATEGORIES)[number];

const OF_KIND: Record<Kind, Category> = {
  'message.published': 'Messages',
  'message.refused': 'Messages',
  'message.delivered': 'Messages',
  'message.duplicated': 'Messages',
  'client.ready': 'Messages',
  'packet.sent': 'Packets',
  'unit.sent': 'Units',
  'unit.received': 'Units',
  'stream.held': 'Packets',
  'connection.attempted': 'Connections',
  'connection.established': 'Connections',
  'connection.secured': 'Connections',
  'connection.closed': 'Connections',
  'name.resolved': 'Connections',
  'actor.started': 'Machines',
  'machine.moved': 'Machines',
  'timer.started': 'Timers',
  'timer.stopped': 'Timers',
  'server.worked': 'Servers',
  'route.chosen': 'Connections',
  'route.ended': 'Connections',
  'health.changed': 'Servers',
  'fault.began': 'Faults',
  'fault.ended': 'Faults',
  'peer.attempted': 'Connections',
  'role.started': 'Machines',
  'place.worked': 'Backplane',
  'room.watched': 'Backplane',
  'message.handed': 'Backplane',
  'message.dropped': 'Backplane',
  'buffer.changed': 'Backplane',
  'entry.appended': 'Backplane',
  'entry.trimmed': 'Backplane',
  'cursor.moved': 'Backplane',
  'member.changed': 'Backplane',
  'owner.changed': 'Backplane',
  'client.sent-away': 'Connections',
  'gap.noticed': 'Messages',
  'message.deduplicated': 'Messages',
  'snapshot.asked': 'Messages',
  'snapshot.taken': 'Messages',
  'snapshot.applied': 'Messages',
  'state.loaded': 'Servers',
  'message.fanned-out': 'Messages',
  'cache.read': 'Servers',
  'thread.changed': 'Servers',
};

export const categoryOf = (kind: Kind): Category => OF_KIND[kind];

/** How a record names the client it is about: directly, or by what belongs to a client. */
const LEADS = KIND_NAMES.map((kind) => {
  const columns = COLUMN[kind] as Record<string, number>;
  for (const by of ['client', 'link', 'connection', 'actor', 'unit'] as const) {
    const column = columns[by];
    if (column !== undefined) return { by, column };
  }
  return null;
});

/** The client that a record is about, or -1 if it is about none. */
export function clientOfRecord(trace: Trace, kind: Kind, row: number): number {
  const lead = LEADS[KIND_NAMES.indexOf(kind)];
  if (!lead) return -1;
  const value = trace.table(kind).get(row, lead.column);
  switch (lead.by) {
    case 'client':
      return value;
    case 'link':
      return trace.header ? clientOfLink(trace.header, value) : -1;
    case 'connection':
      return clientOfConnection(trace, value);
    case 'actor':
      return actorOf(trace, value)?.client ?? -1;
    case 'unit': {
      const sent = unitRow(trace, value);
      if (sent < 0) return -1;
      return clientOfConnection(trace, trace.table('unit.sent').get(sent, COLUMN['unit.sent'].connection));
    }
  }
}
