import { asName, capital } from '../../trace/names.ts';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { activeFaults, concernsPlace, type Fault } from './faults.ts';

/** What a process in the datacenter is called: a node's title, "Server 2", "Editor". */
export function placeTitle(header: TraceHeader, place: number): string {
  const one = header.places[place];
  return one === undefined ? '' : one.title === '' ? asName(one.name) : one.title;
}

/**
 * A title that has room: words at its front give way, as what tells it from its like stands at its end ("Storage in
 * zone a" is "Zone a").
 * @param characters that there is room for
 */
export function shortTitle(title: string, characters: number): string {
  const words = title.split(' ');
  while (words.length > 2 && words.join(' ').length > characters) {
    words.shift();
    while (words.length > 2 && /^(in|of|for|at|and)$/.test(words[0] as string)) words.shift();
  }
  const short = words.join(' ');
  return short === title ? title : capital(short);
}

/** The places of a kind, by number. */
export const placesOf = (header: TraceHeader, kind: 'server' | 'node' | 'source'): number[] =>
  header.places.flatMap((place, number) => (place.kind === kind ? [number] : []));

/** Whether there is a network between sources and servers. */
export const isLinked = (header: TraceHeader): boolean =>
  header.links.some(({ kind }) => kind === 'backplane');

/** What keeps a process from working at a time: a crash before a pause; null: nothing does. */
export function outageOf(
  trace: Trace,
  place: number,
  nowUs: number,
): { condition: 'down' | 'paused'; fault: Fault } | null {
  const faults = activeFaults(trace, nowUs).flatMap((index) => {
    const fault = trace.header?.faults[index];
    return fault !== undefined && concernsPlace(trace, fault, place) ? [fault] : [];
  });
  const crash = faults.find(({ kind }) => kind === 'broker-crash' || kind === 'server-crash');
  if (crash !== undefined) return { condition: 'down', fault: crash };
  const pause = faults.find(({ kind }) => kind === 'broker-pause' || kind === 'server-pause');
  return pause === undefined ? null : { condition: 'paused', fault: pause };
}

/** Whether the clients' links lead right to the servers, and not to something with links of its own to those. */
export const isDirect = (header: TraceHeader | null): boolean =>
  !header?.loadBalancer && !header?.proxy?.reads;

/** Which way nothing gets through. */
export type Closed = '' | 'up' | 'down' | 'both';

/** What is closed by either of two things. */
export const eitherClosed = (one: Closed, other: Closed): Closed =>
  one === '' || one === other ? other : other === '' ? one : 'both';

/** Which way nothing gets through between the load balancer and a server; up is from the balancer. */
export function legCut(trace: Trace, server: number, nowUs: number): Closed {
  const name = trace.header?.servers[server]?.name;
  let cut: Closed = '';
  for (const index of activeFaults(trace, nowUs)) {
    const { way, target = '', parted } = trace.header?.faults[index] ?? {};
    if (way !== undefined && target === name) cut = eitherClosed(cut, way);
    if (parted === undefined) continue;
    const forth = parted.from.length === 0 && parted.to.includes(server);
    const back = parted.to.length === 0 && parted.from.includes(server);
    if (forth || back) cut = eitherClosed(cut, partedWay(parted.way, forth));
  }
  return cut;
}

/** The way that a partition closes on a link. @param forth whether up is from its first end */
function partedWay(way: 'both' | 'forth' | 'back', forth: boolean): Closed {
  if (way === 'both') return way;
  return (way === 'forth') === forth ? 'up' : 'down';
}

/** What is the matter with a link of hop 2: which way nothing gets through, and what else was changed of it. */
export function peerTrouble(trace: Trace, link: number, nowUs: number): { cut: Closed; text: string } {
  const { from, to, name } = trace.header?.links[link] ?? { from: -1, to: -1, name: '' };
  const [a, b] = [from, to].map((place) => trace.header?.places[place]?.name ?? '');
  let cut: Closed = '';
  let text = '';
  for (const index of activeFaults(trace, nowUs)) {
    const fault = trace.header?.faults[index];
    if (fault === undefined) continue;
    if (fault.parted !== undefined) {
      const { from: first, to: second, way } = fault.parted;
      const forth = first.includes(from) && second.includes(to);
      const back = first.includes(to) && second.includes(from);
      if (forth || back) cut = eitherClosed(cut, partedWay(way, forth));
    } else if (fault.target !== '' && [a, b, name].includes(fault.target)) {
      if (fault.way !== undefined) cut = eitherClosed(cut, fault.way);
      else if (fault.kind === 'link-change') text = fault.label;
    }
  }
  return { cut, text };
}
