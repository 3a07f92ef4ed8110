import { seconds } from '../../views/readout/units.ts';
import type { PlayProps } from './model.ts';
import styles from './player-bar.module.css';
import { useMoment } from './use-moment.ts';

type Props = Pick<PlayProps, 'trace' | 'player' | 'run' | 'actions'>;

/** How far a simulation that takes its time has come, and how to stop it; or that it was stopped, and how to go on. */
export function Simulating({ trace, player, run, actions }: Props) {
  const known = useMoment(player, () => Math.floor((100 * trace.knownUntilUs) / Math.max(1, player.endUs)));
  if (run.state === 'simulating') {
    return (
      <p key="on" className={styles.simulating} data-late>
        simulated: {known} % of {seconds(player.endUs)}
        <button
          type="button"
          title="What is simulated so far can be looked at"
          onClick={() => actions.stop()}
        >
          Stop
        </button>
      </p>
    );
  }
  if (run.state !== 'stopped') return null;
  return (
    <p className={styles.simulating}>
      stopped: simulated up to {seconds(trace.knownUntilUs)}
      <button type="button" title="Simulates it from the start, to its end" onClick={() => actions.restart()}>
        Go on
      </button>
    </p>
  );
}
