/** Which stretch of time is looked at: everything so far, some time around now, or a stretch that a person chose. */
export type View =
  | { kind: 'all' }
  | { kind: 'now'; spanUs: number }
  | { kind: 'fixed'; fromUs: number; toUs: number };

export interface Stretch {
  fromUs: number;
  toUs: number;
}

const NICE_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200];
/** The least stretch that one can zoom into. */
const LEAST_US = 2000;
/** Where now stands in a stretch that goes along with it. */
const NOW_AT = 0.85;

/** The stretch of time that a view shows. A growing run is shown in steps, so that the axis stands still between them. */
export function stretchOf(view: View, nowUs: number, endUs: number): Stretch {
  if (view.kind === 'fixed') return { fromUs: view.fromUs, toUs: view.toUs };
  if (view.kind === 'now') {
    const fromUs = Math.max(0, Math.round(nowUs - view.spanUs * NOW_AT));
    return { fromUs, toUs: fromUs + view.spanUs };
  }
  const nice = NICE_S.find((seconds) => seconds * 1e6 >= nowUs);
  return { fromUs: 0, toUs: Math.min(endUs, (nice ?? Number.POSITIVE_INFINITY) * 1e6) };
}

/** The stretch made shorter (`factor` < 1) or longer around a place, 0 its start, 1 its end. */
export function zoomed({ fromUs, toUs }: Stretch, factor: number, place: number, endUs: number): View {
  const spanUs = Math.min(endUs, Math.max(LEAST_US, (toUs - fromUs) * factor));
  const at = fromUs + (toUs - fromUs) * place;
  return within(at - spanUs * place, spanUs, endUs);
}

/** The stretch moved by a share of its length. */
export const panned = ({ fromUs, toUs }: Stretch, share: number, endUs: number): View =>
  within(fromUs + (toUs - fromUs) * share, toUs - fromUs, endUs);

/** What shows less or more time and keeps to now if now is in sight. */
export function zoomedAtNow(view: View, factor: number, nowUs: number, endUs: number): View {
  const stretch = stretchOf(view, nowUs, endUs);
  const inSight = nowUs >= stretch.fromUs && nowUs <= stretch.toUs;
  if (view.kind === 'fixed' && !inSight) return zoomed(stretch, factor, 0.5, endUs);
  const spanUs = Math.max(LEAST_US, (stretch.toUs - stretch.fromUs) * factor);
  return spanUs >= endUs ? { kind: 'all' } : { kind: 'now', spanUs: Math.round(spanUs) };
}

function within(fromUs: number, spanUs: number, endUs: number): View {
  const from = Math.round(Math.min(Math.max(0, endUs - spanUs), Math.max(0, fromUs)));
  return { kind: 'fixed', fromUs: from, toUs: from + Math.round(spanUs) };
}

const STEPS_US = [1, 2, 5].flatMap((n) => [100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((p) => n * p));

/** Ticks at round times, so far apart that their labels have room. */
export function ticksOf({ fromUs, toUs }: Stretch, width: number): { us: number; label: string }[] {
  const least = ((toUs - fromUs) / Math.max(1, width)) * 78;
  const step = [...STEPS_US].sort((a, b) => a - b).find((us) => us >= least) ?? toUs - fromUs;
  const places = Math.max(0, 6 - Math.floor(Math.log10(step) + 1e-9));
  const ticks: { us: number; label: string }[] = [];
  for (let us = Math.ceil(fromUs / step) * step; us <= toUs; us += step)
    ticks.push({ us, label: `${(us / 1e6).toFixed(places)}\u00a0s` });
  return ticks;
}
