import { Timeline } from '../../views/timeline/timeline.tsx';
import styles from '../play/player-bar.module.css';
import { Clock, PlayButton, SpeedChoice, Steps } from '../play/player-bar.tsx';
import type { CompareProps } from './model.ts';

/** One clock for all variants. The activity along the time is that of the variant that is looked at. */
export function PlayerBar(props: CompareProps) {
  const { variants, selection, player, reducedMotion, actions } = props;
  const chosen = variants.find(({ id }) => id === selection?.variant) ?? longest(props);
  const ready = variants.every(({ run }) => run.state !== 'simulating');
  const omitted = variants.filter(({ run }) => run.omitted > 0).map(({ letter }) => letter);
  return (
    <section className={styles.bar} aria-label="Player">
      <PlayButton {...props} />
      <Steps {...props} />
      <Clock player={player} run={{ state: ready ? 'done' : 'simulating' }} />
      <SpeedChoice {...props} />
      <div className={styles.timeline}>
        {chosen !== undefined && (
          <Timeline
            trace={chosen.run.trace}
            playhead={player}
            selection={null}
            onSelect={(what) => actions.select(what === null ? null : { variant: chosen.id, what })}
            reducedMotion={reducedMotion}
            onSeek={(us) => actions.seek(us)}
          />
        )}
        {omitted.length > 0 && (
          <p className={styles.omitted}>
            More than what can be kept: the last records of {omitted.join(', ')} are counted but not drawn.
          </p>
        )}
      </div>
    </section>
  );
}

/** The playhead goes as far as the longest of them. */
function longest({ variants }: CompareProps) {
  const endOf = (variant: (typeof variants)[number] | undefined) => variant?.run.trace.header?.endUs ?? 0;
  return variants.reduce((best, one) => (endOf(one) > endOf(best) ? one : best), variants[0]);
}
