import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import type { OptionSpecs } from '../../engine/contract/option-spec.ts';
import type { FaultPlan } from '../../engine/contract/plan.ts';
import { EXPECT_FIELDS, FAULT_KIND_FIELDS } from './fault-options.ts';
import type { Fields, InputOf, ObjectField, OutputFields, Variant, VariantsField } from './fields.ts';
import { LIMITS } from './limits.ts';
import { NETWORK_FIELDS } from './network-options.ts';
import { TOPICS_FIELD } from './topics-options.ts';
import { GROUP_FIELDS, PUBLISHER_FIELDS } from './traffic-options.ts';
import { EDGE_FIELDS, SERVER_FIELDS } from './world-options.ts';

/** What the schema needs to know of the plug-ins: their manifests. */
export interface Registries {
  transports: Readonly<Record<string, PlugIn>>;
  backplanes: Readonly<Record<string, BackplaneManifest>>;
}

interface PlugIn {
  readonly title: string;
  readonly about: string;
  readonly options: OptionSpecs;
}

const HEAD_FIELDS = {
  version: {
    type: 'constant',
    value: 1,
    default: 1,
    required: true,
    about: 'The version of this format.',
    source: 'has to be given',
  },
  name: { type: 'text', maxLength: 200, default: 'Untitled', about: 'What it is called.' },
  about: {
    type: 'text',
    maxLength: 2_000,
    default: '',
    about: 'A sentence or two for people; changes nothing in the run.',
  },
  seed: {
    type: 'number',
    unit: '',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    default: 1,
    about: 'Where all luck comes from: the same seed, the same run.',
    source: 'a choice',
  },
  durationMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: LIMITS.durationMs,
    required: true,
    default: 60_000,
    about: 'Until when there is something to publish.',
    source: 'has to be given',
  },
  settleMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: LIMITS.settleMs,
    default: 10_000,
    about:
      'How much longer the run goes on, so that late messages can arrive. Only the publishers are quiet then.',
    source: 'a choice: long enough for several retransmissions',
  },
} as const satisfies Fields;

const PUBLISHERS = {
  type: 'list',
  required: true,
  of: { type: 'object', fields: PUBLISHER_FIELDS, about: 'A publisher.' },
  minItems: 0,
  maxItems: LIMITS.publishers,
  default: [],
  about: 'Who has something to say. They sit beside the servers.',
} as const;

const FAULTS = {
  type: 'list',
  of: { type: 'variants', kinds: FAULT_KIND_FIELDS, default: null, about: 'A fault.' },
  minItems: 0,
  maxItems: LIMITS.faults,
  default: [],
  about: 'What goes wrong, and when.',
} as const;

const EXPECT = {
  type: 'list',
  of: { type: 'object', fields: EXPECT_FIELDS, about: 'An expectation: min, max or both.' },
  minItems: 0,
  maxItems: LIMITS.expectations,
  default: [],
  about: 'What has to hold of the report; the command line’s exit status says whether it does.',
} as const;

/** Everything but the choices that the registries add. */
const FIXED_FIELDS = {
  ...HEAD_FIELDS,
  network: { type: 'object', fields: NETWORK_FIELDS, about: 'Links and names.' },
  edge: { type: 'object', fields: EDGE_FIELDS, about: 'What the clients’ connections end at.' },
  servers: { type: 'object', fields: SERVER_FIELDS, about: 'The servers.' },
  topics: TOPICS_FIELD,
  publishers: PUBLISHERS,
  faults: FAULTS,
  expect: EXPECT,
} as const satisfies Fields;

type Fixed = { type: 'object'; fields: typeof FIXED_FIELDS };
type Group = { type: 'object'; fields: typeof GROUP_FIELDS };

/** A client group as a file may give it. */
export type GroupInput = InputOf<Group> & {
  readonly transport: { readonly kind: string; readonly [option: string]: unknown };
};

/** A scenario as a file may give it: what is left out has a default. */
export type ScenarioInput = InputOf<Fixed> & {
  readonly backplane?: { readonly kind: string; readonly [option: string]: unknown };
  readonly clients: readonly GroupInput[];
};

/** What the check makes of a scenario: defaults filled in, but what follows from other parts still open. */
export type ScenarioDraft = Omit<OutputFields<typeof FIXED_FIELDS>, 'faults'> & {
  backplane: { kind: string; [option: string]: unknown };
  clients: (Omit<OutputFields<typeof GROUP_FIELDS>, 'rooms'> & {
    rooms?: string[];
    transport: { kind: string; [option: string]: unknown };
  })[];
  faults: (Partial<FaultPlan> & Pick<FaultPlan, 'atMs' | 'kind'>)[];
};

/** The whole scenario as one field, with the transports and backplanes that there are. */
export function scenarioField(registries: Registries): ObjectField {
  const { publishers, faults, expect, ...head } = FIXED_FIELDS;
  const transport: VariantsField = {
    type: 'variants',
    kinds: variants(registries.transports),
    required: true,
    default: null,
    about: 'How the group gets its messages.',
  };
  return {
    type: 'object',
    about: 'A scenario.',
    fields: {
      ...head,
      backplane: {
        type: 'variants',
        kinds: variants(registries.backplanes),
        default: 'direct',
        about: 'How a message gets from its source to the servers.',
      },
      publishers,
      clients: {
        type: 'list',
        required: true,
        of: { type: 'object', fields: { ...GROUP_FIELDS, transport }, about: 'A group of clients.' },
        minItems: 1,
        maxItems: LIMITS.groups,
        default: [],
        about: 'Groups of clients, at least one.',
      },
      faults,
      expect,
    },
  };
}

function variants(plugIns: Readonly<Record<string, PlugIn>>): Record<string, Variant> {
  return Object.fromEntries(
    Object.entries(plugIns).map(([kind, { about, options }]) => [kind, { about, fields: options }]),
  );
}
