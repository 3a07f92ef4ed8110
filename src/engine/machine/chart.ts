import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { MachineChart } from '../../trace/header.ts';

const charts = new WeakMap<AnyStateMachine, MachineChart>();

/** A machine's shape as plain data, for drawing: states as paths, transitions with what triggers and guards them. */
export function chartOf(machine: AnyStateMachine): MachineChart {
  const chart = charts.get(machine) ?? read(machine);
  charts.set(machine, chart);
  return chart;
}

function read(machine: AnyStateMachine): MachineChart {
  const nodes = nodesOf(machine.root).slice(1);
  return {
    initial: firstLeaf(machine.root),
    states: nodes.map((node) => ({
      path: pathOf(node),
      parent: node.parent === undefined ? '' : pathOf(node.parent),
      kind: node.type === 'final' ? 'final' : node.type === 'compound' ? 'compound' : 'atomic',
      entry: node.entry.flatMap(actionName),
    })),
    transitions: nodes.flatMap((node) => [
      ...[...node.transitions.values()].flat().map((way) => transitionOf(node, way)),
      ...(node.always ?? []).map((way) => transitionOf(node, way)),
    ]),
  };
}

type Definition = NonNullable<AnyStateNode['always']>[number];

function transitionOf(node: AnyStateNode, way: Definition): MachineChart['transitions'][number] {
  const goal = way.target?.[0];
  const delay = node.after.find(({ eventType }) => eventType === way.eventType)?.delay;
  const guard =
    typeof way.guard === 'string' ? way.guard : ((way.guard as { type?: string } | undefined)?.type ?? '');
  return {
    from: pathOf(node),
    to: goal === undefined ? '' : pathOf(goal),
    event: delay === undefined ? way.eventType : '',
    after: delay === undefined ? '' : typeof delay === 'number' ? `${delay} ms` : String(delay),
    guard,
    actions: way.actions.flatMap(actionName),
  };
}

/** The name of an action; what XState itself does for `after` has none. */
function actionName(action: unknown): string[] {
  const name = typeof action === 'string' ? action : (action as { type: string }).type;
  return name.startsWith('xstate.') ? [] : [name];
}

function firstLeaf(node: AnyStateNode): string {
  let at = node;
  while (at.type === 'compound') at = at.initial.target[0] as AnyStateNode;
  return pathOf(at);
}

const pathOf = (node: AnyStateNode): string => node.path.join('.');

function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode))];
}
