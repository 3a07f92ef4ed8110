import type { OptionSpec } from '../engine/contract/option-spec.ts';
import type { FaultPlan, GroupPlan, Plan } from '../engine/contract/plan.ts';
import { faultTitle } from '../engine/fault-words.ts';
import type { FaultItem, GroupModel, HopModel, OptionModel, ScenarioModel } from '../pages/play/model.ts';
import type { Preset } from '../scenarios/presets/preset.ts';
import type { FieldSpec, Fields } from '../scenarios/schema/fields.ts';
import { LIMITS } from '../scenarios/schema/limits.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import { TRANSPORT_MANIFESTS } from '../transports/manifests.ts';
import type { TimelineFault } from '../views/index.ts';
import { isPreset } from './address.ts';
import { hasLength } from './edit/faults-at.ts';
import { linkReader, networkAt } from './edit/network-at.ts';
import { trafficOf } from './edit/traffic-of.ts';
import { backplaneManifest, headerFor } from './manifests.ts';
import type { Rules } from './rules.ts';
import { backplaneTitle, groupTitle, targetTitles, transportTitle } from './titles.ts';

/** Transports in the order in which they are offered. */
export const TRANSPORT_ORDER = Object.keys(TRANSPORT_MANIFESTS);

/** Options of reconnecting that have a control. */
const RECONNECT_SHOWN = ['kind', 'baseMs', 'maxMs', 'jitter'] as const;

/** What the page shows of a scenario: everything that has a control. @param rules null: they have not come yet */
export function scenarioModel(
  plan: Plan,
  scenario: ScenarioInput,
  preset: Preset | null,
  rules: Rules | null,
): ScenarioModel {
  const kinds = new Set(plan.clients.map((group) => group.transport.kind));
  return {
    title: plan.name,
    about: plan.about,
    seed: plan.seed,
    tls: plan.edge.tls,
    congestionControl: plan.network.tcp.congestionControl,
    hop: hopModel(plan, rules),
    transports: TRANSPORT_ORDER.map((kind) => ({
      kind,
      title: transportTitle(kind),
      on: kinds.has(kind),
      last: kinds.size === 1 && kinds.has(kind),
    })),
    groups: plan.clients.map((group) => groupModel(plan, group, rules)),
    traffic: trafficOf(plan.publishers),
    faults: faultItems(plan),
    preset: preset === null ? null : { id: preset.name, edited: !isPreset(scenario, preset) },
    networkAt: (target, atUs) => networkAt(plan, target, atUs),
    linkAt: linkReader(plan),
    timeline: timelineFaults(plan),
  };
}

function faultItems(plan: Plan): FaultItem[] {
  const titleOf = targetTitles(plan);
  const item = (fault: FaultPlan, index: number) => ({
    index,
    title: faultTitle(fault, titleOf),
    atMs: fault.atMs,
    forMs: fault.forMs,
    hasLength: hasLength(fault),
    ...kindOf(fault),
  });
  return plan.faults.map(item).sort((a, b) => a.atMs - b.atMs || a.index - b.index);
}

/** What a fault is, without its times. */
function kindOf({
  atMs: _at,
  forMs: _for,
  set,
  direction,
  ...rest
}: FaultPlan): Omit<FaultItem, 'index' | 'title' | 'atMs' | 'forMs' | 'hasLength'> {
  const { rttMs, lossPct } = set ?? {};
  const numbers = {
    ...(rttMs === undefined ? {} : { rttMs }),
    ...(lossPct === undefined ? {} : { lossPct }),
  };
  const way = direction === undefined ? {} : { direction };
  return { ...rest, ...way, ...(set === undefined ? {} : { set: numbers }) };
}

/** Faults as the run's own header has them, by the names that people see. */
function timelineFaults(plan: Plan): TimelineFault[] {
  const titleOf = targetTitles(plan);
  return headerFor(plan).faults.map((fault, index) => ({
    ...fault,
    label: faultTitle(plan.faults[index] as FaultPlan, titleOf),
  }));
}

const clientsBeside = (plan: Plan, { name }: GroupPlan): number =>
  plan.clients.reduce((sum, other) => sum + (other.name === name ? 0 : other.count), 0);

function groupModel(plan: Plan, group: GroupPlan, rules: Rules | null): GroupModel {
  const specs = Object.entries(TRANSPORT_MANIFESTS[group.transport.kind]?.options ?? {});
  // A browser's EventSource reconnects by a rule of its own, which is an option of the transport.
  const reconnects = group.transport.kind === 'sse' ? [] : RECONNECT_SHOWN;
  return {
    name: group.name,
    title: groupTitle(plan, group.name),
    transport: group.transport.kind,
    count: group.count,
    mostClients: LIMITS.clients - clientsBeside(plan, group),
    options: [
      ...specs.map(([key, spec]) => optionModel(rules, 'transport', key, spec, group.transport)),
      ...reconnects.flatMap((key) =>
        rules === null
          ? []
          : [optionModel(rules, 'reconnect', key, rules.RECONNECT_FIELDS[key], group.reconnect)],
      ),
      ...Object.entries(rules?.REPAIR_FIELDS ?? {})
        // How long to wait before asking for a snapshot matters to who asks for any.
        .filter(([key]) => key !== 'snapshotAfterMs' || group.repair.snapshot !== 'off')
        .map(([key, spec]) => optionModel(rules, 'repair', key, spec, group.repair)),
    ],
  };
}

function hopModel(plan: Plan, rules: Rules | null): HopModel {
  const { kind } = plan.backplane;
  const manifest = backplaneManifest(kind);
  const { loadBalancer, proxy } = plan.edge;
  const all = Object.values(rules?.REGISTRIES.backplanes ?? {});
  return {
    kind,
    title: backplaneTitle(kind),
    about: manifest?.about ?? '',
    options: Object.entries(manifest?.options ?? {}).map(([key, spec]) =>
      optionModel(rules, 'backplane', key, spec, plan.backplane),
    ),
    // The one without a network first, the others by name.
    kinds: all
      .map(({ kind: one, title, about }) => ({ kind: one, title, about }))
      .sort((a, b) => (a.kind === 'direct' ? -1 : b.kind === 'direct' ? 1 : a.title < b.title ? -1 : 1)),
    topics: plan.topics.kind,
    topicsOptions: optionsOf(
      rules,
      'topics',
      rules?.TOPICS_FIELD.kinds[plan.topics.kind].fields,
      plan.topics,
    ),
    servers: plan.servers.count,
    serversOptions: optionsOf(rules, 'servers', rules?.SERVER_FIELDS, plan.servers).filter(
      ({ key }) => key !== 'count',
    ),
    balancer:
      loadBalancer === null
        ? null
        : {
            kind: loadBalancer.kind,
            options: optionsOf(
              rules,
              'balancer',
              rules?.LOAD_BALANCER_KINDS[loadBalancer.kind].fields,
              loadBalancer,
            ),
          },
    proxy: proxy && {
      kind: proxy.kind,
      options: optionsOf(rules, 'proxy', rules?.PROXY_KINDS[proxy.kind].fields, proxy),
    },
  };
}

/** The options of an object, those of the objects in it included. @param fields left out: not known yet */
function optionsOf(
  rules: Rules | null,
  place: OptionModel['place'],
  fields: Fields | undefined,
  values: object,
  within = '',
): OptionModel[] {
  const given = values as Record<string, unknown>;
  return Object.entries(fields ?? {}).flatMap(([key, spec]) => {
    if (spec.type === 'object') {
      const inner = given[key] as object;
      return optionsOf(rules, place, spec.fields, inner, `${within}${key}.`);
    }
    return isOption(spec) ? [optionModel(rules, place, key, spec, given, within)] : [];
  });
}

/** What has a control; lists and the like are for files. */
const isOption = (spec: FieldSpec): spec is FieldSpec & OptionSpec =>
  ['number', 'choice', 'flag'].includes(spec.type);

/** @param values of the option and of those beside it @param within where they are, below the place */
function optionModel(
  rules: Rules | null,
  place: OptionModel['place'],
  key: string,
  spec: OptionSpec,
  values: object,
  within = '',
): OptionModel {
  const beside = values as Record<string, OptionModel['value']>;
  const value = beside[key] ?? null;
  const model = {
    place,
    key: within + key,
    about: spec.about,
    missing: rules?.missingFor(spec, beside) ?? '',
    value,
    set: value !== spec.default,
  };
  switch (spec.type) {
    case 'number':
      return {
        ...model,
        control: {
          type: 'number',
          unit: spec.unit,
          min: spec.min,
          max: spec.max,
          integer: spec.integer === true,
          orNull: spec.orNull ?? null,
        },
      };
    case 'choice':
      return { ...model, control: { type: 'choice', values: spec.values } };
    case 'flag':
      return { ...model, control: { type: 'flag' } };
  }
}
