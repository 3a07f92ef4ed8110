import type { PlayProps } from '../model.ts';
import { About } from '../parts/about.tsx';
import { RedoIcon, UndoIcon } from '../parts/icons.tsx';
import styles from './controls.module.css';
import { Faults } from './faults.tsx';
import { HopTwo } from './hop-two.tsx';
import { Network } from './network.tsx';
import { Traffic } from './traffic.tsx';
import { Transports } from './transports.tsx';

type ControlsProps = Pick<
  PlayProps,
  'scenario' | 'trace' | 'player' | 'placing' | 'actions' | 'canUndo' | 'canRedo'
>;

/**
 * The left panel: what the run is about, then everything about the scenario that can be changed here, first what one
 * tries first. Each change acts at once.
 */
export function Controls(props: ControlsProps) {
  const { scenario, trace, player, placing, actions, canUndo, canRedo } = props;
  return (
    <>
      <About scenario={scenario} short />
      <Transports scenario={scenario} actions={actions} />
      <Network scenario={scenario} playhead={player} actions={actions} />
      <Faults scenario={scenario} trace={trace} placing={placing} actions={actions} />
      <HopTwo scenario={scenario} actions={actions} />
      <Traffic scenario={scenario} actions={actions} />
      <div className={styles.history}>
        <button type="button" disabled={!canUndo} onClick={() => actions.undo()}>
          <UndoIcon /> Undo
        </button>
        <button type="button" disabled={!canRedo} onClick={() => actions.redo()}>
          <RedoIcon /> Redo
        </button>
        {scenario.preset?.edited && (
          <button type="button" onClick={() => actions.backToPreset()}>
            Back to preset
          </button>
        )}
      </div>
    </>
  );
}
