import { LazyBranchBar, LazyControls, LazySide } from './lazy-parts.ts';
import type { PlayProps } from './model.ts';
import { Panel } from './panel/panel.tsx';
import { Splitter } from './panel/splitter.tsx';
import styles from './play-page.module.css';
import { TouchStage } from './touch/touch-stage.tsx';
import type { PageView } from './view.ts';

interface Props extends PlayProps {
  view: PageView;
  controls: boolean;
  /** The controls take the place of the stage when they are asked for. */
  tight: boolean;
}

/** The page where there is room: controls, the stage with the views below it, and what it came to. */
export function Columns(props: Props) {
  const { view, controls, tight, shown, settings, actions } = props;
  const { split } = settings;
  const controlsShown = controls && (!tight || shown.part === 'controls');
  const middleShown = !(tight && controlsShown);
  return (
    <div className={styles.columns} data-controls={controls && !tight}>
      {controlsShown && (
        <section className={styles.controls} aria-label="Controls">
          <LazyControls.View {...props} />
        </section>
      )}
      {middleShown && (
        <div
          className={styles.middle}
          style={{ gridTemplateRows: `minmax(0, ${1 - split}fr) minmax(0, ${split}fr)` }}
        >
          <main id="main" tabIndex={-1} className={styles.stage}>
            <TouchStage {...props} />
          </main>
          <Panel
            {...view}
            tabs
            beside={<LazyBranchBar.View {...props} />}
            ghost={props.ghost}
            shown={shown}
            onShow={(change) => actions.show(change)}
            edge={<Splitter split={split} onSplit={(next) => actions.set({ split: next })} />}
          />
        </div>
      )}
      <aside className={styles.side} aria-label="Results">
        <LazySide.View {...props} tells={!controlsShown} />
      </aside>
    </div>
  );
}
