import { lazyView } from '../parts/lazy-view.tsx';

/** Menus come when something is touched: the first paint does without them. */
export const LazyThingMenu = lazyView(async () => (await import('./thing-menu.tsx')).ThingMenu);
export const LazyFaultMenu = lazyView(async () => (await import('./fault-menu.tsx')).FaultMenu);
export const LazyFaultFields = lazyView(async () => (await import('./fault-editor.tsx')).FaultFields);
export const LazyPlaceMenu = lazyView(async () => (await import('./place-menu.tsx')).PlaceMenu);
