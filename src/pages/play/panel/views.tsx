import type { ComponentType } from 'react';
import type { Trace } from '../../../trace/trace.ts';
import type { ViewProps } from '../../../views/index.ts';
import { type LazyView, lazyView } from '../parts/lazy-view.tsx';
import type { PanelTab, Shown } from '../shown.ts';

/** What a view below the stage is given. */
export interface PanelViewProps extends ViewProps {
  shown: Shown;
  onShow(change: Partial<Shown>): void;
  onSeek(us: number): void;
  /** An earlier run to draw beside this one. */
  ghost?: { name: string; trace: Trace } | null;
}

/** The views below the stage, each in a file of its own that comes when it is wanted. */
export const PANEL_VIEWS: Record<PanelTab, LazyView<PanelViewProps>> = {
  ladder: lazyView(async () => {
    const { Ladder } = await import('../../../views/ladder/ladder.tsx');
    const LadderView: ComponentType<PanelViewProps> = ({ shown, onShow, ...view }) => (
      <Ladder
        {...view}
        depth={shown.depth}
        scale={shown.scale}
        hosts={shown.hosts}
        onDepth={(depth) => onShow({ depth })}
        onScale={(scale) => onShow({ scale })}
        onHosts={(hosts) => onShow({ hosts })}
      />
    );
    return LadderView;
  }),
  connections: lazyView<PanelViewProps>(
    async () => (await import('../../../views/waterfall/waterfall.tsx')).Waterfall,
  ),
  machine: lazyView<PanelViewProps>(async () => (await import('../../../views/machine/machine.tsx')).Machine),
  log: lazyView<PanelViewProps>(async () => (await import('../../../views/log/log.tsx')).Log),
  backplane: lazyView<PanelViewProps>(
    async () => (await import('../../../views/hop/backplane.tsx')).Backplane,
  ),
  packets: lazyView<PanelViewProps>(async () => (await import('../../../views/packets/packets.tsx')).Packets),
};
