import type { Trace } from '../../trace/trace.ts';
import { faultEndUs, isInstant } from '../reading/faults.ts';

/** A fault's word over the timeline, and the stretch of time it covers. */
export interface FaultFlag {
  /** Indexes into the header's faults; more than one where there was no room for a word each. */
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

export interface FaultBand {
  fault: number;
  x: number;
  width: number;
}

const CHARACTER = 6.4;
const PADDING = 12;
const GAP = 4;
export const MOST_LANES = 2;

/** Width of a word in 12 px type, on the safe side. */
export const wordWidth = (text: string): number => Math.ceil(text.length * CHARACTER) + PADDING;

/**
 * Places the faults' words so that none covers another: each in the lowest lane that has room, and where no lane has,
 * together with the one before as "+ 2".
 * @param width px of the whole run
 */
export function placeFlags(trace: Trace, width: number): FaultFlag[] {
  const { faults = [], endUs = 1 } = trace.header ?? {};
  const order = faults
    .map((_, index) => index)
    .sort((a, b) => (faults[a]?.atUs ?? 0) - (faults[b]?.atUs ?? 0));
  const flags: FaultFlag[] = [];
  const lastInLane: FaultFlag[] = [];
  for (const index of order) {
    const fault = faults[index];
    if (fault === undefined) continue;
    const text = fault.label || fault.kind;
    const fromX = (fault.atUs / endUs) * width;
    const wide = Math.min(wordWidth(text), width);
    const x = Math.max(0, Math.min(fromX, width - wide));
    const lane = [0, 1].find((lane) => {
      const last = lastInLane[lane];
      return last === undefined || last.x + last.width + GAP <= x;
    });
    const before = flags.at(-1);
    if (lane === undefined || lane >= MOST_LANES) {
      if (before) join(before, index, width, lastInLane);
      continue;
    }
    const flag = { faults: [index], text, x, width: wide, lane, fromX, instant: isInstant(fault) };
    lastInLane[lane] = flag;
    flags.push(flag);
  }
  return flags;
}

/** Counts one more fault in with a flag. */
function join(flag: FaultFlag, fault: number, width: number, lastInLane: FaultFlag[]): void {
  const before = flag.faults.length > 1 ? flag.text.replace(/ \+ \d+$/, '') : flag.text;
  flag.faults.push(fault);
  // It stays where it is: what stands before it has been placed already.
  const room = width - flag.x;
  const long = `${before} + ${flag.faults.length - 1}`;
  flag.text = wordWidth(long) <= room ? long : `${flag.faults.length} faults`;
  flag.width = Math.min(wordWidth(flag.text), room);
  lastInLane[flag.lane] = flag;
}

/** The stretches of time that faults cover. */
export function faultBands(trace: Trace, width: number): FaultBand[] {
  const { faults = [], endUs = 1 } = trace.header ?? {};
  return faults.flatMap((fault, index) => {
    if (isInstant(fault)) return [];
    const x = (fault.atUs / endUs) * width;
    return [{ fault: index, x, width: Math.max(2, (faultEndUs(trace, fault) / endUs) * width - x) }];
  });
}

const STEPS_S = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200];
const TICK_ROOM = 62;

/** Ticks of the time axis, so far apart that their labels have room. */
export function timeTicks(
  endUs: number,
  width: number,
): { stepUs: number; ticks: { us: number; label: string }[] } {
  const seconds = endUs / 1e6;
  const step =
    STEPS_S.find((step) => (step / seconds) * width >= TICK_ROOM) ?? Math.ceil(seconds / 1800) * 1800;
  const ticks: { us: number; label: string }[] = [];
  for (let i = 0; i * step <= seconds * 1.0001; i++) {
    const at = i * step;
    const label = step >= 60 ? `${at / 60}\u00a0min` : `${Number(at.toFixed(2))}\u00a0s`;
    ticks.push({ us: Math.round(at * 1e6), label });
  }
  return { stepUs: step * 1e6, ticks };
}

/** Where a key moves the playhead to, µs; null: the key is for somebody else. */
export function keyTarget(key: string, nowUs: number, endUs: number, stepUs: number): number | null {
  const by = { ArrowLeft: -0.05, ArrowDown: -0.05, ArrowRight: 0.05, ArrowUp: 0.05, PageUp: 1, PageDown: -1 }[
    key
  ];
  if (by !== undefined) return Math.min(endUs, Math.max(0, Math.round(nowUs + by * stepUs)));
  return key === 'Home' ? 0 : key === 'End' ? endUs : null;
}
