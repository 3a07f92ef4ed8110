import type { ScenarioInput } from '../../scenarios/validate.ts';
import { rulesNow } from '../rules.ts';
import { removeFaults } from './faults.ts';

type Value = number | string | boolean | null;

/** Another backplane, with its defaults. Arrivals and luck stay what they are: they have streams of their own. */
export function setBackplane(scenario: ScenarioInput, kind: string): ScenarioInput {
  if (scenario.backplane?.kind === kind) return scenario;
  return withoutLost({ ...scenario, backplane: { kind } as NonNullable<ScenarioInput['backplane']> });
}

/** @param key an option of the backplane that the scenario has */
export function setBackplaneOption(scenario: ScenarioInput, key: string, value: Value): ScenarioInput {
  const backplane = { kind: 'direct', ...scenario.backplane, [key]: value };
  return withoutLost({ ...scenario, backplane: backplane as NonNullable<ScenarioInput['backplane']> });
}

/** @param count how many servers there are to be */
export function setServers(scenario: ScenarioInput, count: number): ScenarioInput {
  return withoutLost({ ...scenario, servers: { ...scenario.servers, count } });
}

/** What messages are published to, with the usual options. */
export function setTopics(scenario: ScenarioInput, kind: 'room' | 'user' | 'cache'): ScenarioInput {
  return { ...scenario, topics: { kind } };
}

/** @param kind of the load balancer; null: none */
export function setBalancer(scenario: ScenarioInput, kind: string | null): ScenarioInput {
  const { algorithm } = { algorithm: undefined, ...(scenario.edge?.loadBalancer ?? {}) } as {
    algorithm?: string;
  };
  const loadBalancer = kind === null ? null : { kind, ...(algorithm === undefined ? {} : { algorithm }) };
  return withoutLost({ ...scenario, edge: { ...scenario.edge, loadBalancer } } as ScenarioInput);
}

/** @param key an option of the load balancer that the scenario has */
export function setBalancerOption(scenario: ScenarioInput, key: string, value: Value): ScenarioInput {
  const loadBalancer = { ...scenario.edge?.loadBalancer, [key]: value };
  return { ...scenario, edge: { ...scenario.edge, loadBalancer } } as ScenarioInput;
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
