import type { BackplanePlugin } from '../engine/contract/backplane.ts';
import { registered } from '../engine/contract/registry.ts';
import { BACKPLANE_FOLDERS } from './registry.ts';

const FILES = import.meta.glob<Record<string, BackplanePlugin>>('./*/index.ts', { eager: true });

/** Every backplane there is, by kind, with what makes it run; `registry.ts` lists them. */
export const BACKPLANES: Record<string, BackplanePlugin> = registered(
  BACKPLANE_FOLDERS,
  FILES,
  ({ manifest }) => manifest.kind,
);
