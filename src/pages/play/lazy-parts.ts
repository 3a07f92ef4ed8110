import { lazyView } from './parts/lazy-view.tsx';

/**
 * Parts of the page that come right after its first picture, which is the stage and the player: their places are kept
 * free, so that nothing jumps.
 */
export const LazySide = lazyView(async () => (await import('./side/side.tsx')).Side);
export const LazyWhyPanel = lazyView(async () => (await import('./side/side.tsx')).WhyPanel);
export const LazyResults = lazyView(async () => (await import('./side/side.tsx')).Results);
export const LazyControls = lazyView(async () => (await import('./controls/controls.tsx')).Controls);
export const LazyBranchBar = lazyView(async () => (await import('./branches/branch-bar.tsx')).BranchBar);
export const LazyCompare = lazyView(
  async () => (await import('./branches/compare-dialog.tsx')).CompareDialog,
);
export const LazyBadInput = lazyView(async () => (await import('./bad-input.tsx')).BadInputNotice);
LazyControls.prepare();
LazySide.prepare();
LazyBranchBar.prepare();
