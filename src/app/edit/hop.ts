import type { HopPlace } from '../../pages/play/model.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { rulesNow } from '../rules.ts';
import { removeFaults } from './faults.ts';

type Value = number | string | boolean | null;

/** Another backplane, with its defaults. Arrivals and luck stay what they are: they have streams of their own. */
export function setBackplane(scenario: ScenarioInput, kind: string): ScenarioInput {
  if (scenario.backplane?.kind === kind) return scenario;
  return withoutLost({ ...scenario, backplane: { kind } as NonNullable<ScenarioInput['backplane']> });
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

/**
 * Sets an option of the backplane, the topics, the servers or the load balancer that the scenario has.
 * @param key as in the file, below the place: `lingerMs`, `snapshot.bytes`
 */
export function setHopOption(
  scenario: ScenarioInput,
  place: HopPlace,
  key: string,
  value: Value,
): ScenarioInput {
  switch (place) {
    case 'backplane':
      return withoutLost({
        ...scenario,
        backplane: withValue({ kind: 'direct', ...scenario.backplane }, key, value),
      } as ScenarioInput);
    case 'topics':
      return { ...scenario, topics: withValue(scenario.topics, key, value) } as ScenarioInput;
    case 'servers':
      return { ...scenario, servers: withValue(scenario.servers, key, value) };
    case 'balancer':
      return {
        ...scenario,
        edge: { ...scenario.edge, loadBalancer: withValue(scenario.edge?.loadBalancer, key, value) },
      } as ScenarioInput;
  }
}

/** @param key of the object itself, or with a dot of one in it */
function withValue(of: object | null | undefined, key: string, value: Value): object {
  const [first = '', ...rest] = key.split('.');
  if (rest.length === 0) return { ...of, [first]: value };
  const inner = (of as Record<string, object | undefined> | undefined)?.[first];
  return { ...of, [first]: withValue(inner, rest.join('.'), value) };
}

/** Faults and expectations about processes that are no longer there go with them. */
function withoutLost(scenario: ScenarioInput): ScenarioInput {
  const validation = rulesNow()?.validate(scenario);
  if (validation === undefined || validation.ok) return scenario;
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
