import type { TraceHeader } from '../../trace/trace.ts';
import { isLinked } from '../reading/places.ts';
import type { Size } from '../use-size.ts';
import { layoutFleet } from './layout-fleet.ts';
import { layoutLevel } from './layout-level.ts';
import { layoutUpright } from './layout-upright.ts';
import type { StageLayout } from './stage-layout.ts';

const UPRIGHT_BELOW = 480;

/**
 * Lays the stage out for a size. Pure: the same header, size and clients give the same layout.
 * @param only clients that may stand one by one: those of one server; null: all
 */
export function layoutStage(
  header: TraceHeader,
  size: Size,
  only: readonly number[] | null = null,
): StageLayout {
  if (size.width < UPRIGHT_BELOW) return layoutUpright(header, size, only);
  return isLinked(header) || header.loadBalancer !== null || header.proxy !== null
    ? layoutFleet(header, size, only)
    : layoutLevel(header, size, only);
}
