import { type Change, describe } from '../edit.ts';
import { REGISTRIES } from '../registries.ts';
import type { ScenarioInput } from '../validate.ts';
import { BACKPLANE_SETS, backplaneVariants } from './backplane-sets.ts';
import { applyChanges, VARIANTS, type Variant } from './comparison.ts';

/** Variants that are had at one click. */
export interface VariantSet {
  id: string;
  title: string;
  about: string;
  /** Those that hold for this scenario; fewer than two: there is nothing to compare. */
  variants: Variant[];
}

const TOPIC_DESIGNS = { room: 'Topic per room', user: 'Topic per user', cache: 'Cached entry' };
const RTTS_MS = [20, 100, 300];
const LOSSES_PCT = [0, 2, 5, 10];
const SERVERS = [1, 3, 10];

const PORTS = [
  ['ws, port 80', 'websocket', 'none'],
  ['wss, port 443', 'websocket', '1.3'],
  ['SSE, port 80', 'sse', 'none'],
] as const;

/** All sets as they are for a scenario. Transports, backplanes and versions are what the registries and the schema have. */
export const variantSets = (base: ScenarioInput): VariantSet[] =>
  allSets(base).map((set) => ({ ...set, variants: holding(base, set) }));

/** One of them: what its variants hold is asked of each, and the other sets are left alone. */
export function variantsOf(base: ScenarioInput, id: string): Variant[] {
  const set = allSets(base).find((one) => one.id === id);
  return set === undefined ? [] : holding(base, set);
}

/** All variants of all sets, whether the base can take them or not: those whose names a page may give. */
export const offered = (base: ScenarioInput): Variant[] => allSets(base).flatMap(({ variants }) => variants);

/** The variants of a set that the base can take, as many as there may be. */
const holding = (base: ScenarioInput, { variants }: VariantSet): Variant[] =>
  variants.filter(({ set }) => applyChanges(base, set).ok).slice(0, VARIANTS.most);

/** Whatever may be asked, whether it holds or not. */
function allSets(base: ScenarioInput): VariantSet[] {
  return [
    {
      id: 'transports',
      title: 'Every transport',
      about: 'All clients use one transport: each that there is.',
      variants: Object.keys(REGISTRIES.transports).map((kind) => ({
        name: transportTitle(kind),
        set: transportChanges(base, kind),
      })),
    },
    ...BACKPLANE_SETS.map(({ id, title, about, kinds }) => ({
      id,
      title,
      about,
      variants: backplaneVariants(base, kinds),
    })),
    {
      id: 'topics',
      title: 'Topics per room · per user · cached entry',
      about: 'The same load published to the room, to each of its members, or to an entry that servers read.',
      variants: Object.entries(TOPIC_DESIGNS).map(([kind, name]) => ({
        name,
        set: [{ path: 'topics.kind', value: kind }],
      })),
    },
    {
      id: 'tls',
      title: `TLS ${choicesOf(base, 'edge.tls').join(' · ')}`,
      about: 'What encryption costs when connections are opened.',
      variants: choicesOf(base, 'edge.tls').map((value) => ({
        name: value === 'none' ? 'No TLS' : `TLS ${value}`,
        set: [{ path: 'edge.tls', value }],
      })),
    },
    {
      id: 'ports',
      title: 'Behind a proxy: ws · wss · SSE',
      about:
        'A proxy on the way reads what goes to port 80, and leaves Upgrade out; what TLS carries to port 443 it can only let pass.',
      variants: PORTS.map(([name, kind, tls]) => ({
        name,
        set: [
          ...transportChanges(base, kind),
          { path: 'edge.tls', value: tls },
          ...(base.edge?.proxy ? [] : [{ path: 'edge.proxy', value: { kind: 'intercepting' } }]),
        ],
      })),
    },
    {
      id: 'rtt',
      title: `RTT ${RTTS_MS.join(' · ')} ms`,
      about: 'Near, far and very far.',
      variants: RTTS_MS.map((ms) => ({ name: `RTT ${ms} ms`, set: networkChanges(base, 'rttMs', ms) })),
    },
    {
      id: 'loss',
      title: `Loss ${LOSSES_PCT.join(' · ')} %`,
      about: 'From a clean link to a bad one.',
      variants: LOSSES_PCT.map((pct) => ({
        name: pct === 0 ? 'No loss' : `Loss ${pct} %`,
        set: networkChanges(base, 'lossPct', pct),
      })),
    },
    {
      id: 'servers',
      title: `Servers ${SERVERS.join(' · ')}`,
      about: 'One server, a few, many.',
      variants: SERVERS.map((count) => ({
        name: count === 1 ? '1 server' : `${count} servers`,
        set: [{ path: 'servers.count', value: count }],
      })),
    },
  ];
}

/** One transport for all clients. */
const transportChanges = (base: ScenarioInput, kind: string): Change[] =>
  base.clients.map((_, index) => ({ path: `clients[${index}].transport.kind`, value: kind }));

/** An option of all access links, those of groups with a link of their own included. */
export function networkChanges(base: ScenarioInput, key: 'rttMs' | 'lossPct', value: number): Change[] {
  const own = base.clients.flatMap((group, index) =>
    group.network?.[key] === undefined ? [] : [{ path: `clients[${index}].network.${key}`, value }],
  );
  return [{ path: `network.access.${key}`, value }, ...own];
}

export const transportTitle = (kind: string): string => REGISTRIES.transports[kind]?.title ?? kind;

function choicesOf(base: ScenarioInput, path: string): readonly string[] {
  const field = describe(base, path)?.field;
  return field?.type === 'choice' ? field.values : [];
}
