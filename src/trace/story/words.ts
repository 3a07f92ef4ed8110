import type { TraceHeader } from '../header.ts';
import { PROXY } from '../kinds.ts';
import { asName, capital } from '../names.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { lookupOf } from './lookup.ts';

const NBSP = '\u00a0';

/** A length of time: 0.42 ms, 52 ms, 1.05 s. */
export function time(us: number): string {
  const ms = us / 1000;
  if (ms < 0.9995) return `${ms.toFixed(2)}${NBSP}ms`;
  if (ms < 9.95) return `${ms.toFixed(1)}${NBSP}ms`;
  if (ms < 999.5) return `${ms.toFixed(0)}${NBSP}ms`;
  return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : ms < 99_950 ? 1 : 0)}${NBSP}s`;
}

/** "1 packet", "3 packets". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${value} ${value === 1 ? one : many}`;

const headerOf = (trace: Trace): TraceHeader | null => trace.header;

/** What a client is called: "SSE", or "SSE 3" where its group has several. */
export function clientName(trace: Trace, client: number): string {
  if (client === PROXY) return 'Proxy';
  if (client < 0 && headerOf(trace)?.loadBalancer) return 'Load balancer';
  const header = headerOf(trace);
  const one = header?.clients[client];
  if (header === null || one === undefined) return `client ${client + 1}`;
  const title = one.groupTitle === '' || one.groupTitle === one.group ? asName(one.group) : one.groupTitle;
  return isNumbered(header, client) ? `${title} ${one.name.split('/')[1] ?? client + 1}` : title;
}

const sizesOf = new WeakMap<TraceHeader, Map<string, number>>();

/** Whether a client is told from the others of its group by a number. */
function isNumbered(header: TraceHeader, client: number): boolean {
  const group = header.clients[client]?.group;
  if (group === undefined) return true;
  let sizes = sizesOf.get(header);
  if (sizes === undefined) {
    sizesOf.set(header, (sizes = new Map()));
    for (const client of header.clients) sizes.set(client.group, (sizes.get(client.group) ?? 0) + 1);
  }
  return (sizes.get(group) ?? 0) > 1;
}

/** A client in a sentence: "the SSE client", and "SSE 3" where it has a number, as everywhere else. */
export function theClient(trace: Trace, client: number): string {
  const header = headerOf(trace);
  if (client === PROXY) return 'the proxy';
  if (client < 0 && header?.loadBalancer) return 'the load balancer';
  const name = clientName(trace, client);
  return header === null || isNumbered(header, client) ? name : `the ${name} client`;
}

/** "Server 2"; "the server" where there is only one; below 0: what stands in its place. */
export function serverName(trace: Trace, server: number): string {
  if (server === PROXY) return 'the proxy';
  if (server < 0 && headerOf(trace)?.loadBalancer) return 'the load balancer';
  const servers = headerOf(trace)?.servers ?? [];
  return servers.length <= 1 ? 'the server' : asName(servers[server]?.name ?? `server-${server + 1}`);
}

export { capital as sentence };

/** A key of the vocabulary in words. */
export function wordFor(trace: Trace, key: string): string {
  const word = headerOf(trace)?.vocabulary[key]?.label;
  return word ?? key.replace(/^[a-z]+\./, '').replace(/[-_.]+/g, ' ');
}

/** `39 “l”`, or `39`. */
export function messageName(trace: Trace, message: number): string {
  const text = textOf(trace, message);
  return text.trim() === '' ? `${message}` : `${message} “${text}”`;
}

/** The text that a message carries, '' if none. */
export function textOf(trace: Trace, message: number): string {
  const row = lookupOf(trace).publishedRow(message);
  const table = trace.table('message.published');
  return row < 0 ? '' : (trace.strings[table.get(row, COLUMN['message.published'].text)] ?? '');
}

/** A list in words: "39", "39 and 40", "39, 40 and 41", "39 to 52". */
export function list(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  if (last === undefined) return '';
  if (numbers.length === 1) return String(last);
  const first = numbers[0] as number;
  if (numbers.length > 4 && last - first === numbers.length - 1) return `${first} to ${last}`;
  if (numbers.length > 6) return `${numbers.slice(0, 5).join(', ')} and ${numbers.length - 5} more`;
  return `${numbers.slice(0, -1).join(', ')} and ${last}`;
}

/** What a unit is: "event 39", "answer with 39 and 40", "Upgrade". */
export function unitWords(trace: Trace, unit: number): string {
  const lookup = lookupOf(trace);
  const row = lookup.unitRow(unit);
  if (row < 0) return 'data';
  return unitRowWords(trace, row);
}

const UNIT = COLUMN['unit.sent'];

/** The same by its row. */
export function unitRowWords(trace: Trace, row: number): string {
  const table = trace.table('unit.sent');
  const key = trace.strings[table.get(row, UNIT.what)] ?? '';
  const word = wordFor(trace, key);
  const messages = messagesOf(trace, row);
  if (messages.length === 0) return word;
  return headerOf(trace)?.vocabulary[key]?.role === 'response'
    ? `${word} with ${list(messages)}`
    : `${word} ${list(messages)}`;
}

/** The messages that a unit carries. */
export function messagesOf(trace: Trace, row: number): number[] {
  const table = trace.table('unit.sent');
  const first = table.get(row, UNIT.message);
  return Array.from({ length: table.get(row, UNIT.messages) }, (_, i) => first + i);
}

/** A text of the trace. */
export const textAt = (trace: Trace, index: number): string => trace.strings[index] ?? '';

/** An event of a machine in words; a timer's own is named by its delay (`xstate.after.next poll.polling client…`). */
export function eventWords(event: string): string {
  const timer =
    /^xstate\.after\.(.+?)\.[\w-]+ (?:client|server)/.exec(event)?.[1] ??
    /^xstate\.after\.(.+)$/.exec(event)?.[1];
  return timer === undefined ? `“${event}”` : `the timer “${timer}”`;
}

/** Why a connection ended, in words. */
export function closeWords(reason: string): string {
  switch (reason) {
    case 'finished':
      return 'closed in order';
    case 'reset':
      return 'reset by the other end';
    case 'refused':
      return 'refused: nobody listens there';
    case 'timed out':
      return 'given up: no answer for too long';
    case 'aborted':
      return 'given up by this end';
    case 'unreachable':
      return 'the network is gone';
    default:
      return reason;
  }
}

/** Who publishes, as on its card: "Editor". */
export function publisherName(trace: Trace, publisher: number): string {
  const one = headerOf(trace)?.publishers[publisher];
  return one === undefined ? 'a source' : asName(one.name);
}

/** Why a message ended, as hop 2 recorded it, with the names that people see. */
export const dropReason = (trace: Trace, reason: number): string =>
  textAt(trace, reason).replace(/\bserver-\d+\b/g, asName);
