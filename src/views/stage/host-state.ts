import { asName } from '../../trace/names.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { activeFaults, concernsClient, concernsServer, type Fault } from '../reading/faults.ts';
import { type Closed, eitherClosed, isDirect, outageOf } from '../reading/places.ts';
import { readingOf } from '../reading/reading.ts';
import { count, waitSeconds } from '../readout/units.ts';
import { serverOfClient } from './server-of.ts';

const PUBLISHED = COLUMN['message.published'];

export interface SourceState {
  name: string;
  /** What it did last, or what it will do. */
  fact: string;
  publishedUs: number;
  /** Nobody took its latest update. */
  refused: boolean;
}

/** What the source's card shows at a time. */
export function sourceState(trace: Trace, header: TraceHeader, nowUs: number): SourceState {
  const published = trace.table('message.published');
  const refused = trace.table('message.refused');
  const row = published.firstAfter(nowUs) - 1;
  const refusedRow = refused.firstAfter(nowUs) - 1;
  const [first, ...others] = header.publishers;
  const name = asName(first?.name ?? 'source') + (others.length > 0 ? ` + ${others.length}` : '');
  const publishedUs = row < 0 ? -1 : published.atUs(row);
  if (refusedRow >= 0 && refused.atUs(refusedRow) > publishedUs) {
    return { name, fact: 'no server', publishedUs: refused.atUs(refusedRow), refused: true };
  }
  if (row < 0) return { name, fact: 'nothing yet', publishedUs, refused: false };
  const text = trace.strings[published.get(row, PUBLISHED.text)] ?? '';
  const message = published.get(row, PUBLISHED.message);
  const shown = text === ' ' ? '␣' : text.length > 6 ? `${text.slice(0, 5)}…` : text;
  return { name, fact: text === '' ? `sent ${message}` : `types “${shown}”`, publishedUs, refused: false };
}

export interface ServerState {
  name: string;
  fact: string;
  /** Connections that are open. */
  open: number;
  /** `down` and `paused` by a fault; `absent` before it joins. */
  condition: 'up' | 'down' | 'paused' | 'absent';
  /** A load balancer sends nothing to it. */
  unhealthy: boolean;
}

const HEALTH = COLUMN['health.changed'];

/** What a server's card shows at a time. */
export function serverState(trace: Trace, header: TraceHeader, server: number, nowUs: number): ServerState {
  const name = asName(header.servers[server]?.name ?? `server-${server + 1}`);
  const open = Math.max(0, readingOf(trace).openAt('server', server, nowUs));
  const health = readingOf(trace).health.lastAt(server, nowUs);
  const unhealthy = health >= 0 && trace.table('health.changed').get(health, HEALTH.healthy) === 0;
  const outage = outageOf(trace, server, nowUs);
  const up = { name, open, unhealthy };
  if (isYetToJoin(header, server, nowUs)) return { ...up, fact: 'not there yet', condition: 'absent' };
  if (outage === null && isDraining(trace, header, server, nowUs))
    return { ...up, fact: `drains, ${count(open)} open`, condition: 'up' };
  if (outage === null)
    return {
      name,
      fact: unhealthy ? 'taken out' : threadsOf(trace, header, server, nowUs) || `${count(open)} open`,
      condition: 'up',
      open,
      unhealthy,
    };
  const { condition, fault } = outage;
  const word = condition === 'down' ? 'crashed' : 'paused';
  return { name, fact: `${word}${leftOf(fault, header, nowUs)}`, condition, open, unhealthy };
}

/** How many threads of its pool a server has at work, and how many requests wait for one; '': it has no pool. */
function threadsOf(trace: Trace, header: TraceHeader, server: number, nowUs: number): string {
  const row = readingOf(trace).threads.lastAt(server, nowUs);
  if (row < 0) return '';
  const { atUs, busy, threads, waiting } = trace.record('thread.changed', row);
  // A process that dies leaves no record of each thread that it had at work: the next one begins with none.
  const hasDied = header.faults.some(
    (fault) =>
      fault.kind === 'server-crash' &&
      fault.atUs >= atUs &&
      fault.atUs <= nowUs &&
      concernsServer(trace, fault, server),
  );
  if (hasDied) return `0/${threads} threads`;
  return `${busy}/${threads}${Number(waiting) > 0 ? `, ${waiting} wait` : ' threads'}`;
}

/** A server joins once: before that nobody is there. */
const isYetToJoin = (header: TraceHeader, server: number, nowUs: number): boolean =>
  header.faults.some(
    ({ kind, target, atUs }) =>
      kind === 'server-join' && target === header.servers[server]?.name && atUs > nowUs,
  );

/** It gives its clients away, and takes no new ones. */
const isDraining = (trace: Trace, header: TraceHeader, server: number, nowUs: number): boolean =>
  activeFaults(trace, nowUs).some((index) => {
    const fault = header.faults[index];
    return fault?.kind === 'server-drain' && concernsServer(trace, fault, server);
  });

/** What the load balancer's card shows at a time. */
export function balancerState(
  trace: Trace,
  header: TraceHeader,
  nowUs: number,
): { fact: string; condition: 'up' | 'down' | 'paused' } {
  const faults = activeFaults(trace, nowUs).flatMap((index) => header.faults[index] ?? []);
  const crash = faults.find(({ kind }) => kind === 'load-balancer-crash');
  if (crash) return { fact: `crashed${leftOf(crash, header, nowUs)}`, condition: 'down' };
  const pause = faults.find(({ kind }) => kind === 'load-balancer-pause');
  if (pause) return { fact: `paused${leftOf(pause, header, nowUs)}`, condition: 'paused' };
  const { health } = readingOf(trace);
  const out = header.servers.filter((_, server) => {
    const row = health.lastAt(server, nowUs);
    return row >= 0 && trace.table('health.changed').get(row, HEALTH.healthy) === 0;
  }).length;
  return { fact: `${header.servers.length - out} of ${header.servers.length} up`, condition: 'up' };
}

/** How long a fault will still last, to stand behind its name; nothing where it lasts until the end. */
export function leftOf(fault: Fault, header: TraceHeader, nowUs: number): string {
  return fault.endUs >= header.endUs ? '' : ` ${waitSeconds(fault.endUs - nowUs)} left`;
}

/** What is wrong with everybody's link at a time, in a few words; '' if nothing is. */
export function networkTrouble(trace: Trace, nowUs: number): string {
  const words = activeFaults(trace, nowUs).flatMap((index) => {
    const fault = trace.header?.faults[index];
    if (fault?.kind === 'dns-down') return ['DNS down'];
    if (fault?.target !== '') return [];
    if (fault.way !== undefined) return [closedWords('links', fault.way)];
    return fault.kind === 'link-change' ? [fault.label] : [];
  });
  return [...new Set(words)].join(' · ');
}

/** What is wrong with a client's link at a time; `text` says what is wrong with this one and not with all of them. */
export function linkTrouble(trace: Trace, client: number, nowUs: number): { cut: Closed; text: string } {
  let cut: Closed = '';
  let own: Closed = '';
  let text = '';
  for (const index of activeFaults(trace, nowUs)) {
    const fault = trace.header?.faults[index];
    if (!fault || !isOnWay(trace, fault, client, nowUs)) continue;
    if (fault.way !== undefined) {
      cut = eitherClosed(cut, fault.way);
      if (fault.target !== '') own = eitherClosed(own, fault.way);
    } else if (fault.kind === 'link-change' && fault.target !== '') text = fault.label;
  }
  return { cut, text: own === '' ? (cut === '' ? text : '') : closedWords('link', own) };
}

/** Whether a fault is on a client's way to its server: on its own link, or on the server's where nothing is between. */
function isOnWay(trace: Trace, fault: Fault, client: number, nowUs: number): boolean {
  if (concernsClient(trace, fault, client)) return true;
  const { servers = [] } = trace.header ?? {};
  return isDirect(trace.header) && servers[serverOfClient(trace, client, nowUs)]?.name === fault.target;
}

const closedWords = (what: string, way: 'up' | 'down' | 'both'): string =>
  way === 'both' ? `${what} down` : `${what} cut ${way}ward`;
