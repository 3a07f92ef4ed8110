import type { TraceHeader } from '../header.ts';
import { COLUMN, type Trace } from '../trace.ts';
import type { Moment } from './moments.ts';
import type { Said } from './story.ts';
import { sentence } from './words.ts';

/** Says that a fault began, or that it is over. */
export function sayFault(trace: Trace, { row, kind }: Moment): Said {
  const over = kind === 'faultOver';
  const number = trace.table(over ? 'fault.ended' : 'fault.began').get(row, COLUMN['fault.began'].fault);
  const one = trace.header?.faults[number];
  const words = FAULT_WORDS[one?.kind ?? ''];
  const follows = one === undefined || trace.header === null ? '' : consequence(trace.header, one);
  return {
    headline:
      one?.kind === 'link-change' && trace.header !== null
        ? changeOf(trace.header, one, over)
        : headlineOf(one?.kind ?? '', one?.label ?? 'a fault', over),
    why: over ? (words?.over ?? '') : [words?.began, follows].filter(Boolean).join(' '),
    terms: words?.terms ?? [],
    // Somebody who joins breaks nothing.
    tone: over || one?.kind === 'server-join' ? 'normal' : 'loss',
    subject: { kind: 'fault', fault: number },
  };
}

/** A change's label is what links are like from now on, and not whose links. */
function changeOf(
  { clients }: TraceHeader,
  { target, detail, label }: TraceHeader['faults'][number],
  over: boolean,
): string {
  const isOne = clients.filter(({ group, name }) => target === group || target === name).length === 1;
  const links = target === '' ? 'links of all clients' : `${isOne ? 'link' : 'links'} of ${detail}`;
  return over ? `Over, for ${links}: ${label}.` : `${sentence(links)}: ${label}.`;
}

/** A partition's label has an arrow between its ends, which is short and no sentence. */
const ARROW = / ([↮↛↚]) /;

/** What becomes of a packet: its label is as one orders it, `drop the next data packet to Thin`. */
const BECOMES: Record<string, string> = {
  'packet-drop': 'will be dropped',
  'packet-delay': 'will be late',
  'packet-duplicate': 'will arrive twice',
};

function headlineOf(kind: string, label: string, over: boolean): string {
  const becomes = BECOMES[kind];
  if (becomes !== undefined) return `${sentence(label.slice(label.indexOf(' ') + 1))} ${becomes}.`;
  // Split at a pattern with a group, the group is among the parts.
  const [one = '', arrow, other = ''] = label.split(ARROW);
  if (arrow === undefined) return over ? `Over: ${label}.` : `${sentence(label)}.`;
  if (over) return `${sentence(one)} and ${other} reach each other again.`;
  if (arrow === '↮') return `${sentence(one)} and ${other} are cut off from each other.`;
  return arrow === '↛'
    ? `Nothing gets from ${one} to ${other} any more.`
    : `Nothing gets from ${other} to ${one} any more.`;
}

/** What it means that a fault begins, and that it is over, by kind. */
const FAULT_WORDS: Record<string, { began: string; over: string; terms: string[] }> = {
  'link-change': {
    began: 'From now on the link behaves differently; what is under way already keeps its fate.',
    over: 'The link is as it was before.',
    terms: [],
  },
  'link-down': {
    began: 'Packets vanish and nobody is told. Whoever only listens believes that all is well.',
    over: 'Packets pass again, and TCP goes on with its next retransmission, which may be far off.',
    terms: ['black hole', 'RTO'],
  },
  'server-crash': {
    began: 'Its connections end, and its replay buffer is gone unless it is durable.',
    over: 'It listens again. Everybody who was cut off comes back, each after a wait of its own.',
    terms: ['replay buffer', 'retry'],
  },
  'server-pause': {
    began: 'Its process stands still. The kernel goes on acknowledging, so nobody notices by TCP.',
    over: 'It goes on, with everything that queued up meanwhile.',
    terms: ['server CPU', 'health checks'],
  },
  'server-join': {
    began: 'A server that was not there before begins its work. Who owns what may change with it.',
    over: '',
    terms: [],
  },
  'server-drain': {
    began:
      'It takes no new connections, and tells its clients one after the other to connect anew; what it has open meanwhile goes on.',
    over: 'It takes connections again.',
    terms: ['retry'],
  },
  'load-balancer-crash': {
    began:
      'It forgets all connections. At layer 7 they are closed at once; at layer 4 packets vanish until it is back, and what belongs to no connection that it knows is reset then.',
    over: 'It takes connections again, and takes every server for healthy until its checks say otherwise.',
    terms: ['layer 7', 'layer 4', 'retry'],
  },
  'load-balancer-pause': {
    began:
      'Its process stands still. At layer 7 requests and answers wait in it; at layer 4 packets pass, and only the health checks stop.',
    over: 'It goes on, with everything that queued up meanwhile.',
    terms: ['layer 7', 'layer 4', 'health checks'],
  },
  'client-disconnect': {
    began: 'The client leaves its network, and knows it.',
    over: 'The client is back and connects at once.',
    terms: [],
  },
  'client-sleep': {
    began: 'Its timers and scripts are frozen; the kernel takes in what comes.',
    over: 'It handles at once all that came meanwhile.',
    terms: [],
  },
  'network-switch': {
    began:
      'A new address: its connections are dead, and the server is not told. It goes on sending into them.',
    over: '',
    terms: ['half-open connection'],
  },
  'dns-down': {
    began:
      'Open connections do not care. Who has to connect and has no address at hand asks again every five seconds.',
    over: 'The next query is answered; who asked in between still waits for its timer.',
    terms: ['DNS retry'],
  },
  'broker-crash': {
    began: 'A node of the backplane is gone, with all that it had in memory; connections to it end.',
    over: 'It is up again. Whoever was connected comes back, each after a wait of its own.',
    terms: [],
  },
  'broker-pause': {
    began:
      'A node of the backplane stands still. Its kernel goes on acknowledging, so nobody notices by TCP.',
    over: 'It goes on, with everything that queued up meanwhile.',
    terms: [],
  },
  partition: {
    began: 'Packets between the two vanish and nobody is told. Each believes that the other is silent.',
    over: 'Packets pass again, and TCP goes on with its next retransmission, which may be far off.',
    terms: ['black hole', 'RTO'],
  },
  'clock-skew': {
    began: 'A clock is wrong. Who compares times of two clocks is misled; everybody else does not notice.',
    over: 'The clock is right again.',
    terms: [],
  },
  publish: { began: 'Somebody typed.', over: '', terms: [] },
  'packet-drop': {
    began: 'One packet will not arrive. Watch who notices, and how.',
    over: '',
    terms: ['RACK', 'TLP'],
  },
  'packet-delay': {
    began: 'One packet will be late, and others may overtake it.',
    over: '',
    terms: ['RACK'],
  },
  'packet-duplicate': {
    began: 'One packet will arrive twice; TCP drops the second copy.',
    over: '',
    terms: [],
  },
};

/** What follows from a fault in this run, beside what its kind means everywhere. */
function consequence(
  { backplane, publishers, servers }: TraceHeader,
  fault: TraceHeader['faults'][number],
): string {
  if (fault.kind !== 'server-crash') return '';
  if (backplane.kind !== 'direct')
    return 'Whether its clients get what is published meanwhile is up to hop 2.';
  // What a client writes is its own server's; what a source has goes to the first one.
  if (publishers.some(({ clients }) => clients.length > 0)) return '';
  return ['', servers[0]?.name].includes(fault.target)
    ? 'The source finds nobody to take an update.'
    : 'The source talks to another server, and notices nothing.';
}
