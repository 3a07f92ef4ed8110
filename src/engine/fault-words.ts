import { capital, partedWords } from '../trace/names.ts';
import { packetName } from './contract/packet-name.ts';
import type { FaultPlan } from './contract/plan.ts';
import { linkWords } from './link-words.ts';

/** What happens to everybody, what to whom is named before it, and what a list calls it: of all, and of one by name. */
type Words = readonly [toAll: string, to: string, entry: string, ofOne?: string];

/** Kinds of which nothing has to be told besides. */
type Plain = Exclude<
  FaultPlan['kind'],
  'link-change' | 'link-down' | 'partition' | 'clock-skew' | 'publish' | `packet-${string}`
>;

const WORDS: Readonly<Record<Plain, Words>> = {
  'server-crash': ['server crashes', 'crashes', 'server crash', 'crash'],
  'server-pause': ['server pauses', 'pauses', 'server stands still', 'stands still'],
  'server-join': ['server joins', 'joins', 'server joins', 'joins'],
  'server-drain': ['all servers drain', 'drains', 'server drains', 'drains'],
  'load-balancer-crash': ['load balancer crashes', 'crashes', 'load balancer crash'],
  'load-balancer-pause': ['load balancer pauses', 'pauses', 'load balancer stands still'],
  'client-disconnect': ['all disconnected', 'disconnected', 'off the network'],
  'client-sleep': ['all asleep', 'asleep', 'tab asleep'],
  'network-switch': ['all change network', 'change network', 'Wi-Fi to cellular'],
  'dns-down': ['DNS down', 'DNS down', 'DNS down'],
  'broker-crash': ['all of the backplane crashes', 'crashes', 'crash'],
  'broker-pause': ['all of the backplane pauses', 'pauses', 'stands still'],
};

const wordsOf = (kind: FaultPlan['kind']): Words | undefined => WORDS[kind as Plain];

/** A few words for the timeline and for sentences: `Server 2 crashes`. Targets have the names that people see. */
export function faultLabel(fault: FaultPlan): string {
  const { kind, target, between, direction, byMs = 0 } = fault;
  const words = wordsOf(kind);
  if (words !== undefined) return target === null ? words[0] : `${target} ${words[1]}`;
  switch (kind) {
    case 'link-change':
      return linkWords(fault.set ?? {})
        .map(({ label }) => label)
        .join(', ');
    case 'link-down':
      return `${target ?? 'all links'} ${direction && direction !== 'both' ? `cut ${direction}ward` : 'down'}`;
    case 'partition': {
      const arrow = direction === 'forth' ? '↛' : direction === 'back' ? '↚' : '↮';
      return `${between?.[0] ?? ''} ${arrow} ${between?.[1] ?? ''}`;
    }
    case 'clock-skew':
      return `clock of ${target ?? 'everybody'} ${skewWords(byMs)}`;
    case 'publish':
      return `typed “${fault.text ?? ''}”`;
    default: {
      const packet = `${(fault.nth ?? 1) === 1 ? 'the ' : ''}${packetName(fault)}`;
      return `${kind.slice('packet-'.length)} ${packet} ${wayOf(fault)}`;
    }
  }
}

const skewWords = (byMs: number): string => `${Math.abs(byMs)} ms ${byMs < 0 ? 'behind' : 'ahead'}`;

/** Whose packet: one to or from a client, or one from one place to another. */
function wayOf({ between, target, direction }: FaultPlan): string {
  const [from, to] = between ?? [];
  if (from !== undefined) return `from ${from} to ${to}`;
  return `${direction === 'up' ? 'from' : 'to'} ${target ?? 'each client'}`;
}

/** What a fault is called in a list: `SSE: burst of loss, 30 %`. @param titleOf the name of a target */
export function faultTitle(fault: FaultPlan, titleOf: (target: string) => string): string {
  const { kind, target, between } = fault;
  const [, , ofAll, ofOne = ofAll] = wordsOf(kind) ?? [];
  const what = (target === null ? ofAll : ofOne) ?? entryOf(fault, titleOf);
  if (between !== undefined && kind !== 'partition')
    return `${between.map((name) => capital(titleOf(name))).join(' → ')}: ${what}`;
  return target === null ? capital(what) : `${titleOf(target)}: ${what}`;
}

function entryOf(fault: FaultPlan, titleOf: (target: string) => string): string {
  const { kind, direction, between = [], byMs = 0 } = fault;
  switch (kind) {
    case 'link-change':
      return changes(fault.set ?? {}, fault.forMs !== null);
    case 'link-down':
      return direction === 'up' || direction === 'down' ? `link cut ${direction}ward` : 'link cut';
    case 'partition':
      return partedWords(between.map(titleOf), direction);
    case 'clock-skew':
      return `clock ${skewWords(byMs)}`;
    case 'publish':
      return `types “${(fault.text ?? '').slice(0, 12)}”`;
    default: {
      // One of any kind is one that was pointed at.
      const pointedAt = fault.packet === 'any' && (fault.nth ?? 1) === 1;
      const late = kind === 'packet-delay' ? ` by ${byMs} ms` : '';
      return `${kind.slice('packet-'.length)} ${pointedAt ? 'this packet' : packetName(fault)}${late}`;
    }
  }
}

function changes(set: NonNullable<FaultPlan['set']>, forAWhile: boolean): string {
  const parts = linkWords(set).map(({ option, title }) =>
    option === 'lossPct' && forAWhile ? `burst of loss, ${set.lossPct} %` : title,
  );
  return parts.join(', ');
}
