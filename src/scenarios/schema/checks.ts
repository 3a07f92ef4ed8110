import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import type { FaultPlan, Plan } from '../../engine/contract/plan.ts';
import { BALANCER, PLACE_GROUPS } from '../../engine/targets.ts';
import { metricProblem, metricScope } from '../metrics.ts';
import { costProblems } from './cost.ts';
import { FAULT_TARGETS } from './fault-options.ts';
import { plainNumber } from './fields.ts';
import { LIMITS } from './limits.ts';
import { hint, type Problem, pathText, show } from './problems.ts';
import { betweenProblems, isClient, targetProblem } from './targets.ts';

/** What the parts of a scenario have to say about each other: names, targets, metrics, and what it all costs. */
export function check(plan: Plan, backplane: BackplaneManifest): Problem[] {
  return [
    ...duplicates(plan.publishers, 'publishers'),
    ...duplicates(plan.clients, 'clients'),
    ...plan.publishers.flatMap((_, index) => publisherProblems(plan, backplane, index)),
    ...plan.clients.flatMap(groupProblems),
    ...clientCount(plan),
    ...plan.faults.flatMap((fault, index) => faultProblems(plan, backplane, fault, index)),
    ...plan.expect.flatMap((_, index) => expectProblems(plan, index)),
    ...costProblems(plan, backplane),
  ];
}

function duplicates(items: readonly { name: string }[], list: string): Problem[] {
  const first = new Map<string, number>();
  return items.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    const message = `expected a name of its own, got ${show(name)}, which ${list}[${earlier}] has`;
    return [{ path: `${list}[${index}].name`, message }];
  });
}

/** A publisher beside the servers must not be taken for a node; one that is a client has to be there. */
function publisherProblems(plan: Plan, backplane: BackplaneManifest, index: number): Problem[] {
  const { name, client } = plan.publishers[index] as Plan['publishers'][number];
  const at = (key: string, message: string) => [{ path: `publishers[${index}].${key}`, message }];
  if (client !== null) {
    if (isClient(plan, client)) return [];
    const groups = plan.clients.map((group) => group.name);
    const such = `${groups.join(', ')}, or a client such as ${groups[0]}/1`;
    return at('client', `unknown client ${show(client)}${hint(client, groups)}: expected ${such}`);
  }
  const taken = [
    ...backplane.nodes(plan.backplane).map((node) => node.name),
    ...Object.keys(PLACE_GROUPS),
    ...(plan.edge.loadBalancer === null ? [] : [BALANCER]),
  ];
  if (!taken.includes(name)) return [];
  return at('name', `expected a name other than ${show(name)}, which the datacenter has already`);
}

function groupProblems(group: Plan['clients'][number], index: number): Problem[] {
  const twice = group.rooms.findIndex((room, at) => group.rooms.indexOf(room) !== at);
  if (twice < 0) return [];
  const message = `expected each room once, got ${show(group.rooms[twice])} twice`;
  return [{ path: `clients[${index}].rooms[${twice}]`, message }];
}

function clientCount(plan: Plan): Problem[] {
  const clients = plan.clients.reduce((sum, group) => sum + group.count, 0);
  if (clients <= LIMITS.clients) return [];
  const limit = plainNumber(LIMITS.clients);
  return [
    { path: 'clients', message: `expected at most ${limit} clients in all, got ${plainNumber(clients)}` },
  ];
}

function faultProblems(plan: Plan, backplane: BackplaneManifest, fault: FaultPlan, index: number): Problem[] {
  const at = (key: string, message: string): Problem => ({ path: pathText(['faults', index, key]), message });
  const problems: Problem[] = [];
  const endMs = plan.durationMs + plan.settleMs;
  if (fault.atMs > endMs) {
    problems.push(
      at(
        'atMs',
        `expected at most ${endMs} ms, the end of the run (durationMs + settleMs), got ${fault.atMs}`,
      ),
    );
  }
  const nodeless = FAULT_TARGETS[fault.kind] === 'nodes' && backplane.nodes(plan.backplane).length === 0;
  if (nodeless) problems.push(at('kind', nodesExpected(plan, fault)));
  else if (fault.target !== null) {
    const message = targetProblem(plan, backplane, fault.kind, fault.target);
    if (message !== null) problems.push(at('target', message));
  }
  if (fault.between !== undefined) {
    problems.push(...betweenProblems(plan, backplane, fault, `faults[${index}].between`));
    if (fault.target !== null) problems.push(at('target', 'expected target or between, got both'));
    if (fault.kind !== 'partition' && fault.direction !== undefined)
      problems.push(
        at('direction', 'expected none with between, whose first end sends and whose second receives'),
      );
  }
  if (fault.set !== undefined && Object.keys(fault.set).length === 0) {
    problems.push(at('set', 'expected at least one option of the link, got none'));
  }
  if (fault.kind.startsWith('load-balancer-') && plan.edge.loadBalancer === null)
    problems.push(at('kind', `expected edge.loadBalancer to be one, as ${show(fault.kind)} needs one`));
  if (fault.kind === 'publish') {
    const names = plan.publishers.map((publisher) => publisher.name);
    if (names.length === 0)
      problems.push(at('kind', 'expected at least one publisher, as somebody has to publish'));
    else if (fault.publisher !== undefined && !names.includes(fault.publisher)) {
      problems.push(
        at('publisher', `unknown publisher ${show(fault.publisher)}${hint(fault.publisher, names)}`),
      );
    }
  }
  return problems;
}

const nodesExpected = (plan: Plan, { kind }: FaultPlan): string =>
  `expected backplane.kind to be one with nodes, as ${show(kind)} needs one, got ${show(plan.backplane.kind)}`;

function expectProblems(plan: Plan, index: number): Problem[] {
  const { metric, min, max } = plan.expect[index] as Plan['expect'][number];
  const problem = metricProblem(metric, metricScope(plan));
  if (problem !== null) {
    return [
      {
        path: `expect[${index}].metric`,
        message: `expected a number of the report, got ${show(metric)}: ${problem}`,
      },
    ];
  }
  if (min === null && max === null) {
    return [{ path: `expect[${index}]`, message: 'expected min or max or both, got neither' }];
  }
  if (min !== null && max !== null && min > max) {
    return [{ path: `expect[${index}]`, message: `expected min to be at most max, got ${min} and ${max}` }];
  }
  return [];
}
