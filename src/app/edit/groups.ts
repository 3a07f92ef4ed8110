import type { GroupInput, ScenarioInput } from '../../scenarios/schema/scenario.ts';

/**
 * Adds a client with this transport, or takes away all groups that have it. The last group stays: a run without
 * clients shows nothing.
 * @param order all transports, in the order in which they are shown
 */
export function toggleTransport(
  scenario: ScenarioInput,
  kind: string,
  order: readonly string[],
): ScenarioInput {
  const having = scenario.clients.filter((group) => group.transport.kind === kind);
  if (having.length === 0) return addGroup(scenario, kind, order);
  const clients = scenario.clients.filter((group) => group.transport.kind !== kind);
  if (clients.length === 0) return scenario;
  return withoutLooseEnds({ ...scenario, clients });
}

function addGroup(scenario: ScenarioInput, kind: string, order: readonly string[]): ScenarioInput {
  const names = new Set(scenario.clients.map((group) => group.name));
  let name = kind;
  for (let number = 2; names.has(name); number++) name = `${kind}-${number}`;
  const rank = (group: GroupInput) => order.indexOf(group.transport.kind);
  const clients = [...scenario.clients];
  const after = clients.findIndex((group) => rank(group) > order.indexOf(kind));
  clients.splice(after < 0 ? clients.length : after, 0, { name, transport: { kind } });
  return { ...scenario, clients };
}

/** @param count how many clients the group is to have */
export function setClients(scenario: ScenarioInput, name: string, count: number): ScenarioInput {
  return withoutLooseEnds(changeGroup(scenario, name, (group) => ({ ...group, count })));
}

/** Sets an option of a group's transport, or of how it reconnects. */
export function setOption(
  scenario: ScenarioInput,
  name: string,
  place: 'transport' | 'reconnect' | 'repair',
  key: string,
  value: number | string | boolean | null,
): ScenarioInput {
  return changeGroup(scenario, name, (group) => ({ ...group, [place]: { ...group[place], [key]: value } }));
}

function changeGroup(
  scenario: ScenarioInput,
  name: string,
  change: (group: GroupInput) => GroupInput,
): ScenarioInput {
  return {
    ...scenario,
    clients: scenario.clients.map((group) => (group.name === name ? change(group) : group)),
  };
}

/** Faults and expectations about clients that are no longer there go with them. */
function withoutLooseEnds(scenario: ScenarioInput): ScenarioInput {
  const counts = new Map(scenario.clients.map((group) => [group.name, group.count ?? 1]));
  const exists = (target: string | null | undefined) => {
    if (target === null || target === undefined || /^server-\d+$/.test(target)) return true;
    const [name = '', number = '1'] = target.split('/');
    return Number(number) <= (counts.get(name) ?? 0);
  };
  const groupOf = (metric: string) => /^groups\.([^.]+)\./.exec(metric)?.[1];
  const result: Record<string, unknown> = { ...scenario };
  if (scenario.faults !== undefined) {
    result.faults = scenario.faults.filter((fault) => !('target' in fault) || exists(fault.target));
  }
  if (scenario.expect !== undefined) {
    result.expect = scenario.expect.filter(
      ({ metric }) => counts.has(groupOf(metric) ?? '') || !groupOf(metric),
    );
  }
  return result as unknown as ScenarioInput;
}
