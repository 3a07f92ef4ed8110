import type { PlayProps } from '../model.ts';
import styles from './side.module.css';
import { LazyNowStrip } from './story-views.ts';

/** What just happened, in one strip over the whole width. */
export function NowCaption({ trace, player, actions }: PlayProps) {
  return (
    <section className={styles.strip} aria-label="Now">
      <LazyNowStrip.View
        trace={trace}
        playhead={player}
        onWhy={({ subject }) => {
          actions.select(subject);
          actions.show({ part: 'why' });
        }}
      />
    </section>
  );
}
