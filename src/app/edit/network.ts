import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { NetworkKey } from '../../pages/play/model.ts';
import type { GroupInput, ScenarioInput } from '../../scenarios/schema/scenario.ts';

/** Options of the access links that have a control of their own. */
export const NETWORK_KEYS: readonly NetworkKey[] = ['rttMs', 'jitterMs', 'lossPct', 'rateKbps'];

type FaultInput = NonNullable<ScenarioInput['faults']>[number];
type Value = number | null;

/**
 * Changes an option of the access links.
 *
 * At the start of time this is the scenario's own option. Later it is something a person does while the run plays:
 * a fault at that moment. Further changes at the same moment (a slider that is being dragged) change that fault.
 * @param target a group, or null for everybody
 */
export function setNetwork(
  scenario: ScenarioInput,
  key: NetworkKey,
  value: Value,
  target: string | null,
  atUs: number,
): ScenarioInput {
  return atUs <= 0 ? setBase(scenario, key, value, target) : setFrom(scenario, key, value, target, atUs);
}

/**
 * Changes the link of one client, which is that of its group if it has nobody beside it.
 * @param client `sse/2`
 */
export function setLink(
  scenario: ScenarioInput,
  client: string,
  key: NetworkKey,
  value: Value,
  atUs: number,
): ScenarioInput {
  const [name = ''] = client.split('/');
  const alone = (scenario.clients.find((group) => group.name === name)?.count ?? 1) === 1;
  return alone
    ? setNetwork(scenario, key, value, name, atUs)
    : setFrom(scenario, key, value, client, Math.max(0, atUs));
}

function setBase(
  scenario: ScenarioInput,
  key: NetworkKey,
  value: Value,
  target: string | null,
): ScenarioInput {
  if (target !== null) {
    return {
      ...scenario,
      clients: scenario.clients.map((group) =>
        group.name === target
          ? { ...group, network: { ...group.network, ...options(scenario, key, value) } }
          : group,
      ),
    };
  }
  return {
    ...scenario,
    network: {
      ...scenario.network,
      access: { ...scenario.network?.access, ...options(scenario, key, value) },
    },
    clients: scenario.clients.map((group) => withoutOption(group, key)),
  };
}

/** Options that would overrule the one that is set: ways given one by one, and a loss model. */
const OVERRULED_BY: Partial<Record<NetworkKey, readonly (keyof LinkOptions)[]>> = {
  rttMs: ['upMs', 'downMs'],
  lossPct: ['lossModel'],
};

/** The option, and whatever the scenario has that would overrule it taken away. */
function options(scenario: ScenarioInput, key: NetworkKey, value: Value): Partial<LinkOptions> {
  const links = [
    scenario.network?.access,
    ...scenario.clients.map((group) => group.network),
    ...(scenario.faults ?? []).map((fault) => (fault.kind === 'link-change' ? fault.set : undefined)),
  ];
  const given = (OVERRULED_BY[key] ?? []).filter((name) =>
    links.some((link) => (link?.[name] ?? null) !== null),
  );
  return { [key]: value, ...Object.fromEntries(given.map((name) => [name, null])) };
}

/** What is set for everybody is no longer different for one group. */
function withoutOption(group: GroupInput, key: NetworkKey): GroupInput {
  if (group.network === undefined) return group;
  const gone: string[] = [key, ...(OVERRULED_BY[key] ?? [])];
  const network = Object.fromEntries(Object.entries(group.network).filter(([name]) => !gone.includes(name)));
  const { network: _before, ...rest } = group;
  return Object.keys(network).length === 0 ? rest : { ...rest, network };
}

function setFrom(
  scenario: ScenarioInput,
  key: NetworkKey,
  value: Value,
  target: string | null,
  atUs: number,
): ScenarioInput {
  const atMs = atUs / 1000;
  const faults = scenario.faults ?? [];
  const index = faults.findIndex(
    (fault) =>
      fault.kind === 'link-change' &&
      fault.atMs === atMs &&
      (fault.target ?? null) === target &&
      (fault.forMs ?? null) === null,
  );
  const before = faults[index];
  const set = { ...(before?.kind === 'link-change' ? before.set : {}), ...options(scenario, key, value) };
  const fault = { kind: 'link-change', atMs, ...(target === null ? {} : { target }), set } as FaultInput;
  return {
    ...scenario,
    faults:
      before === undefined ? [...faults, fault] : faults.map((other, i) => (i === index ? fault : other)),
  };
}
