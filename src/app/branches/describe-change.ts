import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { FaultPlan, Plan, PublisherPlan } from '../../engine/contract/plan.ts';
import { faultTitle } from '../../engine/fault-words.ts';
import { linkWords } from '../../engine/link-words.ts';
import { capital } from '../../trace/names.ts';
import { backplaneTitle, groupTitle, targetTitles, transportTitle } from '../titles.ts';

/** How one scenario differs from another: in a few words, and from which moment on it can tell. */
export interface ChangeInWords {
  name: string;
  /** µs of virtual time; 0: from the start. */
  forkUs: number;
}

/** So many differences are named; the rest is counted. */
const MOST_NAMED = 2;

/** Says what was done to a scenario, from the two plans alone: a gesture that is yet to come needs no words here. */
export function describeChange(before: Plan, after: Plan): ChangeInWords {
  const faults = faultChanges(before, after);
  const whole = wholeChanges(before, after);
  const words = [...whole, ...faults.map(({ words }) => words)];
  const named = words.slice(0, MOST_NAMED).join(', ');
  const more = words.length > MOST_NAMED ? ` and ${words.length - MOST_NAMED} more` : '';
  const forkMs = whole.length > 0 || faults.length === 0 ? 0 : Math.min(...faults.map(({ atMs }) => atMs));
  return { name: words.length === 0 ? 'Changed' : `${named}${more}`, forkUs: Math.round(forkMs * 1000) };
}

const atSecond = (ms: number) => `${Number((ms / 1000).toFixed(ms < 10 ? 3 : 1))} s`;

/** `Loss 5 % from 3.2 s`, `SSE: link cut at 4 s`. */
function faultWords(plan: Plan, fault: FaultPlan): string {
  const title = faultTitle(fault, targetTitles(plan));
  const stays = fault.kind === 'link-change' && fault.forMs === null;
  return `${title} ${stays ? 'from' : 'at'} ${atSecond(fault.atMs)}`;
}

function faultChanges(before: Plan, after: Plan): { words: string; atMs: number }[] {
  // What befell a node of one backplane befalls one of the other: that is the same trouble.
  const moved = before.backplane.kind !== after.backplane.kind;
  const key = ({ target, between, ...fault }: FaultPlan) =>
    JSON.stringify(moved ? fault : { target, between, ...fault });
  const gone = before.faults.filter((fault) => !after.faults.some((other) => key(other) === key(fault)));
  const come = after.faults.filter((fault) => !before.faults.some((other) => key(other) === key(fault)));
  const result: { words: string; atMs: number }[] = [];
  for (const fault of come) {
    // One of the same kind that went away is this one, as it was before it was moved or changed.
    const old = gone.findIndex((other) => other.kind === fault.kind && other.target === fault.target);
    const [was] = old < 0 ? [undefined] : gone.splice(old, 1);
    result.push({
      words: faultWords(after, fault),
      atMs: Math.min(fault.atMs, was?.atMs ?? Number.POSITIVE_INFINITY),
    });
  }
  for (const fault of gone)
    result.push({ words: `Without ${lower(faultWords(before, fault))}`, atMs: fault.atMs });
  return result;
}

/** What holds for the whole run. */
function wholeChanges(before: Plan, after: Plan): string[] {
  const words: string[] = [];
  if (before.seed !== after.seed) words.push(`Seed ${after.seed}`);
  words.push(...groupChanges(before, after));
  if (before.edge.tls !== after.edge.tls)
    words.push(after.edge.tls === 'none' ? 'No TLS' : `TLS ${after.edge.tls}`);
  const { congestionControl } = after.network.tcp;
  if (before.network.tcp.congestionControl !== congestionControl) words.push(congestionControl.toUpperCase());
  words.push(...hopChanges(before, after));
  const [old, now] = [before.publishers[0], after.publishers[0]];
  if (old && now) words.push(...publisherChanges(old, now));
  if (words.length === 0 && !sameButFaults(before, after)) words.push('Other settings');
  return words;
}

/** The backplane or its options, how many servers, and what stands before them. */
function hopChanges(before: Plan, after: Plan): string[] {
  const words =
    before.backplane.kind === after.backplane.kind
      ? optionChanges(before.backplane, after.backplane)
      : [backplaneTitle(after.backplane.kind)];
  const { count } = after.servers;
  if (before.servers.count !== count) words.push(`${count} ${count === 1 ? 'server' : 'servers'}`);
  const [old, now] = [before.edge.loadBalancer, after.edge.loadBalancer];
  if (old?.kind !== now?.kind)
    words.push(now === null ? 'No load balancer' : `Load balancer at ${now.kind.replace('-', ' ')}`);
  else if (old !== null && now !== null)
    words.push(...optionChanges({ ...old }, { ...now }).map((option) => `Balancer: ${option}`));
  const [without, within] = [before.edge.proxy, after.edge.proxy];
  if (without === null || within === null) {
    if (without !== within) words.push(within === null ? 'No proxy' : 'Proxy on the way');
  } else words.push(...optionChanges({ ...without }, { ...within }).map((option) => `Proxy: ${option}`));
  return words;
}

function sameButFaults(before: Plan, after: Plan): boolean {
  const rest = (plan: Plan) => JSON.stringify({ ...plan, faults: [], expect: [] });
  return rest(before) === rest(after);
}

function groupChanges(before: Plan, after: Plan): string[] {
  const words: string[] = [];
  const old = new Map(before.clients.map((group) => [group.name, group]));
  const networks = new Map<string, string[]>();
  for (const group of after.clients) {
    const was = old.get(group.name);
    const title = groupTitle(after, group.name);
    if (was === undefined) {
      words.push(`With ${title}`);
      continue;
    }
    if (was.count !== group.count) words.push(`${group.count} × ${title}`);
    words.push(...optionChanges(was.transport, group.transport).map((option) => `${title}: ${option}`));
    words.push(
      ...optionChanges({ ...was.reconnect }, { ...group.reconnect }).map(
        (option) => `${title}: reconnect ${option}`,
      ),
    );
    for (const change of networkChanges(was.network, group.network)) {
      networks.set(change, [...(networks.get(change) ?? []), title]);
    }
  }
  for (const group of before.clients) {
    if (!after.clients.some(({ name }) => name === group.name))
      words.push(`Without ${groupTitle(before, group.name)}`);
  }
  for (const [change, titles] of networks) {
    words.push(titles.length === after.clients.length ? change : `${titles.join(', ')}: ${lower(change)}`);
  }
  return words;
}

/** The title of a change of a link is that of a fault that would do the same. */
function networkChanges(before: LinkOptions, after: LinkOptions): string[] {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(before[key as keyof LinkOptions]) !== JSON.stringify(value),
  );
  return linkWords(Object.fromEntries(changed)).map(({ title }) => capital(title));
}

function optionChanges(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  if (before.kind !== after.kind) return [transportTitle(String(after.kind))];
  return Object.keys(after)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => {
      const value = after[key];
      const inMs = key.endsWith('Ms') && typeof value === 'number';
      const name = (inMs ? key.slice(0, -2) : key).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
      return `${name} ${inMs ? `${value} ms` : value === null ? 'off' : String(value)}`;
    });
}

function publisherChanges(before: PublisherPlan, after: PublisherPlan): string[] {
  const words: string[] = [];
  if (JSON.stringify(before.arrivals) !== JSON.stringify(after.arrivals)) words.push(arrivalWords(after));
  if (before.bytes !== after.bytes) words.push(`${after.bytes} B a message`);
  return words;
}

function arrivalWords({ arrivals }: PublisherPlan): string {
  const figure = (value: number) => Number(value.toPrecision(3));
  switch (arrivals.kind) {
    case 'poisson':
      return `${figure(arrivals.perSecond)} updates/s, Poisson`;
    case 'periodic':
      return `${figure(1000 / arrivals.everyMs)} updates/s, periodic`;
    case 'burst':
      return `bursts of ${arrivals.size}, ${figure((1000 / arrivals.everyMs) * arrivals.size)} updates/s`;
    case 'at':
      return 'updates at given moments';
  }
}

/** A sentence's beginning in its midst; what is an abbreviation or a name stays. */
const lower = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
