import { lazyView } from '../parts/lazy-view.tsx';

export const LazyPalette = lazyView(async () => (await import('./palette.tsx')).Palette);
export const LazyKeysDialog = lazyView(async () => (await import('./keys-dialog.tsx')).KeysDialog);
