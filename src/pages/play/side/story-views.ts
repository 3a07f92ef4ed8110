import { lazyView } from '../parts/lazy-view.tsx';

/** What tells stories comes in files of its own: the first picture can do without. */
export const LazyNow = lazyView(async () => (await import('../../../views/now/now.tsx')).Now);
export const LazyWhy = lazyView(async () => (await import('../../../views/why/why.tsx')).Why);
export const LazyNowStrip = lazyView(async () => (await import('./now-strip.tsx')).NowStrip);
LazyNow.prepare();
