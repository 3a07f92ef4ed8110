import { useState } from 'react';
import { CostsTable, LatencyStrips, Stage, type ViewProps } from '../../views/index.ts';
import { Controls } from './controls/controls.tsx';
import { Detail } from './detail/detail.tsx';
import { BadInputNotice, FailureNotice, KeysDialog } from './dialogs.tsx';
import type { PlayProps } from './model.ts';
import { Section } from './parts/section.tsx';
import styles from './play-page.module.css';
import { PlayerBar } from './player-bar.tsx';
import { TopBar } from './top-bar.tsx';

const TABS = [
  ['stage', 'Stage'],
  ['latency', 'Latency'],
  ['costs', 'Costs'],
  ['controls', 'Controls'],
] as const;

/** Play: the stage, what it costs, and everything that can be changed. On a phone one of them at a time. */
export function PlayPage(props: PlayProps) {
  const { trace, player, selection, actions, reducedMotion, badInput, run, toast, announcement } = props;
  const [tab, setTab] = useState<(typeof TABS)[number][0]>('stage');
  const view: ViewProps = {
    trace,
    playhead: player,
    selection,
    reducedMotion,
    onSelect: (next) => actions.select(next),
  };
  return (
    <div className={styles.page} data-tab={tab}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('stage')?.focus()}>
        Skip to the stage
      </button>
      <TopBar {...props} />
      <div className={styles.notices}>
        {badInput !== null && <BadInputNotice badInput={badInput} actions={actions} />}
        {run.failure !== null && <FailureNotice failure={run.failure} actions={actions} />}
      </div>
      <section className={styles.controls} aria-label="Controls">
        <Controls {...props} />
      </section>
      <main id="stage" tabIndex={-1} className={styles.stage}>
        <Stage {...view} />
      </main>
      <aside className={styles.side} aria-label="Results">
        <div className={styles.latency}>
          <Section title="Delivery latency">
            <LatencyStrips {...view} targetMs={props.targetMs} />
          </Section>
        </div>
        <div className={styles.costs}>
          <CostsTable {...view} />
        </div>
        <div className={styles.detail} data-selected={selection !== null}>
          <Detail {...props} />
        </div>
      </aside>
      <nav className={styles.tabs} aria-label="Parts of this page">
        {TABS.map(([id, title]) => (
          <button key={id} type="button" data-part={id} aria-pressed={tab === id} onClick={() => setTab(id)}>
            {title}
          </button>
        ))}
      </nav>
      <PlayerBar {...props} />
      <KeysDialog {...props} />
      <div className={styles.toast} role="status">
        {toast !== null && <span>{toast}</span>}
      </div>
      <div className={styles.hidden} role="log" aria-live="polite" aria-label="What happens">
        {announcement}
      </div>
    </div>
  );
}
