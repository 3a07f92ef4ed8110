import type { Plan } from '../engine/contract/plan.ts';
import { REPORT_SECTIONS, SUMMARY_NUMBERS } from './report-fields.ts';
import { nearest } from './schema/problems.ts';

const under = (prefix: string, keys: readonly string[]) => keys.map((key) => `${prefix}.${key}`);

const QUANTILES = Array.from({ length: 101 }, (_, percent) => `quantiles.${percent}`);

/** The numbers of an object of the report, those of the objects in it included, but for its servers'. */
function keysOf(place: string): string[] {
  return REPORT_SECTIONS.flatMap(([path, , numbers]) => {
    const keys = [...Object.keys(numbers), ...(numbers === SUMMARY_NUMBERS ? QUANTILES : [])];
    if (path === place) return keys;
    const within = path.startsWith(`${place}.`) ? path.slice(place.length + 1) : 'servers';
    return within.startsWith('servers') ? [] : under(within, keys);
  });
}

const GROUP = keysOf('groups.GROUP');
const TOTALS = [
  ...keysOf('totals'),
  ...['deliveries', 'setupMs', 'wire'].flatMap((part) => under(part, keysOf(`groups.GROUP.${part}`))),
];
const SERVER = keysOf('servers.SERVER');
const BALANCER = keysOf('loadBalancer');
const BALANCED_SERVER = keysOf('loadBalancer.servers.SERVER');
const PROXY = keysOf('proxy');
const BACKPLANE = keysOf('backplane');
const TOPICS = keysOf('topics');
const ENGINE = keysOf('engine');
const serversUnder = (prefix: string, count: number, keys: readonly string[]) =>
  Array.from({ length: count }, (_, index) => under(`${prefix}.server-${index + 1}`, keys)).flat();

/** What a metric path can be about: names of the groups, and how many servers there are. */
export interface MetricScope {
  groups: readonly string[];
  servers: number;
  /** Whether there is a load balancer, and a proxy. */
  balanced: boolean;
  proxied: boolean;
}

export function metricScope(plan: Pick<Plan, 'clients' | 'servers' | 'edge'>): MetricScope {
  return {
    groups: plan.clients.map((group) => group.name),
    servers: plan.servers.count,
    balanced: plan.edge.loadBalancer !== null,
    proxied: plan.edge.proxy !== null,
  };
}

/**
 * Every path into the report of a scenario that leads to a number (or to null, where there is no sample), in the
 * report's order. `engine.wallMs` is left out: it is no result.
 */
export function metricPaths(scope: MetricScope): string[] {
  return [
    ...scope.groups.flatMap((name) => under(`groups.${name}`, GROUP)),
    ...under('totals', TOTALS),
    ...serversUnder('servers', scope.servers, SERVER),
    ...(scope.balanced ? balancerPaths(scope).map((path) => `loadBalancer.${path}`) : []),
    ...(scope.proxied ? under('proxy', PROXY) : []),
    ...under('backplane', BACKPLANE),
    ...under('topics', TOPICS),
    ...under('engine', ENGINE),
  ];
}

const balancerPaths = ({ servers }: MetricScope) => [
  ...BALANCER,
  ...serversUnder('servers', servers, BALANCED_SERVER),
];

/** `quantiles[50]` is `quantiles.50`. */
const normal = (path: string) => path.replace(/\[(\d+)\]/g, '.$1');

/**
 * Tells whether a report of this scenario has such a number.
 * @returns null if it has, else what is wrong with the path
 */
export function metricProblem(path: string, scope: MetricScope): string | null {
  const [area, ...rest] = normal(path).split('.');
  const known = (keys: readonly string[], parts: readonly string[], prefix: string) =>
    keys.includes(parts.join('.')) ? null : `${prefix} has no such number; ${offer(keys, parts.join('.'))}`;
  switch (area) {
    case 'groups': {
      const [name = '', ...parts] = rest;
      if (!scope.groups.includes(name))
        return `no client group has this name; there are ${scope.groups.join(', ')}`;
      return known(GROUP, parts, 'a group');
    }
    case 'totals':
      return known(TOTALS, rest, 'totals');
    case 'servers': {
      const [name = '', ...parts] = rest;
      const index = /^server-([1-9]\d*)$/.exec(name)?.[1];
      if (index === undefined || Number(index) > scope.servers) {
        return `no server has this name; there ${scope.servers === 1 ? 'is' : 'are'} server-1${scope.servers === 1 ? '' : ` to server-${scope.servers}`}`;
      }
      return known(SERVER, parts, 'a server');
    }
    case 'loadBalancer':
      if (!scope.balanced) return 'the edge has no load balancer';
      return known(balancerPaths(scope), rest, 'the load balancer');
    case 'proxy':
      return scope.proxied ? known(PROXY, rest, 'the proxy') : 'the edge has no proxy';
    case 'topics':
      return known(TOPICS, rest, 'topics');
    case 'backplane':
      return known(BACKPLANE, rest, 'the backplane');
    case 'engine':
      if (rest.join('.') === 'wallMs') return 'engine.wallMs differs from run to run and is no result';
      return known(ENGINE, rest, 'engine');
    default:
      return 'it starts with groups, totals, servers, loadBalancer, proxy, backplane, topics or engine';
  }
}

/** What to say instead of an unknown key: the nearest one, or the first parts of all. */
function offer(keys: readonly string[], wrong: string): string {
  const guess = nearest(wrong, keys);
  if (guess !== null) return `did you mean ${guess}?`;
  const first = new Set(keys.map((key) => (key.includes('.') ? `${key.split('.')[0]}.…` : key)));
  return `it has ${[...first].join(', ')}`;
}

/**
 * Follows a path into a report, through own properties only.
 * @returns the number there, or null if there is none (no samples, or no such place)
 */
export function metricValue(report: object, path: string): number | null {
  let value: unknown = report;
  for (const key of normal(path).split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
