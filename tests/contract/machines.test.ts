import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, transition } from 'xstate';
import { BACKPLANES } from '../../src/backplanes/index.ts';
import { compileMachine, type MachineEvent } from '../../src/engine/machine/compile.ts';
import { Population } from '../../src/engine/machine/population.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import { randomStream } from '../../src/kernel/random.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';
import { cases } from '../effort.ts';
import { same } from '../holds.ts';

/** Fields that events of shipped machines may carry, each drawn from a small range so that guards go both ways. */
const FIELDS: Record<string, readonly number[]> = {
  status: [101, 200, 204, 503],
  code: [0, 1, 8, 9, 10],
  news: [0, 1, 3],
  first: [0, 1],
  cursor: [-1, 0, 7, 19],
  messages: [0, 1, 2],
  retryMs: [0, 500],
  message: [1, 2, 3],
  nextMs: [1, 1_000],
  durable: [0, 1],
  bytes: [0, 10_000_000, 40_000_000, 80_000_000],
  waitMs: [0, 10, 250],
  runMs: [0, 2],
  openMs: [0, 500],
};

const OF_TRANSPORTS: [string, AnyStateMachine, Record<string, number>][] = Object.entries(TRANSPORTS).flatMap(
  ([kind, plugin]) => {
    const options = Object.fromEntries(
      Object.entries(plugin.manifest.options).map(([name, spec]) => [name, spec.default]),
    );
    const reconnect = {
      kind: 'exponential',
      baseMs: 1000,
      maxMs: 30000,
      factor: 2,
      jitter: 'decorrelated',
      maxAttempts: 5,
    } as const;
    return [
      [`${kind} client`, plugin.client.machine, plugin.client.context(options, reconnect)],
      [`${kind} server`, plugin.server.machine, plugin.server.context(options)],
    ] as [string, AnyStateMachine, Record<string, number>][];
  },
);

const SHIPPED = [
  ...OF_TRANSPORTS,
  ...Object.entries(BACKPLANES).flatMap(([kind, { roles }]) =>
    Object.entries(roles).map(([role, { machine }]): (typeof OF_TRANSPORTS)[number] => [
      `${kind} ${role}`,
      machine,
      {},
    ]),
  ),
];

/** The state of a snapshot as a path: `open.idle`. */
const pathOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (Object.entries(value as object).map(([key, inner]) => `${key}.${pathOf(inner)}`)[0] ?? '');

/** Runs both interpreters over the same random events and compares everything that can be seen of them. */
function compare(machine: AnyStateMachine, context: Record<string, number>, events: number, seed: number) {
  const compiled = compileMachine(machine);
  const luck = randomStream(seed, machine.id);
  const seen = new Set<string>();
  let effects: unknown[] = [];
  let starts: unknown[] = [];
  const pending = { ours: new Set<string>(), theirs: new Set<string>() };
  const population = new Population(compiled, new Kernel(), {
    effect: (_, name, params) => effects.push([name, params]),
    timed: (_, timer, delayUs) => {
      const { event } = compiled.timers[timer] as { event: string };
      if (delayUs < 0) pending.ours.delete(event);
      else {
        pending.ours.add(event);
        starts.push([event, delayUs]);
      }
      return 0;
    },
  });
  const instance = population.add(context);
  let snapshot = machine.resolveState({
    value: population.state(instance),
    context: { ...compiled.initialContext, ...context },
  } as never);
  for (let i = 0; i < events; i++) {
    const timers = [...pending.ours];
    const pool = [...compiled.events.filter((type) => !type.startsWith('xstate.')), ...timers, ...timers];
    const type = pool[luck.integer(pool.length)] as string;
    const event: MachineEvent = { type, atUs: 0, random: luck.uniform() };
    for (const [field, values] of Object.entries(FIELDS))
      event[field] = values[luck.integer(values.length)] as number;
    for (const set of Object.values(pending)) set.delete(type);
    effects = [];
    starts = [];
    population.send(instance, event);
    const [next, actions] = transition(machine, snapshot, event);
    snapshot = next as typeof snapshot;
    const theirs = { effects: [] as unknown[], starts: [] as unknown[] };
    for (const { type: action, params } of actions as unknown as {
      type: string;
      params: Record<string, unknown>;
    }[]) {
      if (action === 'xstate.cancel') pending.theirs.delete(params.sendId as string);
      else if (action !== 'xstate.raise') theirs.effects.push([action, params]);
      else if (params.delay !== Number.POSITIVE_INFINITY) {
        pending.theirs.add((params.event as { type: string }).type);
        theirs.starts.push([
          (params.event as { type: string }).type,
          Math.max(0, Math.round((params.delay as number) * 1000)),
        ]);
      }
    }
    const what = () => `${type} as event ${i} of seed ${seed}`;
    same(population.state(instance), pathOf(snapshot.value), what);
    for (const key of compiled.contextKeys)
      same(population.context(instance, key), (snapshot.context as Record<string, number>)[key], what);
    same(effects, theirs.effects, what);
    same(starts, theirs.starts, what);
    same([...pending.ours].sort(), [...pending.theirs].sort(), what);
    seen.add(population.state(instance));
    // A final state would be the end of the test, so the machine begins anew.
    if (snapshot.status === 'done') return { seen, done: i };
  }
  return { seen, done: events };
}

describe.each(SHIPPED)('%s', (_, machine, context) => {
  it('does exactly what XState does, event by event, and reaches every state', () => {
    const seen = new Set<string>();
    const { leaves, initial } = compileMachine(machine);
    const heartbeat = ['awaiting pong', 'dropped'];
    const neverPings = context.pingIntervalMs === Number.POSITIVE_INFINITY;
    const unreached = () =>
      leaves
        .filter((leaf, index) => !seen.has(leaf) && index !== initial.leaf)
        .filter((leaf) => !(neverPings && heartbeat.some((word) => leaf.includes(word))))
        .filter((leaf) => !(context.fixedRate === 1 && leaf.startsWith('paced')));
    // A quick check is over earlier if it has been everywhere.
    const [least, most] = [cases(2000, 150), cases(2000, 1000)];
    for (let sent = 0, seed = 1; sent < least || (sent < most && unreached().length > 0); seed++) {
      const { seen: reached, done } = compare(machine, context, Math.min(most - sent, 200), seed);
      for (const state of reached) seen.add(state);
      sent += done + 1;
    }
    expect(unreached()).toEqual([]);
  });
});
