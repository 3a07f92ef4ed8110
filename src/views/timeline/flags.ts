import { type Fault, isInstant } from '../reading/faults.ts';

/** A fault, and what is told of it under the pointer, where that is more than its label. */
export type TimelineFault = Fault & { title?: string };

/** A fault's word over the timeline. */
export interface FaultFlag {
  /** Indexes of the faults; more than one for what was typed in one go, and where there was no room for a word each. */
  faults: number[];
  text: string;
  /** Left edge and width of the word, and the lane it stands in, 0 the lowest. */
  x: number;
  width: number;
  lane: number;
  /** Where it begins, px. */
  fromX: number;
  instant: boolean;
}

const CHARACTER = 6.4;
const PADDING = 15;
const GAP = 4;
const LANES = [0, 1];
/** No flag is narrower: it has to be hit (WCAG 2.5.8). */
const NARROWEST = 24;
/** Keystrokes no further apart than this are one flag. */
const ONE_GO_US = 1_500_000;

/** Width of a word in 12 px type, on the safe side. */
export const wordWidth = (text: string): number =>
  Math.max(NARROWEST, Math.ceil(text.length * CHARACTER) + PADDING);

const SHORT: Record<string, string> = {
  'link-down': 'cut',
  'link-change': 'link',
  'server-crash': 'crash',
  'server-pause': 'pause',
  'server-join': 'join',
  'server-drain': 'drain',
  'load-balancer-crash': 'crash',
  'load-balancer-pause': 'pause',
  'client-disconnect': 'off',
  'client-sleep': 'sleep',
  'network-switch': 'switch',
  'dns-down': 'DNS',
  'broker-crash': 'crash',
  'broker-pause': 'pause',
  partition: 'split',
  'clock-skew': 'clock',
  'packet-drop': 'drop',
  'packet-delay': 'delay',
  'packet-duplicate': 'twice',
};

interface Item {
  faults: number[];
  texts: string[];
  atUs: number;
  instant: boolean;
}

/**
 * Places the faults' words so that none covers another: each in the lowest lane that has room, with a shorter word
 * where the long one has none, and where nothing has room, together with the one before as "3 faults".
 * @param width px of the whole run @param first a fault that has a flag of its own, whatever else finds room
 */
export function placeFlags(faults: readonly Fault[], endUs: number, width: number, first = -1): FaultFlag[] {
  const items = itemsOf(faults);
  const chosen = items.findIndex((item) => item.faults.includes(first));
  if (chosen > 0) items.unshift(...items.splice(chosen, 1));
  const flags: FaultFlag[] = [];
  for (const item of items) {
    const flag = place(item, flags, endUs, width);
    if (flag !== null) flags.push(flag);
    else join(item, flags, (item.atUs / endUs) * width, first);
  }
  // In the order of the scenario, so that a flag that is moved past another stays the same element.
  return flags.sort((a, b) => (a.faults[0] ?? 0) - (b.faults[0] ?? 0));
}

function itemsOf(faults: readonly Fault[]): Item[] {
  const order = faults.map((fault, index) => ({ fault, index })).sort((a, b) => a.fault.atUs - b.fault.atUs);
  const items: Item[] = [];
  let typing: { item: Item; lastUs: number; text: string } | null = null;
  for (const { fault, index } of order) {
    const { kind, atUs, label } = fault;
    const typed = kind === 'publish' ? (/“(.*)”/.exec(label)?.[1] ?? '') : '';
    if (kind === 'publish' && typing !== null && atUs - typing.lastUs <= ONE_GO_US) {
      typing.item.faults.push(index);
      typing.text += typed;
      typing.item.texts = [`typed “${typing.text}”`, `“${typing.text.slice(-2)}”`];
      typing.lastUs = atUs;
      continue;
    }
    const item = {
      faults: [index],
      texts: [label || kind, SHORT[kind] ?? '!', '!'],
      atUs,
      instant: isInstant(fault),
    };
    items.push(item);
    if (kind === 'publish') {
      item.texts = [`typed “${typed}”`, `“${typed.slice(-2)}”`];
      typing = { item, lastUs: atUs, text: typed };
    }
  }
  return items;
}

function place(item: Item, flags: readonly FaultFlag[], endUs: number, width: number): FaultFlag | null {
  const fromX = (item.atUs / endUs) * width;
  for (const text of item.texts) {
    const wide = Math.min(wordWidth(text), width);
    const x = Math.max(0, Math.min(fromX, width - wide));
    const lane = LANES.find((lane) =>
      flags.every(
        (other) => other.lane !== lane || other.x + other.width + GAP <= x || x + wide + GAP <= other.x,
      ),
    );
    if (lane === undefined) continue;
    return { faults: item.faults, text, x, width: wide, lane, fromX, instant: item.instant };
  }
  return null;
}

/** The lowest lane of `lanes` that has neither a word nor a stem between two places; -1: none has. */
export function freeLane(flags: readonly FaultFlag[], left: number, right: number, lanes: number): number {
  return LANES.slice(0, lanes).findIndex((lane) =>
    flags.every(({ x, width, fromX, lane: own }) => {
      const isWordClear = own !== lane || x + width + GAP <= left || right + GAP <= x;
      const isStemClear = own <= lane || fromX < left || right < fromX;
      return isWordClear && isStemClear;
    }),
  );
}

/** Counts faults in with the flag that stands nearest before them; it stays where it is and as wide as it is. */
function join(item: Item, flags: FaultFlag[], fromX: number, first: number): void {
  const others = flags.filter((flag) => flags.length === 1 || !flag.faults.includes(first));
  const away = (flag: FaultFlag) => (flag.fromX <= fromX ? fromX - flag.fromX : 1e6 + flag.fromX);
  const [flag] = others.sort((a, b) => away(a) - away(b));
  if (flag === undefined) return;
  flag.faults = [...flag.faults, ...item.faults];
  const many = `${flag.faults.length} faults`;
  flag.text = wordWidth(many) <= flag.width ? many : `${flag.faults.length}`;
}
