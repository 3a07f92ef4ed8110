import { COLUMN, type Trace } from '../trace.ts';
import { lookupOf } from './lookup.ts';

/** A stretch of time in which a fault was in force; an instant has no length. */
export interface Spell {
  fault: number;
  kind: string;
  label: string;
  fromUs: number;
  toUs: number;
  /** Seq of `fault.began`, and of `fault.ended` (-1: it has not). */
  seq: number;
  endSeq: number;
}

const INSTANTS = new Set([
  'network-switch',
  'server-join',
  'publish',
  'packet-drop',
  'packet-delay',
  'packet-duplicate',
]);

const spells = new WeakMap<Trace, { rows: number; list: Spell[] }>();

/** Every fault that has begun, oldest first. */
export function spellsOf(trace: Trace): readonly Spell[] {
  const began = trace.table('fault.began');
  const ended = trace.table('fault.ended');
  const rows = began.length + ended.length;
  const known = spells.get(trace);
  if (known?.rows === rows) return known.list;
  const list: Spell[] = [];
  for (let row = 0; row < began.length; row++) {
    const fault = began.get(row, COLUMN['fault.began'].fault);
    const { kind = '', label = '' } = trace.header?.faults[fault] ?? {};
    const fromUs = began.atUs(row);
    let toUs = INSTANTS.has(kind) ? fromUs : Number.POSITIVE_INFINITY;
    let endSeq = -1;
    for (let i = 0; i < ended.length; i++) {
      if (ended.get(i, COLUMN['fault.ended'].fault) !== fault) continue;
      toUs = ended.atUs(i);
      endSeq = ended.get(i, 0);
    }
    list.push({ fault, kind, label, fromUs, toUs, seq: began.get(row, 0), endSeq });
  }
  spells.set(trace, { rows, list });
  return list;
}

/**
 * Whether a fault is about this client: its group, itself (`sse/3`), everybody; of a server's, or of a packet to or from
 * one, whoever connects to it; of a node's, every client.
 */
export function concerns(trace: Trace, fault: number, client: number): boolean {
  const { header } = trace;
  const { target = '', crossed } = header?.faults[fault] ?? {};
  if (crossed !== undefined) {
    const isServer = (place: number) => header?.places[place]?.kind === 'server';
    const servers = [...crossed.from, ...crossed.to].filter(isServer);
    return servers.length === 0 || servers.some((server) => connectsTo(trace, client, server));
  }
  if (target === '') return true;
  const place = header?.places.find(({ name }) => name === target);
  if (place?.kind === 'server') return connectsTo(trace, client, place.index);
  if (place !== undefined) return true;
  const one = header?.clients[client];
  return one !== undefined && (one.group === target || one.name === target);
}

/** Whether a client has anything to do with a server: connected to it, or was led there by a load balancer. */
function connectsTo(trace: Trace, client: number, server: number): boolean {
  if (trace.header?.servers.length === 1) return true;
  const table = trace.table('connection.attempted');
  const lookup = lookupOf(trace);
  return lookup.attempts
    .of(client)
    .some((row) => lookup.serverOf(table.get(row, COLUMN['connection.attempted'].connection)) === server);
}

/** Faults of some kinds that concern a client and touch a stretch of time. */
export function spellsFor(
  trace: Trace,
  client: number,
  fromUs: number,
  toUs: number,
  kinds?: readonly string[],
): Spell[] {
  return spellsOf(trace).filter(
    (spell) =>
      spell.fromUs <= toUs &&
      spell.toUs >= fromUs &&
      (kinds === undefined || kinds.includes(spell.kind)) &&
      concerns(trace, spell.fault, client),
  );
}

/** The faults that can make a packet vanish, in force for a client at a moment, in words; '' if none. */
export function atFault(trace: Trace, client: number, atUs: number): string {
  return spellsFor(trace, client, atUs, atUs, ['link-change', 'link-down', 'dns-down', 'network-switch'])
    .filter(({ toUs }) => toUs > atUs)
    .map(({ label }) => label)
    .join(', ');
}
