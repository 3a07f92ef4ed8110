import { LETTERS } from '../../pages/compare/model.ts';
import { asName } from '../../trace/names.ts';
import { asWords } from '../../views/reading/words.ts';

/** What a variant is called for short, by its place. */
export const letterOf = (place: number): string => LETTERS[place] ?? '';

/** Places that people know by another name than the file has. */
const TITLES: Record<string, string> = {
  'network.access.rttMs': 'Round-trip time',
  'network.access.lossPct': 'Packet loss',
  'network.access.rateKbps': 'Bandwidth',
  'network.dns.lookupMs': 'DNS lookup',
  'network.dns.lossPct': 'DNS loss',
  'network.tcp.congestionControl': 'Congestion control',
  'edge.tls': 'TLS',
  'edge.http': 'HTTP',
  'backplane.kind': 'Backplane',
  'servers.count': 'Servers',
};

/** Parts of a path that go without saying. */
const IMPLIED = /^(network|access|servers|edge|options)$/;

/** The two ends of a partition. */
const ENDS: Record<string, string> = { 'between[0]': 'first end', 'between[1]': 'second end' };

/** Words of the fields’ names that people write in capitals. */
const ABBREVIATIONS = /\b(cpu|dns|rtt|tls|ttl)\b/g;

const OF_KIND = /^(transport|backplane)$/;

/** A field's name in words, without its unit. */
const fieldWords = (name: string): string =>
  asWords(name.replace(/(Ms|Pct|Kbps|Bytes)$/, '')).replace(ABBREVIATIONS, (word) => word.toUpperCase());

/**
 * A path in words: `clients[0].transport.intervalMs` → “Interval”, with the name of the group or publisher
 * where there are several.
 */
export function pathTitle(
  path: string,
  names: { clients: readonly string[]; publishers: readonly string[] },
): string {
  const known = TITLES[path];
  if (known !== undefined) return known;
  const fault = /^faults\[(\d+)\]\.(.+)$/.exec(path);
  if (fault !== null)
    return `Fault ${Number(fault[1]) + 1}: ${ENDS[fault[2] ?? ''] ?? fieldWords(fault[2] ?? '')}`;
  const item = /^(clients|publishers)\[(\d+)\]\.?(.*)$/.exec(path);
  const list = item === null ? [] : names[item[1] as 'clients' | 'publishers'];
  const of = item !== null && list.length > 1 ? `${asName(list[Number(item[2])] ?? '')}: ` : '';
  const all = (item === null ? path : (item[3] ?? '')).split('.');
  const last = all.at(-1) ?? '';
  // Options of a transport or a backplane go without its name; a kind is nothing else.
  const parts = all.filter(
    (part) => !IMPLIED.test(part) && (last === 'kind' || !OF_KIND.test(part) || all.length === 1),
  );
  const words = [
    ...parts.slice(0, -1),
    // A kind is what the thing itself is.
    ...(last === 'kind' && parts.length > 1 ? [] : [last]),
  ];
  const text = fieldWords(words.join(' '));
  if (of !== '') return `${of}${text || 'all of it'}`;
  return asName(text || (item === null ? path : 'client group'));
}

/** The heading under which a place is offered. */
export function sectionOf(path: string): string {
  if (/^clients\[\d+\]\.transport/.test(path)) return 'Hop 1: transport';
  if (path.startsWith('backplane')) return 'Hop 2: backplane';
  if (path.startsWith('network') || /^clients\[\d+\]\.network/.test(path)) return 'Network';
  if (path.startsWith('edge')) return 'Edge';
  if (path.startsWith('servers')) return 'Servers';
  if (path.startsWith('publishers')) return 'Traffic';
  if (path.startsWith('clients')) return 'Clients';
  return 'The run';
}
