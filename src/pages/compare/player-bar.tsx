import { useMemo } from 'react';
import { Timeline } from '../../views/timeline/timeline.tsx';
import type { Selection } from '../../views/view.ts';
import styles from '../play/player-bar.module.css';
import { Clock, PlayButton, SpeedChoice, Steps } from '../play/player-bar.tsx';
import type { CompareProps } from './model.ts';
import { type SharedFault, sharedFaults } from './shared-faults.ts';

/** One clock for all variants. The activity along the time is that of the variant that is looked at. */
export function PlayerBar(props: CompareProps) {
  const { variants, selection, player, reducedMotion, actions } = props;
  const chosen = variants.find(({ id }) => id === selection?.variant) ?? longest(props);
  const shared = useMemo(() => sharedFaults(variants), [variants]);
  const faults = useMemo(() => shared.map(({ fault }) => fault), [shared]);
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
            faults={faults}
            selection={null}
            onSelect={(what) => actions.select(ofOne(what, shared, chosen.id))}
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

/** What was selected on the timeline of all, at the variant that is looked at, or at one that has it. */
function ofOne(
  what: Selection | null,
  shared: readonly SharedFault[],
  chosen: number,
): CompareProps['selection'] {
  if (what?.kind !== 'fault') return what === null ? null : { variant: chosen, what };
  const members = shared[what.fault]?.in ?? [];
  const one = members.find(({ variant }) => variant === chosen) ?? members[0];
  return one === undefined ? null : { variant: one.variant, what: { kind: 'fault', fault: one.index } };
}

/** The playhead goes as far as the longest of them. */
function longest({ variants }: CompareProps) {
  const endOf = (variant: (typeof variants)[number] | undefined) => variant?.run.trace.header?.endUs ?? 0;
  return variants.reduce((best, one) => (endOf(one) > endOf(best) ? one : best), variants[0]);
}
