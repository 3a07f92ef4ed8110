import { COMPARE_PARTS, type ComparePart, LETTERS, WINDOWS_MS } from '../../pages/compare/model.ts';
import {
  type Comparison,
  decodeComparison,
  encodeComparison,
  VARIANTS,
} from '../../scenarios/compare/comparison.ts';
import { variantSets } from '../../scenarios/compare/sets.ts';
import { startingComparison } from '../../scenarios/compare/start.ts';
import type { Preset } from '../../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import type { Selection } from '../../views/index.ts';
import { LATEST_MS, numberIn, splitOnce } from '../address.ts';
import { quote, readSelection, writeSelection } from '../address-fields.ts';
import { FIRST_PRESET, findPreset, noSuchPreset } from '../presets.ts';

/** What the address of Compare says: variants of a scenario, a moment, and what is shown of them. */
export interface ComparePlace {
  comparison: Comparison;
  /** The preset the base is, if it is one but for its seed. */
  preset: Preset | null;
  /** null: no moment was given. */
  atUs: number | null;
  /** `variant` is its place. */
  selection: { variant: number; what: Selection } | null;
  /** The two that are compared message by message, by their places. */
  pair: readonly [number, number];
  /** Only updates that fared differently are listed. */
  differs: boolean;
  part: ComparePart;
  /** The client whose lane is drawn; null: the first. */
  client: string | null;
  /** The group that is measured; null: everybody. */
  group: string | null;
  windowMs: number;
}

export type CompareReading = { ok: true; place: ComparePlace } | { ok: false; message: string; text: string };

const VERSION = '1';
const KEYS = ['preset', 'set', 'seed', 'c', 't', 'sel', 'pair', 'list', 'view', 'client', 'group', 'span'];
/** The set that is shown if none is named. */
const START = 'start';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const CLIENT = /^[a-z][a-z0-9-]{0,39}\/\d{1,6}$/;

type What = Omit<ComparePlace, 'comparison' | 'preset' | 'atUs'>;

/** How it is shown at first. */
export const FIRST_WHAT: What = {
  selection: null,
  pair: [0, 1],
  differs: true,
  part: 'lanes',
  client: null,
  group: null,
  windowMs: 2000,
};

/** What to compare of a scenario to begin with. */
export const startingPlace = (scenario: ScenarioInput, preset: Preset | null): ComparePlace => ({
  comparison: startingComparison(scenario),
  preset,
  atUs: null,
  ...FIRST_WHAT,
});

/** Reads the fragment of an address, such as `#/compare?preset=race&set=rtt&t=1250`. Never throws. */
export async function readCompareAddress(hash: string): Promise<CompareReading> {
  const refuse = (message: string): CompareReading => ({ ok: false, message, text: hash });
  const given = new URLSearchParams(splitOnce(hash, '?')[1]);
  const version = given.get('v') ?? VERSION;
  if (version !== VERSION)
    return refuse(`This link was made by another version (${quote(version)}); this one reads ${VERSION}.`);
  given.delete('v');
  const unknown = [...given.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return refuse(`${quote(unknown)}: expected one of ${KEYS.join(', ')}.`);
  const twice = KEYS.find((key) => given.getAll(key).length > 1);
  if (twice !== undefined) return refuse(`${twice}: expected once, got ${given.getAll(twice).length} times.`);
  const t = given.get('t');
  const atMs = t === null ? null : numberIn(t, LATEST_MS);
  if (Number.isNaN(atMs)) return refuse(`t: expected milliseconds from 0 to ${LATEST_MS}, got ${quote(t)}.`);
  const atUs = atMs === null ? null : Math.round(atMs * 1000);
  const read = await readComparisonOf(given);
  if (typeof read === 'string') return refuse(read);
  const what = readWhat(given, read.comparison.variants.length);
  if (typeof what === 'string') return refuse(what);
  return { ok: true, place: { ...read, atUs, ...what } };
}

async function readComparisonOf(
  given: URLSearchParams,
): Promise<Pick<ComparePlace, 'comparison' | 'preset'> | string> {
  const packed = given.get('c');
  if (packed !== null) {
    if (given.has('preset') || given.has('set') || given.has('seed'))
      return 'c: expected alone, without preset, set and seed.';
    const decoded = await decodeComparison(packed);
    return decoded.ok ? { comparison: decoded.comparison, preset: null } : decoded.problem;
  }
  const name = given.get('preset');
  const preset = name === null ? FIRST_PRESET : await findPreset(name);
  if (preset === undefined) return noSuchPreset(name ?? '');
  let { scenario } = preset;
  const seedText = given.get('seed');
  if (seedText !== null) {
    const seed = numberIn(seedText, Number.MAX_SAFE_INTEGER);
    if (!Number.isInteger(seed)) return `seed: expected a whole number from 0 on, got ${quote(seedText)}.`;
    scenario = { ...scenario, seed };
  }
  const set = given.get('set') ?? START;
  const names: string[] = [];
  for (const [name, comparison] of namedSets(scenario)) {
    if (name === set) return { comparison, preset };
    names.push(name);
  }
  return `set: expected one of ${names.join(', ')}, got ${quote(set)}.`;
}

/** What a scenario can be compared by, by name: most ask for the first, and the others take a while to find. */
function* namedSets(scenario: ScenarioInput): Generator<[name: string, comparison: Comparison]> {
  const start = startingComparison(scenario);
  yield [START, start];
  const { base } = start;
  for (const { id, variants } of variantSets(base))
    if (variants.length >= VARIANTS.least) yield [id, { base, variants }];
}

function readWhat(given: URLSearchParams, variants: number): What | string {
  const what: { -readonly [K in keyof What]: What[K] } = { ...FIRST_WHAT };
  const letters: readonly string[] = LETTERS.slice(0, variants);
  const placeOf = (letter: string | undefined) => (letter ? letters.indexOf(letter) : -1);
  const last = letters.at(-1);
  const sel = given.get('sel');
  if (sel !== null) {
    const [, letter, rest = ''] = /^([A-Z])\.(.*)$/.exec(sel) ?? [];
    const selection = readSelection(rest);
    if (placeOf(letter) < 0 || selection === null)
      return `sel: expected a variant from A to ${last} and what is selected, such as B.message-39-0, got ${quote(sel)}.`;
    what.selection = { variant: placeOf(letter), what: selection };
  }
  const pair = given.get('pair');
  if (pair !== null) {
    const [, one, other] = /^([A-Z])-([A-Z])$/.exec(pair) ?? [];
    if (placeOf(one) < 0 || placeOf(other) < 0 || one === other)
      return `pair: expected two variants from A to ${last}, such as A-B, got ${quote(pair)}.`;
    what.pair = [placeOf(one), placeOf(other)];
  }
  const list = given.get('list');
  if (list !== null && list !== 'all') return `list: expected all, got ${quote(list)}.`;
  what.differs = list === null;
  const view = given.get('view');
  if (view !== null) {
    const part = COMPARE_PARTS.find(({ id }) => id === view)?.id;
    if (part === undefined)
      return `view: expected one of ${COMPARE_PARTS.map(({ id }) => id).join(', ')}, got ${quote(view)}.`;
    what.part = part;
  }
  const client = given.get('client');
  if (client !== null && !CLIENT.test(client))
    return `client: expected a client such as sse/1, got ${quote(client)}.`;
  const group = given.get('group');
  if (group !== null && !NAME.test(group)) return `group: expected a client group, got ${quote(group)}.`;
  const span = given.get('span');
  if (span !== null && !WINDOWS_MS.some((ms) => String(ms) === span))
    return `span: expected one of ${WINDOWS_MS.join(', ')} ms, got ${quote(span)}.`;
  return { ...what, client, group, windowMs: span === null ? FIRST_WHAT.windowMs : Number(span) };
}

/** The fragment for a place: by name if it is a preset and a set of variants as they come, else with all of it packed. */
export async function writeCompareAddress(place: ComparePlace): Promise<string> {
  const { atUs, selection, pair, differs, part, client, group, windowMs } = place;
  const letter = (variant: number) => LETTERS[variant] ?? 'A';
  const fields: [string, string | null][] = [
    ['t', atUs === null ? null : String(atUs / 1000)],
    ['sel', selection && `${letter(selection.variant)}.${writeSelection(selection.what)}`],
    ['pair', pair[0] === 0 && pair[1] === 1 ? null : `${letter(pair[0])}-${letter(pair[1])}`],
    ['list', differs ? null : 'all'],
    ['view', part === FIRST_WHAT.part ? null : part],
    ['client', client],
    ['group', group],
    ['span', windowMs === FIRST_WHAT.windowMs ? null : String(windowMs)],
  ];
  const rest = fields
    .map(([key, value]) => (value === null ? '' : `&${key}=${encodeURIComponent(value)}`))
    .join('');
  return `#/compare?${nameOf(place) ?? `c=${await encodeComparison(place.comparison)}`}${rest}`;
}

/** Asked at every pause of the playhead, and always the same while variants stay as they are. */
let lastNamed = { text: '', name: null as string | null };

/** `preset=race&set=rtt&seed=9`, if that says all. */
function nameOf({ comparison, preset }: ComparePlace): string | null {
  if (preset === null) return null;
  const text = JSON.stringify(comparison);
  const key = `${preset.name} ${text}`;
  if (lastNamed.text !== key) lastNamed = { text: key, name: findName(comparison.base, preset, text) };
  return lastNamed.name;
}

function findName({ seed }: ScenarioInput, preset: Preset, text: string): string | null {
  const scenario = seed === preset.scenario.seed ? preset.scenario : { ...preset.scenario, seed };
  for (const [name, named] of namedSets(scenario as ScenarioInput)) {
    if (JSON.stringify(named) !== text) continue;
    const set = name === START ? '' : `&set=${name}`;
    return `preset=${preset.name}${set}${scenario === preset.scenario ? '' : `&seed=${seed}`}`;
  }
  return null;
}

/** The address at which variants of a scenario are compared. */
export const compareAddressOf = (scenario: ScenarioInput, preset: Preset | null): Promise<string> =>
  writeCompareAddress(startingPlace(scenario, preset));
