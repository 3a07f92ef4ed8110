import type { PlayProps } from '../model.ts';
import { lazyView } from '../parts/lazy-view.tsx';
import { Popover } from '../parts/popover.tsx';
import styles from '../top-bar.module.css';

const LazyShareChoices = lazyView(async () => (await import('./share-choices.tsx')).ShareChoices);

/** Ways to hand on exactly this moment. */
export function ShareMenu(props: PlayProps) {
  return (
    <Popover
      label="Share"
      title="Hand this moment on"
      buttonClass={styles.button}
      align="end"
      width={320}
      onWanted={LazyShareChoices.prepare}
    >
      {(close) => <LazyShareChoices.View {...props} close={close} />}
    </Popover>
  );
}
