import { LazyControls, LazyResults, LazyWhyPanel } from '../lazy-parts.ts';
import type { PlayProps } from '../model.ts';
import { Panel } from '../panel/panel.tsx';
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
        <section className={page.controls} aria-label="Controls">
          <LazyControls.View {...props} />
        </section>
      );
    case 'panel':
      return (
        <Panel
          {...view}
          tabs={!presenting && embed?.single !== true}
          shown={shown}
          onShow={(change) => actions.show(change)}
        />
      );
  }
}
