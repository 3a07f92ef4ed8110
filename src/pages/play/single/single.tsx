import { CostsTable } from '../../../views/costs/costs-table.tsx';
import { Stage } from '../../../views/stage/stage.tsx';
import { LatencyPanel } from '../branches/latency-panel.tsx';
import { Controls } from '../controls/controls.tsx';
import type { PlayProps } from '../model.ts';
import { Panel } from '../panel/panel.tsx';
import page from '../play-page.module.css';
import { WhyPanel } from '../side/side.tsx';
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
          <Stage {...view} />
        </div>
      );
    case 'latency':
      return (
        <div className={styles.scroller}>
          <LatencyPanel {...props} />
          <CostsTable {...view} />
        </div>
      );
    case 'why':
      return <WhyPanel {...props} />;
    case 'controls':
      return (
        <section className={page.controls} aria-label="Controls">
          <Controls {...props} />
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
