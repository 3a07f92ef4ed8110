import { PACKET, PROXY } from '../kinds.ts';
import { COLUMN, type Trace, type TraceRecord } from '../trace.ts';
import { contentOf } from './blocker.ts';
import { hopWords, placeName } from './hop-words.ts';
import { lookupOf } from './lookup.ts';
import { peersOf, roleOf } from './peers.ts';
import type { Tone } from './story.ts';
import {
  clientName,
  closeWords,
  eventWords,
  messageName,
  plural,
  publisherName,
  serverName,
  theClient,
  time,
  unitWords,
  wordFor,
} from './words.ts';

/** What a packet is called. */
export function packetName(what: number): string {
  if (what & PACKET.DNS) return 'DNS packet';
  if (what & PACKET.SYN) return what & PACKET.ACK ? 'SYN-ACK' : 'SYN';
  if (what & PACKET.RST) return 'reset';
  if (what & PACKET.DATA) return 'segment';
  if (what & PACKET.FIN) return 'FIN';
  if (what & PACKET.KEEPALIVE) return 'keep-alive probe';
  return 'acknowledgement';
}

/** Any record in a few words. */
export function recordWords(trace: Trace, record: TraceRecord): { text: string; tone: Tone } {
  const client = () => clientName(trace, Number(record.client));
  const end = () => {
    const peers = peersOf(trace, Number(record.connection));
    if (peers !== null) return `at ${placeName(trace, peers[record.down === 1 ? 1 : 0])}`;
    return record.down === 1 ? 'at the server' : 'at the client';
  };
  const normal = (text: string) => ({ text, tone: 'normal' as Tone });
  switch (record.kind) {
    case 'message.published':
      return normal(
        `${publisherName(trace, Number(record.publisher))} publishes ${messageName(trace, Number(record.message))}`,
      );
    case 'message.refused':
      return { text: 'an update is refused: no server is up', tone: 'loss' };
    case 'message.delivered':
      return {
        text: `${client()} has ${messageName(trace, Number(record.message))}, after ${time(Number(record.latencyUs))}`,
        tone: 'good',
      };
    case 'message.duplicated':
      return { text: `${client()} gets ${messageName(trace, Number(record.message))} again`, tone: 'wait' };
    case 'client.ready':
      return { text: `${client()} is ready, after ${time(Number(record.setupUs))}`, tone: 'good' };
    case 'packet.sent':
      return packetWords(trace, record);
    case 'unit.sent':
      return normal(`${writerName(trace, record)} writes ${unitWords(trace, Number(record.unit))}`);
    case 'unit.received':
      return normal(`${unitWords(trace, Number(record.unit))} is received`);
    case 'stream.held':
      return Number(record.segments) > 0
        ? {
            text: `${plural(Number(record.segments), 'segment')} held: something before is missing`,
            tone: 'wait',
          }
        : normal('nothing is held any more');
    case 'connection.attempted':
      return normal(
        `${client()} opens connection ${record.connection} for its ${wordFor(trace, String(record.what ?? ''))}`,
      );
    case 'connection.established':
      return normal(`TCP of connection ${record.connection} is established ${end()}`);
    case 'connection.secured':
      return normal(
        `TLS of connection ${record.connection} is ready${record.resumed === 1 ? ', resumed' : ''}`,
      );
    case 'connection.closed':
      return {
        text: `connection ${record.connection} is over ${end()}: ${closeWords(String(record.reason ?? ''))}`,
        tone: record.reason === 'finished' ? 'normal' : 'loss',
      };
    case 'route.chosen':
      return normal(
        `${passerOf(trace, record)} chooses ${serverName(trace, Number(record.server))} for connection ${record.connection}, by ${record.why ?? ''}`,
      );
    case 'route.ended':
      return {
        text: `${passerOf(trace, record)} ${giveUpWords(Number(record.status))} connection ${record.connection}: ${record.reason ?? ''}`,
        tone: 'loss',
      };
    case 'health.changed':
      return {
        text: `the load balancer takes ${serverName(trace, Number(record.server))} for ${record.healthy === 1 ? 'healthy' : `unhealthy: ${record.reason ?? ''}`}`,
        tone: record.healthy === 1 ? 'good' : 'loss',
      };
    case 'name.resolved':
      return normal(
        record.cached === 1
          ? `${client()} has the server’s address at hand`
          : `${client()} has the server’s address, after ${time(Number(record.tookUs))}`,
      );
    case 'actor.started':
      return normal(
        `${record.role ?? 'a machine'} begins to serve ${theClient(trace, Number(record.client))}`,
      );
    case 'machine.moved':
      return normal(
        `${actorName(trace, Number(record.actor))}: ${record.from ?? ''} → ${record.to ?? ''} (${eventWords(String(record.event ?? ''))})`,
      );
    case 'timer.started':
      return normal(
        `${actorName(trace, Number(record.actor))} sets “${record.timer ?? 'timer'}”${
          record.dueAtUs === undefined ? '' : ` to ${time(Number(record.dueAtUs) - record.atUs)}`
        }`,
      );
    case 'timer.stopped':
      return normal(`${actorName(trace, Number(record.actor))} stops “${record.timer ?? 'timer'}”`);
    case 'server.worked':
      return normal(
        `${serverName(trace, Number(record.server))} worked ${time(Number(record.tookUs))} on a ${record.what ?? 'task'}${
          Number(record.queuedUs) > 0 ? `, which had waited ${time(Number(record.queuedUs))}` : ''
        }`,
      );
    case 'fault.began':
      return {
        text: `fault: ${trace.header?.faults[Number(record.fault)]?.label ?? record.fault}`,
        tone: 'loss',
      };
    case 'fault.ended':
      return normal(`over: ${trace.header?.faults[Number(record.fault)]?.label ?? record.fault}`);
    default:
      return hopRecordWords(trace, record);
  }
}

/** Who passes on what comes on a connection. */
const passerOf = (trace: Trace, { connection }: TraceRecord): string =>
  serverName(trace, lookupOf(trace).endsAtProxy(Number(connection)) ? PROXY : -1);

/** Who wrote a unit. */
function writerName(trace: Trace, record: TraceRecord): string {
  const connection = Number(record.connection);
  const peers = peersOf(trace, connection);
  if (peers !== null) return placeName(trace, peers[record.down === 1 ? 1 : 0]);
  const lookup = lookupOf(trace);
  return record.down === 1
    ? serverName(trace, lookup.serverOf(connection))
    : clientName(trace, lookup.clientOf(connection));
}

function hopRecordWords(trace: Trace, record: TraceRecord): { text: string; tone: Tone } {
  const said = hopWords(trace, record);
  const tone = record.kind === 'message.dropped' ? 'loss' : record.kind === 'gap.noticed' ? 'wait' : 'normal';
  return { text: said === null ? record.kind.replace('.', ' ') : `${said.who} ${said.words}`, tone };
}

/** What a load balancer does when it gives up. @param status 0: it cuts or forgets the connection */
export const giveUpWords = (status: number): string => (status === 0 ? 'ends' : `answers ${status} on`);

function packetWords(trace: Trace, record: TraceRecord): { text: string; tone: Tone } {
  const lookup = lookupOf(trace);
  const packets = trace.table('packet.sent');
  const row = packets.rowOfSeq(record.seq);
  const link = packets.get(row, COLUMN['packet.sent'].link);
  const client = lookup.clientOfPacket(row);
  const name = packetName(Number(record.what));
  const content = contentOf(lookup, row);
  const header = trace.header?.links[link >> 1];
  const ends = header?.kind === 'backplane' ? [header.from, header.to] : null;
  const to =
    ends !== null
      ? ` to ${placeName(trace, ends[link & 1 ? 0 : 1] as number)}`
      : client < 0
        ? ''
        : ` ${link & 1 ? 'to' : 'from'} ${clientName(trace, client)}`;
  const again = Number(record.why) > 0 ? ', sent again' : '';
  const lost = record.arrivesAtUs === undefined;
  return {
    text: `${name}${content === '' ? '' : ` with ${content}`}${to}${again}${lost ? ': lost' : ''}`,
    tone: lost ? 'loss' : 'normal',
  };
}

/** A machine by its role and whom it serves; those that came later are in `actor.started`. */
export function actorName(trace: Trace, actor: number): string {
  const fixed = trace.header?.actors[actor];
  if (fixed !== undefined) return fixed.client >= 0 ? theActor(clientName(trace, fixed.client)) : fixed.role;
  const started = trace.table('actor.started');
  const { actor: column, role } = COLUMN['actor.started'];
  const row = started.rowOf(column, actor);
  if (row < 0) {
    const found = roleOf(trace, actor);
    return found === null ? `machine ${actor}` : `${placeName(trace, found.place)}, ${found.role}`;
  }
  return trace.strings[started.get(row, role)] ?? `machine ${actor}`;
}

const theActor = (name: string): string => `${name} client`;
