import { PACKET, RESENT } from '../../../trace/kinds.ts';
import type { Trace, TraceRecord } from '../../../trace/trace.ts';
import type { Selection } from '../../../views/index.ts';
import { wordFor } from '../../../views/reading/words.ts';
import { duration, seconds } from '../../../views/readout/units.ts';
import type { FaultOffer } from '../model.ts';

/** What is known of something that was selected, and what can be done to it. */
export interface Description {
  title: string;
  /** Name and value, in the order of reading. */
  facts: [string, string][];
  offers: FaultOffer[];
}

/** Null: the trace does not know it (any more), or there is nothing to say of it here. */
export function describe(trace: Trace, selection: Selection): Description | null {
  switch (selection.kind) {
    case 'packet':
      return packet(trace, selection.seq);
    case 'client':
      return client(trace, selection.client);
    case 'server':
      return server(trace, selection.server);
    case 'message':
      return message(trace, selection.message);
    case 'fault':
      return fault(trace, selection.fault);
    default:
      return null;
  }
}

export function clientName(trace: Trace, number: number): string {
  const one = trace.header?.clients[number];
  if (one === undefined) return `client ${number + 1}`;
  const alone = trace.header?.clients.filter((other) => other.group === one.group).length === 1;
  return alone
    ? one.groupTitle || one.group
    : `${one.groupTitle || one.group} ${one.name.split('/')[1] ?? ''}`;
}

function packet(trace: Trace, seq: number): Description | null {
  const row = trace.table('packet.sent').rowOfSeq(seq);
  if (row < 0) return null;
  const record = trace.record('packet.sent', row);
  const link = trace.table('packet.sent').get(row, 2);
  const clientNumber = trace.header?.links[link >> 1]?.client ?? -1;
  const down = (link & 1) === 1;
  const name = clientName(trace, clientNumber);
  const what = Number(record.what);
  const facts: [string, string][] = [
    ['Carries', contents(trace, record)],
    ['Sent', seconds(record.atUs)],
    record.arrivesAtUs !== undefined
      ? [
          'Arrives',
          `${seconds(Number(record.arrivesAtUs))}, after ${duration(Number(record.arrivesAtUs) - record.atUs)}`,
        ]
      : ['Lost', `${seconds(Number(record.dropsAtUs))}: ${record.reason ?? 'no reason given'}`],
    ['Size', `${record.bytes} B, of these ${record.dataBytes} B data`],
  ];
  if (Number(record.why) > 0) facts.push(['Sent again', RESENT[Number(record.why)] ?? '']);
  if (Number(record.connection) > 0) facts.push(['Connection', String(record.connection)]);
  return {
    title: `${packetKind(what)} ${down ? 'to' : 'from'} ${name}`,
    facts,
    offers: clientNumber >= 0 ? [dropOffer(trace, row, clientNumber, down, what)] : [],
  };
}

function packetKind(what: number): string {
  if (what & PACKET.DNS) return 'DNS packet';
  if (what & PACKET.SYN) return what & PACKET.ACK ? 'SYN-ACK' : 'SYN';
  if (what & PACKET.RST) return 'Reset';
  if (what & PACKET.DATA) return 'Segment';
  if (what & PACKET.FIN) return 'FIN';
  return 'Acknowledgement';
}

/** The protocol units that have bytes in a packet, by name. */
function contents(trace: Trace, record: TraceRecord): string {
  const first = Number(record.firstUnit);
  const last = Number(record.lastUnit);
  const { header } = trace;
  if (first === 0 || header === null) return 'no data';
  const table = trace.table('unit.sent');
  const names: string[] = [];
  for (let row = table.firstAfter(record.atUs) - 1; row >= 0 && names.length <= last - first; row--) {
    const unit = table.get(row, 2);
    if (unit < first) break;
    if (unit <= last) names.unshift(wordFor(header, trace.strings[table.get(row, 5)] ?? ''));
  }
  return names.length === 0 ? 'part of a larger unit' : names.join(', ');
}

/** The same packet, dropped: it is found again by its moment and by its place among those of that moment. */
function dropOffer(trace: Trace, row: number, clientNumber: number, down: boolean, what: number): FaultOffer {
  const table = trace.table('packet.sent');
  const atUs = table.atUs(row);
  const link = table.get(row, 2);
  let nth = 1;
  for (let other = table.firstAtOrAfter(atUs); other < row; other++) if (table.get(other, 2) === link) nth++;
  return {
    kind: 'packet-drop',
    label: what & PACKET.DATA ? 'Drop this segment' : 'Drop this packet',
    target: trace.header?.clients[clientNumber]?.name ?? null,
    atUs,
    direction: down ? 'down' : 'up',
    packet: 'any',
    nth,
  };
}

function client(trace: Trace, number: number): Description | null {
  const one = trace.header?.clients[number];
  if (one === undefined) return null;
  const ready = trace.table('client.ready');
  let readyText = 'not yet';
  for (let row = 0; row < ready.length; row++) {
    if (ready.get(row, 2) !== number) continue;
    readyText = `${seconds(ready.atUs(row))}, ${duration(ready.get(row, 3))} after it wished to connect`;
  }
  const target = one.name;
  return {
    title: clientName(trace, number),
    facts: [
      ['Transport', trace.header?.transports[one.transport]?.title ?? one.transport],
      ['Ready', readyText],
      ['Watches', one.rooms.map((room) => trace.header?.rooms[room] ?? '').join(', ')],
    ],
    offers: [
      { kind: 'link-down', label: 'Cut its link for 2 s', target },
      {
        kind: 'packet-drop',
        label: 'Drop the next data packet to it',
        target,
        direction: 'down',
        packet: 'data',
        nth: 1,
      },
      { kind: 'client-disconnect', label: 'Disconnect it', target },
      { kind: 'loss-burst', label: 'Lose 30 % for 1 s', target },
    ],
  };
}

function server(trace: Trace, number: number): Description | null {
  const one = trace.header?.servers[number];
  if (one === undefined) return null;
  return {
    title: one.name.replace(/^server-/, 'Server '),
    facts: [['Serves', `${trace.header?.clients.length ?? 0} clients`]],
    offers: [{ kind: 'server-crash', label: 'Crash it for 2 s', target: one.name }],
  };
}

function message(trace: Trace, number: number): Description | null {
  const published = trace.table('message.published');
  for (let row = 0; row < published.length; row++) {
    if (published.get(row, 2) !== number) continue;
    const record = trace.record('message.published', row);
    return {
      title: `Message ${number}${record.text === undefined ? '' : ` “${record.text}”`}`,
      facts: [['Published', seconds(record.atUs)], ...deliveries(trace, number)],
      offers: [],
    };
  }
  return null;
}

function deliveries(trace: Trace, number: number): [string, string][] {
  const table = trace.table('message.delivered');
  const facts: [string, string][] = [];
  for (let row = 0; row < table.length && facts.length < 12; row++) {
    if (table.get(row, 2) !== number) continue;
    facts.push([clientName(trace, table.get(row, 3)), `after ${duration(table.get(row, 4))}`]);
  }
  return facts;
}

function fault(trace: Trace, number: number): Description | null {
  const one = trace.header?.faults[number];
  if (one === undefined) return null;
  return {
    title: one.label,
    facts: [
      ['Begins', seconds(one.atUs)],
      ['Ends', one.endUs > one.atUs ? seconds(one.endUs) : 'at once'],
      ['Hits', one.detail || 'everybody'],
    ],
    offers: [],
  };
}
