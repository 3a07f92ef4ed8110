import { type Embed, FIRST_SHOWN, PANEL_TABS, PARTS, type Shown } from '../pages/play/shown.ts';
import type { Selection } from '../views/index.ts';

/** The part of an address that says what is shown of a run, and to whom. */
export interface Showing {
  selection?: Selection | null;
  /** Views that differ from the usual ones. */
  shown?: Partial<Shown>;
  /** What somebody has to say about the moment. */
  caption?: string | null;
  /** What the branches of the run are; whoever makes branches knows how to read it. */
  branch?: string | null;
  /** null: the page stands alone. */
  embed?: Embed | null;
}

export const LONGEST_CAPTION = 280;
const LONGEST_BRANCH = 20_000;
const MOST_HOSTS = 20;

export const SHOWING_KEYS = ['sel', 'view', 'depth', 'scale', 'hosts', 'caption', 'branch'] as const;
export const EMBED_KEYS = ['theme', 'controls', 'autoplay'] as const;

type Of<K extends Selection['kind']> = Extract<Selection, { kind: K }>;
/** The id field of each kind of selection. */
const ID: { [K in Selection['kind']]: Exclude<keyof Of<K>, 'kind' | 'client'> | 'client' } = {
  message: 'message',
  packet: 'seq',
  client: 'client',
  server: 'server',
  place: 'place',
  fault: 'fault',
  connection: 'connection',
  actor: 'actor',
  record: 'seq',
};

/** `message-39-2`, `packet-1234`. */
export function writeSelection(selection: Selection): string {
  const id = (selection as unknown as Record<string, number>)[ID[selection.kind]];
  const to = selection.kind === 'message' && selection.client !== null ? `-${selection.client}` : '';
  return `${selection.kind}-${id}${to}`;
}

/** Null: it is none. Whether there is such a thing, only the run can tell. */
export function readSelection(text: string): Selection | null {
  const match = /^([a-z]+)-(\d{1,10})(?:-(\d{1,6}))?$/.exec(text);
  const [, kind = '', id = '', client] = match ?? [];
  if (match === null || !Object.hasOwn(ID, kind) || (client !== undefined && kind !== 'message')) return null;
  const known = kind as Selection['kind'];
  const selection = { kind: known, [ID[known]]: Number(id) };
  return (
    known === 'message' ? { ...selection, client: client === undefined ? null : Number(client) } : selection
  ) as Selection;
}

/** The fields as parameters, in their order; what is usual is left out. */
export function writeShowing({ selection, shown, caption, branch, embed }: Showing): string {
  const view = { ...FIRST_SHOWN, ...shown };
  const fields: [string, string | null][] = [
    ['sel', selection == null ? null : writeSelection(selection)],
    ['view', writeView(view, embed?.single === true)],
    ['depth', view.depth === FIRST_SHOWN.depth ? null : String(view.depth)],
    ['scale', view.scale === FIRST_SHOWN.scale ? null : view.scale],
    ['hosts', view.hosts === null ? null : view.hosts.join('.')],
    ['caption', caption || null],
    ['branch', branch || null],
    ['theme', embed == null || embed.theme === 'system' ? null : embed.theme],
    ['controls', embed == null || embed.controls === 'player' ? null : embed.controls],
    ['autoplay', embed?.autoplay ? '1' : null],
  ];
  return fields
    .map(([key, value]) => (value === null ? '' : `&${key}=${encodeURIComponent(value)}`))
    .join('');
}

/** A tab below the stage goes by its own name, another part by the part's. */
function writeView({ part, tab }: Shown, always: boolean): string | null {
  if (part !== 'panel' && part !== 'controls') return part;
  return tab === FIRST_SHOWN.tab && !always ? null : tab;
}

const VIEWS: readonly string[] = [
  ...PANEL_TABS.map(({ id }) => id),
  ...PARTS.map(({ id }) => id).filter((id) => id !== 'panel' && id !== 'controls'),
];

/** Reads what {@link writeShowing} wrote, or says in one sentence what is wrong. */
export function readShowing(given: URLSearchParams, embedded: boolean): Showing | string {
  const showing: Showing = {};
  const shown: Partial<Shown> = {};
  const sel = given.get('sel');
  if (sel !== null) {
    showing.selection = readSelection(sel);
    if (showing.selection === null)
      return `sel: expected something like packet-1234 or message-39-2, got ${quote(sel)}.`;
  }
  const view = given.get('view');
  if (view !== null) {
    if (!VIEWS.includes(view)) return `view: expected one of ${VIEWS.join(', ')}, got ${quote(view)}.`;
    const tab = PANEL_TABS.find(({ id }) => id === view)?.id;
    if (tab === undefined) shown.part = view as Shown['part'];
    else Object.assign(shown, { part: 'panel', tab });
  }
  const depth = given.get('depth');
  if (depth !== null) {
    if (!/^[1-4]$/.test(depth)) return `depth: expected 1, 2, 3 or 4, got ${quote(depth)}.`;
    shown.depth = Number(depth) as Shown['depth'];
  }
  const scale = given.get('scale');
  if (scale !== null) {
    if (scale !== 'time' && scale !== 'ordinal')
      return `scale: expected time or ordinal, got ${quote(scale)}.`;
    shown.scale = scale;
  }
  const hosts = given.get('hosts');
  if (hosts !== null) {
    if (!/^\d{1,6}(\.\d{1,6})*$/.test(hosts) || hosts.split('.').length > MOST_HOSTS)
      return `hosts: expected up to ${MOST_HOSTS} numbers of clients, such as 0.2, got ${quote(hosts)}.`;
    shown.hosts = hosts.split('.').map(Number);
  }
  if (Object.keys(shown).length > 0) showing.shown = shown;
  for (const [key, most] of [
    ['caption', LONGEST_CAPTION],
    ['branch', LONGEST_BRANCH],
  ] as const) {
    const text = given.get(key);
    if (text === null) continue;
    if (text.length > most) return `${key}: expected ${most} characters at most, got ${text.length}.`;
    showing[key] = text;
  }
  if (!embedded) return showing;
  const embed = readEmbed(given);
  return typeof embed === 'string' ? embed : { ...showing, embed };
}

function readEmbed(given: URLSearchParams): Embed | string {
  const theme = given.get('theme') ?? 'system';
  if (theme !== 'system' && theme !== 'light' && theme !== 'dark')
    return `theme: expected system, light or dark, got ${quote(theme)}.`;
  const controls = given.get('controls') ?? 'player';
  if (controls !== 'none' && controls !== 'player' && controls !== 'full')
    return `controls: expected none, player or full, got ${quote(controls)}.`;
  const autoplay = given.get('autoplay') ?? '0';
  if (!/^[01]$/.test(autoplay)) return `autoplay: expected 0 or 1, got ${quote(autoplay)}.`;
  return { theme, controls, autoplay: autoplay === '1', single: given.has('view') };
}

/** What was given, cut to what a sentence can hold. */
export const quote = (text: string | null) => {
  const value = text ?? '';
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
};
