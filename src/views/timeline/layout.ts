import { type Fault, isInstant } from '../reading/faults.ts';

export interface FaultBand {
  fault: number;
  x: number;
  width: number;
}

/** When a fault is over, µs; one without an end lasts as long as the run. */
export const overUs = (fault: Fault, endUs: number): number =>
  isInstant(fault) ? fault.atUs : fault.endUs > fault.atUs ? fault.endUs : endUs;

/** The stretches of time that faults cover. */
export function faultBands(faults: readonly Fault[], endUs: number, width: number): FaultBand[] {
  return faults.flatMap((fault, index) => {
    if (isInstant(fault)) return [];
    const x = (fault.atUs / endUs) * width;
    return [{ fault: index, x, width: Math.max(2, (overUs(fault, endUs) / endUs) * width - x) }];
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
