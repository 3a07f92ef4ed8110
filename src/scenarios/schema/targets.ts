import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import type { FaultPlan, Plan } from '../../engine/contract/plan.ts';
import { layoutOf } from '../../engine/layout.ts';
import { BALANCER, linksBetween, PLACE_GROUPS } from '../../engine/targets.ts';
import { FAULT_TARGETS } from './fault-options.ts';
import { SERVER_NAME } from './fields.ts';
import { hint, type Problem, show } from './problems.ts';

const servers = (count: number) => `server-1${count === 1 ? '' : ` to server-${count}`}`;

/**
 * What is wrong with a fault's target: a group, `group/N` from 1, `server-N`, a node of the backplane, or a publisher
 * beside the servers. @returns null if nothing is
 */
export function targetProblem(
  plan: Plan,
  backplane: BackplaneManifest,
  kind: FaultPlan['kind'],
  target: string,
): string | null {
  const wants = FAULT_TARGETS[kind];
  const { count } = plan.servers;
  if (wants === 'nodes' || wants === 'places') return placeProblem(plan, backplane, wants, target);
  if (SERVER_NAME.test(target)) {
    const number = Number(target.slice('server-'.length));
    if (String(number) !== target.slice('server-'.length) || number < 1 || number > count) {
      return `unknown target ${show(target)}: expected ${servers(count)}`;
    }
    // A server stands for all links to it.
    return wants === 'servers' || wants === 'links'
      ? null
      : `expected a client group or one of its clients, got the server ${show(target)}`;
  }
  const places = wants === 'links' ? layoutOf(plan, backplane).places.map(({ name }) => name) : [];
  if (places.includes(target)) return null;
  if (!isClient(plan, target)) {
    const groups = plan.clients.map((group) => group.name);
    const known = [...groups, ...places.filter((name) => !groups.includes(name))];
    const expected =
      wants === 'servers' ? servers(count) : `${some(known)}, or a client such as ${groups[0]}/1`;
    return `unknown target ${show(target)}${hint(target, known)}: expected ${expected}`;
  }
  return wants !== 'servers' ? null : `expected a server, got the clients ${show(target)}`;
}

function placeProblem(
  plan: Plan,
  backplane: BackplaneManifest,
  wants: 'nodes' | 'places',
  target: string,
): string | null {
  const { places } = layoutOf(plan, backplane);
  const known = places.filter(({ kind }) => wants === 'places' || kind === 'node').map(({ name }) => name);
  if (known.includes(target)) return null;
  return `unknown target ${show(target)}${hint(target, known)}: expected ${some(known)}`;
}

/**
 * The problems of the two ends of a partition, or of a packet's way: each has to be somebody, and there has to be a link
 * between them.
 */
export function betweenProblems(
  plan: Plan,
  backplane: BackplaneManifest,
  { between = [] }: FaultPlan,
  path: string,
): Problem[] {
  const layout = layoutOf(plan, backplane);
  const balanced = plan.edge.loadBalancer !== null;
  const known = [
    ...layout.places.map(({ name }) => name),
    ...Object.keys(PLACE_GROUPS),
    ...(balanced ? [BALANCER] : []),
  ];
  const unknown = between.flatMap((name, end) =>
    known.includes(name)
      ? []
      : [
          {
            path: `${path}[${end}]`,
            message: `unknown place ${show(name)}${hint(name, known)}: expected ${some(known)}`,
          },
        ],
  );
  if (unknown.length > 0) return unknown;
  if (linksBetween(layout, between).length > 0) return [];
  const message = between.includes(BALANCER)
    ? `expected a server besides the load balancer, got ${between.map(show).join(' and ')}`
    : `expected two ends that the backplane ${show(plan.backplane.kind)} links, got ${between.map(show).join(' and ')}`;
  return [{ path, message }];
}

/** Whether a name is that of a group, or of one of its clients. */
export function isClient(plan: Plan, target: string): boolean {
  const [name = '', number, ...rest] = target.split('/');
  const group = plan.clients.find((candidate) => candidate.name === name);
  if (group === undefined || rest.length > 0) return false;
  return number === undefined || (/^[1-9]\d{0,6}$/.test(number) && Number(number) <= group.count);
}

/** A list for people, not too long. */
const some = (names: readonly string[]) =>
  names.length <= 8 ? names.join(', ') : `${names.slice(0, 7).join(', ')} …`;
