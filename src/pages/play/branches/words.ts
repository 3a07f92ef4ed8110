import { count, duration, plural } from '../../../views/readout/units.ts';
import type { BranchItem, LuckGroup, LuckModel, Spread } from './model.ts';

/** `from 3.2 s`, `from the start`. */
export function forkWords({ forkUs }: BranchItem): string {
  if (forkUs === null) return 'as it was opened';
  return forkUs === 0 ? 'other from the start' : `other from ${Number((forkUs / 1e6).toFixed(3))} s`;
}

/** `150–660 ms`, `80 ms – 1.05 s`; one figure where there is no range. */
export function rangeWords({ min, max }: Pick<Spread, 'min' | 'max'>): string {
  const [low, high] = [duration(min * 1000), duration(max * 1000)];
  if (low === high) return low;
  const [, lowUnit] = low.split('\u00a0');
  const [, highUnit] = high.split('\u00a0');
  return lowUnit === highUnit ? `${low.split('\u00a0')[0]}–${high}` : `${low} – ${high}`;
}

/** “SSE’s worst message: this seed 426 ms; over 50 seeds 150–660 ms (median 380 ms).” */
export function luckSentence(group: LuckGroup): string {
  const { title, here, seeds, worst, slower } = group;
  const own = here === null ? '' : `this seed ${duration(here.worst * 1000)}; `;
  const range =
    worst.min === worst.max
      ? `the same in all ${seeds} seeds`
      : `over ${seeds} seeds ${rangeWords(worst)} (median ${duration(worst.median * 1000)})`;
  const rank =
    here === null || worst.min === worst.max
      ? ''
      : slower === 0
        ? ' No seed was worse.'
        : slower === seeds
          ? ' Every seed was worse.'
          : ` ${slower} of ${seeds} were worse.`;
  return `${title}’s worst message: ${own}${range}.${rank}${lostWords(group)}`;
}

function lostWords({ lost, here, seeds }: LuckGroup): string {
  if (lost.max === 0 && (here === null || here.lost === 0)) return '';
  const own = here === null ? '' : `${count(here.lost)} here, `;
  const range =
    lost.min === lost.max ? `${count(lost.min)} in each` : `${count(lost.min)}–${count(lost.max)}`;
  return ` Lost: ${own}${range} over ${seeds} seeds.`;
}

/** How long it takes, in a unit that people wait in. */
export function waitWords(ms: number): string {
  if (ms < 1500) return 'about a second';
  if (ms < 90_000) return `about ${count(ms / 1000)} s`;
  return `about ${plural(Math.round(ms / 60_000), 'minute')}`;
}

/** What is offered, and why it is not all of it. */
export function offerWords({ offer }: Pick<LuckModel, 'offer'>): string {
  const { seeds, ms, most, mostMs } = offer;
  const what = `Runs the same scenario with ${seeds} seeds in the background`;
  if (ms === null) return `${what}.`;
  if (seeds === most || mostMs === null) return `${what}: ${waitWords(ms)}.`;
  return `${what}: ${waitWords(ms)}. All ${most} would take ${waitWords(mostMs)}.`;
}
