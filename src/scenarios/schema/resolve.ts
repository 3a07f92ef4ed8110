import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { FaultPlan, GroupPlan, Plan } from '../../engine/contract/plan.ts';
import type { ScenarioDraft } from './scenario.ts';

/** Fills in what follows from other parts: rooms, the links of the groups, what faults leave open. */
export function resolve(draft: ScenarioDraft): Plan {
  const published = [...new Set(draft.publishers.map((publisher) => publisher.room))];
  const { access } = draft.network;
  const clients = draft.clients.map(
    (group): GroupPlan => ({
      name: group.name,
      count: group.count,
      startMs: group.startMs,
      startSpreadMs: group.startSpreadMs,
      rooms: group.rooms ?? [...published],
      network: overlay(access, group.network),
      reconnect: group.reconnect,
      repair: group.repair,
      transport: group.transport,
    }),
  );
  const links = [access, ...clients.map((group) => group.network)];
  return {
    version: 1,
    name: draft.name,
    about: draft.about,
    seed: draft.seed,
    durationMs: draft.durationMs,
    settleMs: draft.settleMs,
    network: draft.network,
    edge: draft.edge,
    servers: draft.servers,
    backplane: draft.backplane,
    topics: draft.topics,
    publishers: draft.publishers.map(inOrder),
    clients,
    faults: draft.faults.map((fault) => resolveFault(fault, links)),
    expect: draft.expect.map(({ metric, min, max }) => ({ metric, min, max })),
  };
}

/**
 * Lays options over a link. What is named counts: an rttMs makes both ways half of it again, and a lossPct takes the
 * place of a loss model, unless those are named as well.
 */
export function overlay(base: LinkOptions, over: Partial<LinkOptions>): LinkOptions {
  return { ...base, ...implied(over, [base]), ...over };
}

/** What naming some options says about others, where a link has those others set. */
function implied(over: Partial<LinkOptions>, links: readonly LinkOptions[]): Partial<LinkOptions> {
  const result: Partial<LinkOptions> = {};
  if (over.rttMs !== undefined && links.some((link) => link.upMs !== null)) result.upMs = null;
  if (over.rttMs !== undefined && links.some((link) => link.downMs !== null)) result.downMs = null;
  if (over.lossPct !== undefined && links.some((link) => link.lossModel !== null)) result.lossModel = null;
  return result;
}

function resolveFault(fault: ScenarioDraft['faults'][number], links: readonly LinkOptions[]): FaultPlan {
  const { atMs, forMs = null, kind, target = null, set, ...rest } = fault;
  const resolved: FaultPlan = { atMs, forMs, kind, target, ...rest };
  if (kind.startsWith('packet-') && resolved.between === undefined) resolved.direction ??= 'down';
  if (set !== undefined) resolved.set = { ...implied(set, links), ...set };
  return resolved;
}

/** Moments in the order of time, whatever order they were written in. */
function inOrder(publisher: Plan['publishers'][number]): Plan['publishers'][number] {
  const { arrivals } = publisher;
  if (arrivals.kind !== 'at') return publisher;
  return { ...publisher, arrivals: { ...arrivals, timesMs: arrivals.timesMs.toSorted((a, b) => a - b) } };
}
