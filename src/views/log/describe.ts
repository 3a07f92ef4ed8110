import { type Kind, PROXY } from '../../trace/kinds.ts';
import { asName } from '../../trace/names.ts';
import { hopWords, placeName } from '../../trace/story/hop-words.ts';
import { peersOf, roleOf } from '../../trace/story/peers.ts';
import { COLUMN, type Trace, type TraceHeader, type TraceRecord } from '../../trace/trace.ts';
import { textOf } from '../reading/messages.ts';
import { packetFace } from '../reading/packet-face.ts';
import { wordFor } from '../reading/words.ts';
import { duration, plural, seconds } from '../readout/units.ts';
import { fateOf, fateWords } from './fate.ts';
import {
  actorName,
  actorOf,
  attemptedServer,
  clientName,
  clientOfConnection,
  clientOfLink,
  serverName,
  serverOfConnection,
  unitRow,
} from './owners.ts';

/** A record in plain words. */
export interface Line {
  who: string;
  words: string;
  /** What deserves a mark of its own. */
  mark: 'loss' | 'again' | 'fault' | '';
}

type Writer = (trace: Trace, header: TraceHeader, record: TraceRecord, row: number, nowUs: number) => Line;

const line = (who: string, words: string, mark: Line['mark'] = ''): Line => ({ who, words, mark });
const num = (record: TraceRecord, field: string): number => Number(record[field] ?? 0);
const word = (record: TraceRecord, field: string): string => String(record[field] ?? '');

/** What a machine went by: the event's name, or the timer that ran out. */
export function eventWord(event: string, role: string): string {
  if (!event.startsWith('xstate.after.')) return event;
  const timer = event.slice('xstate.after.'.length);
  const end = timer.indexOf(`.${role}.`);
  return `after “${end < 0 ? timer : timer.slice(0, end)}”`;
}

/** A state's path as words: `open.idle` is "open · idle". */
export const stateWord = (path: string): string => path.replaceAll('.', ' · ');

const messageWord = (trace: Trace, message: number): string => {
  const text = textOf(trace, message);
  return text === '' ? `message ${message}` : `message ${message} “${text}”`;
};

/** "SSE → Server 1", in the direction of the bytes. */
export function wayOf(trace: Trace, header: TraceHeader, connection: number, down: boolean): string {
  return `${endOf(trace, header, connection, down)} → ${endOf(trace, header, connection, !down)}`;
}

/** A server in the middle of a sentence. */
const end = (header: TraceHeader, server: number): string =>
  server === PROXY ? 'the proxy' : server < 0 ? 'the load balancer' : serverName(header, server);

/** Who passes on what comes on a connection: it ends there, or at a load balancer that passes packets. */
const passerOf = (trace: Trace, connection: number): string =>
  attemptedServer(trace, connection) === PROXY ? 'Proxy' : 'Load balancer';

/** Who is at an end of a connection: the one that took it (`down`) or the one that opened it. */
function endOf(trace: Trace, header: TraceHeader, connection: number, down: boolean): string {
  const peers = peersOf(trace, connection);
  if (peers !== null) return placeName(trace, peers[down ? 1 : 0]);
  return down
    ? serverName(header, serverOfConnection(trace, connection))
    : clientName(header, clientOfConnection(trace, connection));
}

/** Whether a snapshot stood for a delivered message: then that is what led to it. */
const cameBySnapshot = (trace: Trace, record: TraceRecord): boolean =>
  trace.table('snapshot.applied').rowOfSeq(record.cause ?? -1) >= 0;

const WRITERS: Record<Kind, Writer> = {
  'message.published': (trace, header, r) =>
    line(
      asName(header.publishers[num(r, 'publisher')]?.name ?? ''),
      `publishes ${messageWord(trace, num(r, 'message'))} in ${header.rooms[num(r, 'room')]}, ${num(r, 'bytes')} B`,
    ),
  'message.refused': (_trace, header, r) =>
    line(
      asName(header.publishers[num(r, 'publisher')]?.name ?? ''),
      'has an update, but no server is there to take it',
      'loss',
    ),
  'message.delivered': (trace, header, r) =>
    line(
      clientName(header, num(r, 'client')),
      `gets ${messageWord(trace, num(r, 'message'))} after ${duration(num(r, 'latencyUs'))}${
        num(r, 'outOfOrder') ? ', out of order' : ''
      }${cameBySnapshot(trace, r) ? ', in a snapshot' : ''}${num(r, 'expected') ? '' : ', published before it was ready'}`,
    ),
  'message.duplicated': (trace, header, r) =>
    line(
      clientName(header, num(r, 'client')),
      `gets ${messageWord(trace, num(r, 'message'))} once more`,
      'again',
    ),
  'client.ready': (_trace, header, r) =>
    line(
      clientName(header, num(r, 'client')),
      `is ready, ${duration(num(r, 'setupUs'))} after it wished to connect`,
    ),
  'packet.sent': packetLine,
  'unit.sent': (trace, header, r) => {
    const carries = num(r, 'messages');
    const first = num(r, 'message');
    const messages =
      carries === 0
        ? ''
        : carries === 1
          ? ` with ${messageWord(trace, first)}`
          : ` with messages ${first}–${first + carries - 1}`;
    return line(
      endOf(trace, header, num(r, 'connection'), num(r, 'down') === 1),
      `hands “${wordFor(header, word(r, 'what'))}”${messages} to connection ${num(r, 'connection')}, ${num(r, 'bytes')} B`,
    );
  },
  'unit.received': (trace, header, r) => {
    const row = unitRow(trace, num(r, 'unit'));
    if (row < 0) return line('', `unit ${num(r, 'unit')} is complete`);
    const unit = trace.record('unit.sent', row);
    return line(
      endOf(trace, header, num(unit, 'connection'), num(unit, 'down') === 0),
      `has “${wordFor(header, word(unit, 'what'))}” complete and in order, ${duration(r.atUs - unit.atUs)} after it was handed over`,
    );
  },
  'stream.held': (trace, header, r) =>
    line(
      endOf(trace, header, num(r, 'connection'), num(r, 'down') === 0),
      num(r, 'segments') === 0
        ? `holds nothing back on connection ${num(r, 'connection')} any more`
        : `holds ${num(r, 'bytes')} B in ${plural(num(r, 'segments'), 'segment')} back on connection ${num(r, 'connection')}: something before is missing`,
    ),
  'connection.attempted': (_trace, header, r) =>
    line(
      clientName(header, num(r, 'client')),
      `opens connection ${num(r, 'connection')} to ${end(header, num(r, 'server'))} for “${wordFor(header, word(r, 'what'))}”`,
    ),
  'connection.established': (trace, header, r) =>
    line(
      endOf(trace, header, num(r, 'connection'), num(r, 'down') === 1),
      `connection ${num(r, 'connection')} is established at this end`,
    ),
  'connection.secured': (trace, header, r) =>
    line(
      endOf(trace, header, num(r, 'connection'), false),
      `TLS is ready on connection ${num(r, 'connection')}${num(r, 'resumed') ? ', resumed by a ticket' : ''}`,
    ),
  'connection.closed': (trace, header, r) =>
    line(
      endOf(trace, header, num(r, 'connection'), num(r, 'down') === 1),
      `connection ${num(r, 'connection')} ends here: ${word(r, 'reason') || 'closed'}`,
      word(r, 'reason') === 'finished' ? '' : 'loss',
    ),
  'name.resolved': (_trace, header, r) =>
    line(
      clientName(header, num(r, 'client')),
      num(r, 'cached')
        ? 'knows the server’s address still'
        : `has the server’s address, ${duration(num(r, 'tookUs'))} after it asked`,
    ),
  'actor.started': (trace, header, r) =>
    line(
      nameOfActor(trace, header, num(r, 'actor')),
      `starts “${word(r, 'role')}” for connection ${num(r, 'connection')}`,
    ),
  'machine.moved': (trace, header, r) => {
    const number = num(r, 'actor');
    const actor = actorOf(trace, number) ?? roleOf(trace, number);
    return line(
      nameOfActor(trace, header, num(r, 'actor')),
      `${eventWord(word(r, 'event'), actor?.role ?? '')}: ${stateWord(word(r, 'from'))} → ${stateWord(word(r, 'to'))}`,
    );
  },
  'timer.started': (trace, header, r) =>
    line(
      nameOfActor(trace, header, num(r, 'actor')),
      `sets timer “${word(r, 'timer')}”${r.dueAtUs === undefined ? '' : `, due at ${seconds(num(r, 'dueAtUs'))}`}`,
    ),
  'timer.stopped': (trace, header, r) =>
    line(nameOfActor(trace, header, num(r, 'actor')), `stops timer “${word(r, 'timer')}”`),
  'server.worked': (_trace, header, r) =>
    line(
      serverName(header, num(r, 'server')),
      `worked ${duration(num(r, 'tookUs'))} on ${wordFor(header, word(r, 'what'))}, after ${duration(num(r, 'queuedUs'))} in its queue`,
    ),
  'route.chosen': (trace, header, r) =>
    line(
      passerOf(trace, num(r, 'connection')),
      `chooses ${end(header, num(r, 'server'))} by ${word(r, 'why')} for connection ${num(r, 'connection')}${
        num(r, 'over') === 0 ? '' : `, over connection ${num(r, 'over')}`
      }`,
    ),
  'route.ended': (trace, _header, r) =>
    line(
      passerOf(trace, num(r, 'connection')),
      `${num(r, 'status') === 0 ? 'ends' : `answers ${num(r, 'status')} on`} connection ${num(r, 'connection')}: ${word(r, 'reason')}`,
      'loss',
    ),
  'health.changed': (_trace, header, r) =>
    line(
      'Load balancer',
      `takes ${serverName(header, num(r, 'server'))} for ${num(r, 'healthy') ? 'healthy' : `unhealthy: ${word(r, 'reason')}`}`,
      num(r, 'healthy') ? '' : 'loss',
    ),
  'fault.began': (_trace, header, r) =>
    line('Fault', header.faults[num(r, 'fault')]?.label ?? 'begins', 'fault'),
  'fault.ended': (_trace, header, r) =>
    line('Fault', `${header.faults[num(r, 'fault')]?.label ?? ''}: over`, 'fault'),
  'peer.attempted': hopLine,
  'role.started': hopLine,
  'place.worked': hopLine,
  'room.watched': hopLine,
  'message.handed': hopLine,
  'message.dropped': hopLine,
  'buffer.changed': hopLine,
  'entry.appended': hopLine,
  'entry.trimmed': hopLine,
  'cursor.moved': hopLine,
  'member.changed': hopLine,
  'owner.changed': hopLine,
  'client.sent-away': hopLine,
  'gap.noticed': hopLine,
  'message.deduplicated': hopLine,
  'snapshot.asked': hopLine,
  'snapshot.taken': hopLine,
  'snapshot.applied': hopLine,
  'state.loaded': hopLine,
  'message.fanned-out': hopLine,
  'cache.read': hopLine,
  'thread.changed': hopLine,
};

function hopLine(trace: Trace, _header: TraceHeader, record: TraceRecord): Line {
  const said = hopWords(trace, record);
  const lost =
    record.kind === 'message.dropped' || record.kind === 'gap.noticed' || record.state === 'refused';
  const again = record.kind === 'message.deduplicated' || record.again === 1;
  return line(said?.who ?? '', said?.words ?? record.kind, lost ? 'loss' : again ? 'again' : '');
}

function nameOfActor(trace: Trace, header: TraceHeader, number: number): string {
  const actor = actorOf(trace, number);
  if (actor) return actorName(header, actor);
  const role = roleOf(trace, number);
  return role === null ? '' : placeName(trace, role.place);
}

function packetLine(trace: Trace, header: TraceHeader, r: TraceRecord, row: number, nowUs: number): Line {
  const link = trace.table('packet.sent').get(row, COLUMN['packet.sent'].link);
  const face = packetFace(trace, row);
  const fate = fateOf(trace, row, nowUs);
  return line(
    wayOfPacket(trace, header, link, face.down),
    `${face.label}, ${num(r, 'bytes')} B: ${fateWords(fate)}`,
    fate.kind === 'lost' ? 'loss' : face.again ? 'again' : '',
  );
}

/** A packet's way: between places in the datacenter by both its ends, else by the client's. */
function wayOfPacket(trace: Trace, header: TraceHeader, link: number, down: boolean): string {
  const { kind, from, to } = header.links[link >> 1] as TraceHeader['links'][number];
  if (kind === 'backplane') {
    const ends = [placeName(trace, from), placeName(trace, to)];
    return `${ends[down ? 1 : 0]} → ${ends[down ? 0 : 1]}`;
  }
  const client = clientName(header, clientOfLink(header, link));
  return down ? `→ ${client}` : `${client} →`;
}

/** A record as a line of the log, as far as it is known at `nowUs`: how a packet fares is not told before it has. */
export function describeRecord(trace: Trace, kind: Kind, row: number, nowUs: number): Line {
  const { header } = trace;
  if (header === null) return line('', kind);
  return WRITERS[kind](trace, header, trace.record(kind, row), row, nowUs);
}
