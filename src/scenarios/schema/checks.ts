import type { FaultPlan, Plan } from '../../engine/contract/plan.ts';
import { metricProblem, metricScope } from '../metrics.ts';
import { costProblems } from './cost.ts';
import { FAULT_TARGETS } from './fault-options.ts';
import { plainNumber, SERVER_NAME } from './fields.ts';
import { LIMITS } from './limits.ts';
import { hint, type Problem, pathText, show } from './problems.ts';

/** What the parts of a scenario have to say about each other: names, targets, metrics, and what it all costs. */
export function check(plan: Plan): Problem[] {
  return [
    ...duplicates(plan.publishers, 'publishers'),
    ...duplicates(plan.clients, 'clients'),
    ...plan.clients.flatMap(groupProblems),
    ...clientCount(plan),
    ...plan.faults.flatMap((fault, index) => faultProblems(plan, fault, index)),
    ...plan.expect.flatMap((_, index) => expectProblems(plan, index)),
    ...costProblems(plan),
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

function faultProblems(plan: Plan, fault: FaultPlan, index: number): Problem[] {
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
  if (fault.target !== null) {
    const message = targetProblem(plan, fault.kind, fault.target);
    if (message !== null) problems.push(at('target', message));
  }
  if (fault.set !== undefined && Object.keys(fault.set).length === 0) {
    problems.push(at('set', 'expected at least one option of the link, got none'));
  }
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

/** A target is a group, `group/N` from 1, or `server-N`. @returns what is wrong with it, or null */
function targetProblem(plan: Plan, kind: FaultPlan['kind'], target: string): string | null {
  const wants = FAULT_TARGETS[kind];
  const groups = plan.clients.map((group) => group.name);
  if (SERVER_NAME.test(target)) {
    const number = Number(target.slice('server-'.length));
    if (String(number) !== target.slice('server-'.length) || number < 1 || number > plan.servers.count) {
      return `unknown target ${show(target)}: expected server-1${plan.servers.count === 1 ? '' : ` to server-${plan.servers.count}`}`;
    }
    // A server stands for all links to it.
    return wants === 'servers' || wants === 'links'
      ? null
      : `expected a client group or one of its clients, got the server ${show(target)}`;
  }
  const [name = '', number, ...rest] = target.split('/');
  const group = plan.clients.find((candidate) => candidate.name === name);
  const known =
    group !== undefined && rest.length === 0 && (number === undefined || isNumberOf(number, group.count));
  if (!known) {
    const clients = `${groups.join(', ')}, or a client such as ${groups[0]}/1`;
    return `unknown target ${show(target)}${hint(target, groups)}: expected ${wants === 'servers' ? 'server-1' : clients}`;
  }
  return wants !== 'servers' ? null : `expected a server, got the clients ${show(target)}`;
}

const isNumberOf = (text: string, count: number) => /^[1-9]\d{0,6}$/.test(text) && Number(text) <= count;

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
