const STEPS_US = [50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000];
const ROOM = 64;
/** Labels keep off both ends. */
const EDGE = 22;

/** Round times within a window, so far apart that their labels have room. */
export function timeTicks(fromUs: number, toUs: number, width: number): { us: number; label: string }[] {
  const pxPerUs = width / Math.max(1, toUs - fromUs);
  const stepUs = STEPS_US.find((step) => step * pxPerUs >= ROOM) ?? 10_000_000;
  const places = stepUs % 1_000_000 === 0 ? 0 : stepUs % 100_000 === 0 ? 1 : 2;
  const ticks: { us: number; label: string }[] = [];
  const firstUs = Math.max(0, Math.ceil((fromUs + EDGE / pxPerUs) / stepUs) * stepUs);
  for (let us = firstUs; us <= toUs - EDGE / pxPerUs; us += stepUs)
    ticks.push({ us, label: `${(us / 1e6).toFixed(places)}\u00a0s` });
  return ticks;
}
