import type { Trace } from '../../trace/trace.ts';
import type { ViewProps } from '../view.ts';
import type { Depth, Scale } from './depth.ts';

/**
 * What the ladder is given. It keeps zoom and scroll to itself; all else is the app's, so that it can be linked to.
 */
export interface LadderProps extends ViewProps {
  depth: Depth;
  scale: Scale;
  /** Clients whose lifelines are shown, each beside its server's; null: as many of each group as fit well. */
  hosts: readonly number[] | null;
  /** An earlier run, drawn where it went otherwise. */
  ghost?: { name: string; trace: Trace } | null;
  onDepth(depth: Depth): void;
  onScale(scale: Scale): void;
  onHosts(hosts: number[] | null): void;
  /** Somebody clicked a time, µs. */
  onSeek(us: number): void;
}
