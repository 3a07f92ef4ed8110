import { LazyControls, LazyResults, LazyWhyPanel } from '../lazy-parts.ts';
import type { PlayProps } from '../model.ts';
import { Panel } from '../panel/panel.tsx';
import { CloseIcon } from '../parts/icons.tsx';
import page from '../play-page.module.css';
import { TouchStage } from '../touch/touch-stage.tsx';
import type { PageView } from '../view.ts';
import styles from './single.module.css';

/** One view that fills the page. */
export function Single(props: PlayProps & { view: PageView }) {
  const { shown } = props;
  return (
    <main id="main" tabIndex={-1} className={styles.single} data-part={shown.part}>
      <Part {...props} />
    </main>
  );
}

function Part(props: PlayProps & { view: PageView }) {
  const { view, shown, actions, presenting, embed } = props;
  const panel = (
    <Panel
      {...view}
      tabs={!presenting && embed?.single !== true}
      ghost={props.ghost}
      shown={shown}
      onShow={(change) => actions.show({ part: 'panel', ...change })}
    />
  );
  switch (shown.part) {
    case 'stage':
      return (
        <div className={page.stage}>
          <TouchStage {...props} />
        </div>
      );
    case 'latency':
      return (
        <div className={styles.scroller}>
          <LazyResults.View {...props} />
        </div>
      );
    case 'why':
      return <LazyWhyPanel.View {...props} />;
    case 'controls':
      return (
        <div className={styles.beneath}>
          {panel}
          <Sheet {...props} />
        </div>
      );
    case 'panel':
      return panel;
  }
}

/** The controls, over the lower part of the view: what they change can be seen above them. */
function Sheet(props: PlayProps) {
  const close = () => props.actions.show({ part: 'panel' });
  return (
    <section
      className={styles.sheet}
      aria-label="Controls"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <div className={styles.sheetHead}>
        <h2>Controls</h2>
        <button type="button" aria-label="Close the controls" onClick={close}>
          <CloseIcon />
        </button>
      </div>
      <div className={page.controls}>
        <LazyControls.View {...props} />
      </div>
    </section>
  );
}
