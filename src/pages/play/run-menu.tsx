import type { PlayProps } from './model.ts';
import { DownIcon } from './parts/icons.tsx';
import { lazyView } from './parts/lazy-view.tsx';
import { Popover } from './parts/popover.tsx';
import styles from './player-bar.module.css';

const LazyRunChoices = lazyView(async () => (await import('./run-choices.tsx')).RunChoices);

type Props = Pick<PlayProps, 'actions' | 'targets' | 'recordKinds' | 'settings'>;

/** Runs to the next thing of a kind, or until a condition holds. */
export function RunMenu(props: Props) {
  return (
    <Popover
      label={
        <>
          run to <DownIcon />
        </>
      }
      title="Run to the next loss, delivery, …"
      buttonClass={styles.runTo}
      side="up"
      width={330}
      onWanted={LazyRunChoices.prepare}
    >
      {(close) => <LazyRunChoices.View {...props} close={close} />}
    </Popover>
  );
}
