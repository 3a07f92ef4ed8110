import { CostsTable } from '../../../views/costs/costs-table.tsx';
import { LatencyPanel } from '../branches/latency-panel.tsx';
import { offersFor } from '../detail/offers.ts';
import type { PlayProps } from '../model.ts';
import { About } from '../parts/about.tsx';
import { BackIcon } from '../parts/icons.tsx';
import { effectOf } from '../touch/effects.ts';
import type { PageView } from '../view.ts';
import styles from './side.module.css';
import { LazyNow, LazyWhy } from './story-views.ts';

type Props = PlayProps & { view: PageView };

interface SideProps extends Props {
  /** What the run is about is told here: it stands nowhere else. */
  tells: boolean;
}

/** The right panel: what it came to and what just happened; or, with something selected, why it went as it did. */
export function Side(props: SideProps) {
  const { selection, view, scenario, tells } = props;
  if (selection !== null) return <WhyPanel {...props} />;
  return (
    <>
      <div className={styles.results}>
        <Results {...props} />
        {tells && <About scenario={scenario} />}
      </div>
      <div className={styles.now}>
        <h2 className={styles.title}>Now</h2>
        <div className={styles.nowCard}>
          <LazyNow.View {...view} />
        </div>
      </div>
    </>
  );
}

/** How long deliveries took, and what they cost. */
export function Results(props: Props) {
  return (
    <>
      <LatencyPanel {...props} />
      <CostsTable {...props.view} />
    </>
  );
}

/** The story of what is selected, and the way back. */
export function WhyPanel({ selection, view, trace, actions, scenario }: Props) {
  return (
    <div key={JSON.stringify(selection)} className={styles.why}>
      {selection !== null && (
        <button type="button" className={styles.back} onClick={() => actions.select(null)}>
          <BackIcon /> Back <kbd>Esc</kbd>
        </button>
      )}
      <LazyWhy.View
        {...view}
        onWhatIf={(what) =>
          offersFor(trace, what).map((offer) => ({
            label: offer.label,
            about: effectOf(offer, trace.header),
            run: () => actions.addFault(offer),
          }))
        }
      />
      {selection === null && <About scenario={scenario} />}
    </div>
  );
}
