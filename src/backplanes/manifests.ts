import type { BackplaneManifest } from '../engine/contract/backplane.ts';
import { registered } from '../engine/contract/registry.ts';
import { BACKPLANE_FOLDERS } from './registry.ts';

const FILES = import.meta.glob<Record<string, BackplaneManifest>>('./**/manifest.ts', { eager: true });

/** What there is to choose from, without what makes it run; `index.ts` holds the backplanes themselves. */
export const BACKPLANE_MANIFESTS: Readonly<Record<string, BackplaneManifest>> = registered(
  BACKPLANE_FOLDERS,
  FILES,
  ({ kind }) => kind,
);
