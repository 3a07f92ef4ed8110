import type { HopPlace } from '../../pages/play/model.ts';
import { withBackplane } from '../../scenarios/another-backplane.ts';
import { setPath } from '../../scenarios/edit.ts';
import { type ScenarioInput, validate } from '../../scenarios/validate.ts';
import { removeFaults } from './faults.ts';

type Value = number | string | boolean | null;

/**
 * Another backplane, with its defaults, and what befell the nodes of the one before. Arrivals and luck stay what they are:
 * they have streams of their own.
 */
export function setBackplane(scenario: ScenarioInput, kind: string): ScenarioInput {
  if (scenario.backplane?.kind === kind) return scenario;
  return withoutLost(withBackplane(scenario, kind));
}

/** @param count how many servers there are to be */
export function setServers(scenario: ScenarioInput, count: number): ScenarioInput {
  return withoutLost({ ...scenario, servers: { ...scenario.servers, count } });
}

/** What messages are published to, with the usual options. */
export function setTopics(scenario: ScenarioInput, kind: 'room' | 'user' | 'cache'): ScenarioInput {
  return (scenario.topics?.kind ?? 'room') === kind ? scenario : { ...scenario, topics: { kind } };
}

/** @param kind of the load balancer; null: none */
export function setBalancer(scenario: ScenarioInput, kind: string | null): ScenarioInput {
  const { algorithm } = { algorithm: undefined, ...(scenario.edge?.loadBalancer ?? {}) } as {
    algorithm?: string;
  };
  const loadBalancer = kind === null ? null : { kind, ...(algorithm === undefined ? {} : { algorithm }) };
  return withoutLost({ ...scenario, edge: { ...scenario.edge, loadBalancer } } as ScenarioInput);
}

/** @param kind of the proxy; null: none */
export const setProxy = (scenario: ScenarioInput, kind: string | null): ScenarioInput =>
  withoutLost({ ...scenario, edge: { ...scenario.edge, proxy: kind && { kind } } } as ScenarioInput);

/** Where the file has what has options. */
const PATHS = {
  backplane: 'backplane',
  topics: 'topics',
  servers: 'servers',
  balancer: 'edge.loadBalancer',
  proxy: 'edge.proxy',
} as const satisfies Record<HopPlace, string>;

/**
 * Sets an option of the backplane, the topics, the servers, the load balancer or the proxy that the scenario has.
 * @param key as in the file, below the place: `lingerMs`, `snapshot.bytes`
 */
export function setHopOption(
  scenario: ScenarioInput,
  place: HopPlace,
  key: string,
  value: Value,
): ScenarioInput {
  const set = setPath(scenario, `${PATHS[place]}.${key}`, value);
  return set.ok ? withoutLost(set.input) : scenario;
}

/** Faults and expectations about processes that are no longer there go with them. */
function withoutLost(scenario: ScenarioInput): ScenarioInput {
  const validation = validate(scenario);
  if (validation.ok) return scenario;
  const indexes = (list: string) =>
    validation.problems.flatMap(({ path }) => {
      const [, number] = new RegExp(`^${list}\\[(\\d+)\\]`).exec(path) ?? [];
      return number === undefined ? [] : [Number(number)];
    });
  const [faults, expectations] = [indexes('faults'), indexes('expect')];
  const kept = faults.length === 0 ? scenario : removeFaults(scenario, faults);
  if (expectations.length === 0) return kept;
  return { ...kept, expect: (kept.expect ?? []).filter((_, index) => !expectations.includes(index)) };
}
