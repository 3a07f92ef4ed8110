import { useMemo, useState } from 'react';
import type { Pointing } from '../../../views/index.ts';
import type { TimelineEdits } from '../../../views/timeline/edits.ts';
import { Timeline } from '../../../views/timeline/timeline.tsx';
import type { PlayProps } from '../model.ts';
import { LazyFaultMenu } from './lazy.ts';
import { lasts } from './names.ts';

type Props = Pick<
  PlayProps,
  'trace' | 'scenario' | 'player' | 'selection' | 'reducedMotion' | 'placing' | 'actions'
> & { pointing: Pointing };

/** The timeline, with its faults to be moved, lengthened, edited, deleted, and put there. */
export function TouchTimeline(props: Props) {
  const { trace, scenario, player, selection, reducedMotion, placing, actions } = props;
  const [menu, setMenu] = useState<{ index: number; anchor: DOMRect } | null>(null);
  const edits = useMemo(
    (): TimelineEdits => ({
      faults: scenario.timeline,
      placing: placing === null ? null : { label: placing.label, hasLength: lasts(placing) },
      onShift: (faults, byUs) => actions.shiftFaults(faults, byUs / 1000),
      onLengthen: (fault, byUs) => actions.lengthenFault(fault, byUs / 1000),
      onRemove(faults) {
        actions.removeFaults(faults);
        actions.select(null);
      },
      onOpen: (index, anchor) => setMenu({ index, anchor }),
      onPlace(where) {
        actions.place(null);
        if (where === null || placing === null) return;
        const { atUs, forUs } = where;
        actions.addFault({ ...placing, atUs, ...(forUs === null ? {} : { forMs: forUs / 1000 }) });
      },
    }),
    [scenario, placing, actions],
  );
  return (
    <>
      <Timeline
        trace={trace}
        playhead={player}
        selection={selection}
        onSelect={(next) => actions.select(next)}
        reducedMotion={reducedMotion}
        pointing={props.pointing}
        onSeek={(us) => actions.seek(us)}
        edits={edits}
      />
      {menu !== null && (
        <LazyFaultMenu.View
          key={menu.index}
          {...{ trace, scenario, actions }}
          index={menu.index}
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
