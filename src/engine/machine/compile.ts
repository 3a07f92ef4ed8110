import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** An event as machines see it: numbers only, besides its type. `atUs` is the time; the engine adds it. */
export interface MachineEvent {
  type: string;
  atUs: number;
  [field: string]: number | string;
}

type Scope = { context: Record<string, number>; event: MachineEvent };
type Definition = NonNullable<AnyStateNode['always']>[number];
type Fn = (scope: Scope, params?: unknown) => unknown;

/** One thing that a transition does, in order. */
export type Step =
  | { do: 'assign'; columns: number[]; values: (Fn | number)[] }
  | { do: 'effect'; name: string; params: Fn | undefined; fixed: unknown }
  | { do: 'start'; timer: number }
  | { do: 'stop'; timer: number };

/** One way out of a leaf on an event: taken if the guard lets it. */
export interface Way {
  guard: Fn | null;
  guardParams: unknown;
  steps: Step[];
  /** Leaf that it ends in. */
  leaf: number;
}

export interface Timer {
  /** The delay's name in `setup()`, or its milliseconds. */
  name: string;
  /** Type of the event that it becomes. */
  event: string;
  delayMs: Fn | number;
}

/** A machine as integer tables. Leaves are its atomic states, named by their path (`open.idle`). */
export interface CompiledMachine {
  machine: AnyStateMachine;
  leaves: string[];
  events: string[];
  eventNumber: Map<string, number>;
  timers: Timer[];
  contextKeys: string[];
  initialContext: Record<string, number>;
  initial: { steps: Step[]; leaf: number };
  /** ways[leaf · events + event]: what to try, in order. */
  ways: (Way[] | null)[];
  /** Per leaf: ways to try without an event. */
  always: (Way[] | null)[];
  final: boolean[];
}

const compiledOf = new WeakMap<AnyStateMachine, CompiledMachine>();

/**
 * Compiles an XState machine, once, into tables that do the same as its `transition()`, some fifty times faster.
 *
 * The price is a discipline, and a machine that breaks it is refused with a sentence: atomic, compound and final states
 * only; a flat context of numbers; named guards, actions and delays; effects as named custom actions; time by `after`
 * alone. `tests/contract/machines.test.ts` compares each shipped machine with XState itself on random events.
 */
export function compileMachine(machine: AnyStateMachine): CompiledMachine {
  let compiled = compiledOf.get(machine);
  if (compiled === undefined) {
    compiled = compile(machine);
    compiledOf.set(machine, compiled);
  }
  return compiled;
}

function compile(machine: AnyStateMachine): CompiledMachine {
  const nodes = nodesOf(machine.root);
  for (const node of nodes) {
    if (node.type === 'parallel' || node.type === 'history') throw refusal(node, `${node.type} states`);
    if (node.invoke.length > 0) throw refusal(node, 'invoked actors');
  }
  const leafNodes = nodes.filter((node) => node.type === 'atomic' || node.type === 'final');
  const timers = timersOf(machine, nodes);
  const events = [...new Set(nodes.flatMap((node) => [...node.transitions.keys()]))].filter(
    (type) => type !== '*',
  );
  const initialContext = contextOf(machine);
  const compiler = new Compiler(machine, leafNodes, timers, Object.keys(initialContext));
  return {
    machine,
    leaves: leafNodes.map((node) => node.path.join('.')),
    events,
    eventNumber: new Map(events.map((type, index) => [type, index])),
    timers,
    contextKeys: Object.keys(initialContext),
    initialContext,
    initial: compiler.entering(null, machine.root, machine.root, true, []),
    ways: leafNodes.flatMap((leaf) => events.map((type) => compiler.waysOn(leaf, type))),
    always: leafNodes.map((leaf) => compiler.waysAlways(leaf)),
    final: leafNodes.map((leaf) => leaf.type === 'final'),
  };
}

function contextOf(machine: AnyStateMachine): Record<string, number> {
  const { context } = machine.config as { context?: unknown };
  const value = (
    typeof context === 'function' ? context({ input: undefined, spawn: undefined }) : (context ?? {})
  ) as object;
  for (const [key, initial] of Object.entries(value)) {
    if (typeof initial !== 'number') throw new Error(`${machine.id}: context.${key} must be a number`);
  }
  return value as Record<string, number>;
}

function timersOf(machine: AnyStateMachine, nodes: AnyStateNode[]): Timer[] {
  return nodes.flatMap((node) => {
    const seen = new Set<string>();
    return node.after
      .filter(({ eventType }) => !seen.has(eventType) && seen.add(eventType))
      .map(({ delay, eventType }) => {
        if (typeof delay === 'number') return { name: `${delay} ms`, event: eventType, delayMs: delay };
        const value = typeof delay === 'string' ? machine.implementations.delays[delay] : undefined;
        if (value === undefined) throw refusal(node, 'a delay that is not named in setup()');
        return { name: delay as string, event: eventType, delayMs: value as Fn | number };
      });
  });
}

class Compiler {
  readonly #leafNumber: Map<AnyStateNode, number>;

  constructor(
    readonly machine: AnyStateMachine,
    leaves: AnyStateNode[],
    readonly timers: Timer[],
    readonly keys: string[],
  ) {
    this.#leafNumber = new Map(leaves.map((node, index) => [node, index]));
  }

  /** What a leaf does on an event: the innermost state that knows it decides first; `*` stands in per state. */
  waysOn(leaf: AnyStateNode, type: string): Way[] | null {
    const ways = chain(leaf).flatMap((node) =>
      (node.transitions.get(type) ?? node.transitions.get('*') ?? []).map((way) => this.#way(leaf, way)),
    );
    return ways.length > 0 ? ways : null;
  }

  waysAlways(leaf: AnyStateNode): Way[] | null {
    const ways = chain(leaf).flatMap((node) => (node.always ?? []).map((way) => this.#way(leaf, way)));
    return ways.length > 0 ? ways : null;
  }

  #way(leaf: AnyStateNode, definition: Definition): Way {
    const { guard, target, source, reenter } = definition;
    const actions = definition.actions.map((action: unknown) => this.#step(source, action));
    const [fn, params] = this.#guard(source, guard);
    const goal = target?.[0];
    if (goal === undefined)
      return { guard: fn, guardParams: params, steps: actions, leaf: this.#number(leaf) };
    return { guard: fn, guardParams: params, ...this.entering(leaf, source, goal, reenter, actions) };
  }

  /** Exits, actions and entries of a transition, as XState orders them (SCXML's algorithm). */
  entering(
    leaf: AnyStateNode | null,
    source: AnyStateNode,
    goal: AnyStateNode,
    reenter: boolean,
    actions: Step[],
  ) {
    const inside = goal === source || chain(goal).includes(source);
    const domain = leaf === null ? null : !reenter && inside ? source : commonAncestor(source, goal);
    const exits = leaf === null ? [] : chain(leaf).filter((node) => node !== domain && isBelow(node, domain));
    const entered: AnyStateNode[] = [];
    for (const node of chain(goal).reverse())
      if (node !== domain && isBelow(node, domain)) entered.push(node);
    let last = goal;
    while (last.type === 'compound') {
      const [next] = last.initial.target;
      entered.push(
        ...chain(next as AnyStateNode)
          .filter((node) => isBelow(node, last) && node !== last)
          .reverse(),
      );
      last = next as AnyStateNode;
    }
    const steps = [
      ...exits.flatMap((node) => node.exit.map((action: unknown) => this.#step(node, action))),
      ...actions,
      ...entered.flatMap((node) => node.entry.map((action: unknown) => this.#step(node, action))),
    ];
    return { steps, leaf: this.#number(last) };
  }

  #number(leaf: AnyStateNode): number {
    return this.#leafNumber.get(leaf) as number;
  }

  #guard(node: AnyStateNode, guard: unknown): [Fn | null, unknown] {
    if (guard === undefined) return [null, undefined];
    const name = typeof guard === 'string' ? guard : (guard as { type?: string }).type;
    const fn = name === undefined ? undefined : this.machine.implementations.guards[name];
    if (typeof fn !== 'function' || 'check' in fn)
      throw refusal(node, 'a guard that is not named in setup()');
    return [fn as Fn, typeof guard === 'string' ? undefined : (guard as { params?: unknown }).params];
  }

  #step(node: AnyStateNode, action: unknown): Step {
    const named =
      typeof action === 'string' ? { type: action } : (action as { type: string; params?: unknown });
    const builtIn = action as { type: string; event?: { type: string }; sendId?: string };
    if (builtIn.type === 'xstate.raise' && builtIn.event?.type.startsWith('xstate.after.'))
      return { do: 'start', timer: this.#timer(builtIn.event.type) };
    if (builtIn.type === 'xstate.cancel') return { do: 'stop', timer: this.#timer(builtIn.sendId as string) };
    const implementation = this.machine.implementations.actions[named.type] as
      | (Fn & { type?: string })
      | undefined;
    if (implementation === undefined)
      throw refusal(node, `action ${named.type}, which is not named in setup()`);
    if (implementation.type === 'xstate.assign') {
      const { assignment } = implementation as unknown as { assignment: Record<string, Fn | number> | Fn };
      if (typeof assignment === 'function')
        throw refusal(node, `${named.type}: an assign that is not an object of values`);
      const columns = Object.keys(assignment).map((key) => this.keys.indexOf(key));
      if (columns.includes(-1))
        throw refusal(node, `${named.type}: an assign to what the context does not have`);
      return { do: 'assign', columns, values: Object.values(assignment) };
    }
    if (implementation.type !== undefined) throw refusal(node, `built-in action ${implementation.type}`);
    const isFunction = typeof named.params === 'function';
    return {
      do: 'effect',
      name: named.type,
      params: isFunction ? (named.params as Fn) : undefined,
      fixed: isFunction ? undefined : named.params,
    };
  }

  #timer(event: string): number {
    return this.timers.findIndex((timer) => timer.event === event);
  }
}

/** A state and everything in it, in document order. */
function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode))];
}

/** A state and its ancestors, innermost first. */
function chain(node: AnyStateNode): AnyStateNode[] {
  const nodes: AnyStateNode[] = [];
  for (let at: AnyStateNode | undefined = node; at !== undefined; at = at.parent) nodes.push(at);
  return nodes;
}

/** Whether a state lies under `domain`; everything lies under null. */
function isBelow(node: AnyStateNode, domain: AnyStateNode | null): boolean {
  return domain === null || chain(node).includes(domain);
}

/** The innermost state that holds both and is neither; null if one of them is the root. */
function commonAncestor(a: AnyStateNode, b: AnyStateNode): AnyStateNode | null {
  const others = chain(b).slice(1);
  return (
    chain(a)
      .slice(1)
      .find((node) => others.includes(node)) ?? null
  );
}

function refusal(node: AnyStateNode, what: string): Error {
  return new Error(
    `${node.machine.id}, state ${node.path.join('.') || '(root)'}: ${what} cannot be compiled`,
  );
}
