import type { Preset } from '../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import {
  EMBED_KEYS,
  quote,
  readShowing,
  SHOWING_KEYS,
  type Showing,
  writeShowing,
} from './address-fields.ts';
import { FIRST_PRESET, findPreset, noSuchPreset } from './presets.ts';
import { wantRules } from './rules.ts';

/** What the address bar says: a scenario, where it comes from, a moment, and what is shown of it. */
export interface Place extends Showing {
  scenario: ScenarioInput;
  /** The preset it started from, if that is known. */
  preset: Preset | null;
  /** null: no moment was given. */
  atUs: number | null;
}

export type Reading = { ok: true; place: Place } | { ok: false; message: string; text: string };

/** The latest moment that a link may name; the longest run ends there. */
export const LATEST_MS = 7_200_000;
/** The version of addresses that this page writes; the scenario packed within has one of its own. */
const VERSION = '1';
const KEYS = ['preset', 'seed', 's', 'of', 't', ...SHOWING_KEYS];
const ROUTES = ['', '/', '/play', '/embed'];

/** Reads the fragment of an address, such as `#/play?preset=race&seed=9&t=1250`. Never throws. */
export async function readAddress(hash: string): Promise<Reading> {
  const refuse = (message: string): Reading => ({ ok: false, message, text: hash });
  const [route = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  if (!ROUTES.includes(route))
    return refuse(
      `There is no page ${quote(route)}; there are #/play, #/compare, and #/embed for within other pages.`,
    );
  const embedded = route === '/embed';
  const known = embedded ? [...KEYS, ...EMBED_KEYS] : KEYS;
  const given = new URLSearchParams(query);
  const version = given.get('v') ?? VERSION;
  // First of all: what a later version says is not held against it.
  if (version !== VERSION)
    return refuse(`This link was made by another version (${quote(version)}); this one reads ${VERSION}.`);
  given.delete('v');
  const unknown = [...given.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) return refuse(`${quote(unknown)}: expected one of ${known.join(', ')}.`);
  const twice = known.find((key) => given.getAll(key).length > 1);
  if (twice !== undefined) return refuse(`${twice}: expected once, got ${given.getAll(twice).length} times.`);

  const t = given.get('t');
  const atMs = t === null ? null : numberIn(t, LATEST_MS);
  if (Number.isNaN(atMs)) return refuse(`t: expected milliseconds from 0 to ${LATEST_MS}, got ${quote(t)}.`);
  const atUs = atMs === null ? null : Math.round(atMs * 1000);

  const showing = readShowing(given, embedded);
  if (typeof showing === 'string') return refuse(showing);

  const packed = given.get('s');
  if (packed !== null) {
    if (given.has('preset') || given.has('seed'))
      return refuse('s: expected alone, without preset and seed.');
    const { decodeScenario } = await wantRules();
    const decoded = await decodeScenario(packed);
    if (!decoded.ok) return refuse(decoded.problem);
    const preset = await originOf(given);
    return { ok: true, place: { scenario: decoded.input, preset, atUs, ...showing } };
  }
  if (given.has('of')) return refuse('of: expected beside s only.');
  return readPreset(given.get('preset'), given.get('seed'), { atUs, ...showing }, refuse);
}

/** The preset that a packed scenario was made of. It says nothing of the run: one that is no longer there is forgotten. */
async function originOf(given: URLSearchParams): Promise<Preset | null> {
  const name = given.get('of');
  return name === null ? null : ((await findPreset(name)) ?? null);
}

async function readPreset(
  name: string | null,
  seedText: string | null,
  rest: Omit<Place, 'scenario' | 'preset'>,
  refuse: (message: string) => Reading,
): Promise<Reading> {
  const preset = name === null ? FIRST_PRESET : await findPreset(name);
  if (preset === undefined) return refuse(await noSuchPreset(name ?? ''));
  let scenario = preset.scenario;
  if (seedText !== null) {
    const seed = numberIn(seedText, Number.MAX_SAFE_INTEGER);
    if (!Number.isInteger(seed))
      return refuse(`seed: expected a whole number from 0 on, got ${quote(seedText)}.`);
    scenario = { ...scenario, seed };
    await wantRules();
  }
  return { ok: true, place: { scenario, preset, ...rest } };
}

/** The fragment for a place: by name if it is a preset as it came (its seed may differ), else with all of it packed. */
export async function writeAddress(place: Place): Promise<string> {
  const { scenario, preset, atUs } = place;
  const route = place.embed == null ? '#/play' : '#/embed';
  const rest = `${atUs === null ? '' : `&t=${atUs / 1000}`}${writeShowing(place)}`;
  if (preset !== null && isPreset(scenario, preset)) {
    const seed = scenario.seed === preset.scenario.seed ? '' : `&seed=${scenario.seed ?? 1}`;
    return `${route}?preset=${preset.name}${seed}${rest}`;
  }
  const { encodeScenario } = await wantRules();
  const of = preset === null ? '' : `&of=${preset.name}`;
  return `${route}?s=${await encodeScenario(scenario)}${of}${rest}`;
}

/** Whether a scenario is a preset as it came, but for the seed. */
export function isPreset(scenario: ScenarioInput, preset: Preset): boolean {
  if (preset.scenario === scenario) return true;
  return JSON.stringify({ ...scenario, seed: 0 }) === JSON.stringify({ ...preset.scenario, seed: 0 });
}

/** A number without a sign, NaN if it is none or exceeds `max`. */
export function numberIn(text: string, max: number): number {
  const value = /^\d{1,16}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return value <= max ? value : Number.NaN;
}

export function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
