import type { Trace } from '../../trace/trace.ts';
import { readingOf } from './reading.ts';

export type Fault = NonNullable<Trace['header']>['faults'][number];

/** Faults that are an instant, whatever their times say. */
const INSTANTS = new Set([
  'network-switch',
  'server-join',
  'publish',
  'packet-drop',
  'packet-delay',
  'packet-duplicate',
]);

/** Whether a fault has a length. */
export const isInstant = (fault: Fault): boolean => INSTANTS.has(fault.kind);

/** When a fault with a length ends, µs. One without an end lasts as long as the run. */
export function faultEndUs(trace: Trace, fault: Fault): number {
  if (isInstant(fault)) return fault.atUs;
  return fault.endUs > fault.atUs ? fault.endUs : (trace.header?.endUs ?? fault.atUs);
}

/** Indexes of the faults that are in force at a time. */
export function activeFaults(trace: Trace, nowUs: number): number[] {
  const reading = readingOf(trace);
  return (trace.header?.faults ?? []).flatMap((fault, index) => {
    if (isInstant(fault) || fault.atUs > nowUs || faultEndUs(trace, fault) <= nowUs) return [];
    return reading.faultsEnded.countAt(index, nowUs) > 0 ? [] : [index];
  });
}

/** Whether a fault is about this client: its group, itself (`sse/3`, from 1), or everybody. */
export function concernsClient(trace: Trace, fault: Fault, client: number): boolean {
  const { target } = fault;
  if (target === '') return true;
  const { group, name } = trace.header?.clients[client] ?? { group: '', name: '' };
  if (target === group || target === name) return true;
  const slash = target.lastIndexOf('/');
  if (slash < 0 || target.slice(0, slash) !== group) return false;
  const members = trace.header?.clients ?? [];
  let place = 0;
  for (let i = 0; i <= client; i++) if (members[i]?.group === group) place++;
  return place === Number(target.slice(slash + 1));
}

/** Whether a fault is about this server: itself by name, or every server. */
export const concernsServer = (trace: Trace, fault: Fault, server: number): boolean =>
  fault.target === '' || fault.target === trace.header?.servers[server]?.name;

/** Whether a fault is about this process of the datacenter: by name, or as one of all servers or all nodes. */
export function concernsPlace(trace: Trace, fault: Fault, place: number): boolean {
  const { name, kind } = trace.header?.places[place] ?? { name: '', kind: '' };
  if (fault.target !== '') return fault.target === name;
  return fault.kind.startsWith('broker-')
    ? kind === 'node'
    : fault.kind.startsWith('server-') && kind === 'server';
}
