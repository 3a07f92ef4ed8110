import type { KeyboardEvent, ReactNode } from 'react';
import { BadInputNotice } from '../play/bad-input.tsx';
import { LazyKeysDialog, LazyPalette } from '../play/palette/lazy.ts';
import panel from '../play/panel/panel.module.css';
import page from '../play/play-page.module.css';
import presenter from '../play/presenter/presenter.module.css';
import single from '../play/single/single.module.css';
import { NARROW, useMedia } from '../play/use-media.ts';
import styles from './compare-page.module.css';
import { FiguresTable } from './figures-table.tsx';
import { COMPARE_PARTS, type CompareProps, SCENES } from './model.ts';
import { DifferencesPart, GroupChoice, LanesPart, LatencyPart, WhyPart } from './parts.tsx';
import { PlayerBar } from './player-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { VariantsPanel } from './variants-panel.tsx';

/**
 * Compare: variants of one scenario with the same luck, on one clock. Where there is room for one view only, one at a
 * time: on a phone, and before an audience.
 */
export function ComparePage(props: CompareProps) {
  const { presenting, badInput, actions } = props;
  const narrow = useMedia(NARROW);
  const one = narrow || presenting;
  return (
    <div className={page.page} data-presenting={presenting}>
      <button type="button" className={page.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the lanes
      </button>
      {presenting ? <Presented {...props} /> : <TopBar {...props} />}
      <div className={page.notices}>
        {badInput !== null && <BadInputNotice badInput={badInput} actions={actions} />}
      </div>
      {one ? <Single {...props} /> : <Columns {...props} />}
      {narrow && !presenting && <Tabs {...props} />}
      <PlayerBar {...props} />
      <Overlays {...props} />
    </div>
  );
}

function Columns(props: CompareProps) {
  const { selection, variants, part, actions } = props;
  // Lanes are what is looked at: many of them get more of the height.
  const share = 1 + 0.2 * Math.max(0, variants.length - 5);
  const tab = part === 'differences' ? 'differences' : 'table';
  return (
    <div className={styles.columns}>
      <section className={styles.controls} aria-label="Controls">
        <VariantsPanel {...props} />
      </section>
      <main
        id="main"
        tabIndex={-1}
        className={styles.middle}
        style={{ gridTemplateRows: `minmax(0, ${share}fr) minmax(0, 0.85fr)` }}
      >
        <LanesPart {...props} />
        <section className={panel.panel} aria-label="Comparison">
          <PanelTabs tab={tab} onTab={(next) => actions.show(next)} more={<GroupChoice {...props} />} />
          <div
            id="compare-view"
            className={panel.view}
            role="tabpanel"
            aria-labelledby={`compare-tab-${tab}`}
          >
            {tab === 'table' ? <FiguresTable {...props} /> : <DifferencesPart {...props} />}
          </div>
        </section>
      </main>
      <aside className={page.side} aria-label="Results">
        {selection === null ? (
          <div className={styles.results}>
            <LatencyPart {...props} />
            <p className={styles.hint}>
              Click a packet, an update or “last took” in a lane to see why it went as it did. Differences
              lists every update of two variants.
            </p>
          </div>
        ) : (
          <WhyPart {...props} />
        )}
      </aside>
    </div>
  );
}

const TABS = [
  { id: 'table', title: 'Guarantees measured' },
  { id: 'differences', title: 'Differences' },
] as const;
type Tab = (typeof TABS)[number]['id'];

function PanelTabs({ tab, onTab, more }: { tab: Tab; onTab(tab: Tab): void; more: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const other = TABS.find(({ id }) => id !== tab);
    const to = { ArrowRight: other, ArrowLeft: other, Home: TABS[0], End: TABS[1] }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onTab(to.id);
    document.getElementById(`compare-tab-${to.id}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div className={panel.tabs} role="tablist" aria-label="Comparison" tabIndex={-1} onKeyDown={onKeyDown}>
        {TABS.map(({ id, title }) => (
          <button
            key={id}
            id={`compare-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === tab}
            aria-controls="compare-view"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => onTab(id)}
          >
            {title}
          </button>
        ))}
      </div>
      {more}
    </div>
  );
}

function Single(props: CompareProps) {
  const { part } = props;
  return (
    <main id="main" tabIndex={-1} className={single.single} data-part={part}>
      <Part {...props} />
    </main>
  );
}

function Part(props: CompareProps) {
  const { part } = props;
  switch (part) {
    case 'lanes':
      return <LanesPart {...props} />;
    case 'table':
      return (
        <div className={styles.tablePart}>
          <div className={styles.bar}>
            <GroupChoice {...props} />
          </div>
          <FiguresTable {...props} />
        </div>
      );
    case 'latency':
      return (
        <div className={single.scroller}>
          <GroupChoice {...props} />
          <LatencyPart {...props} />
        </div>
      );
    case 'differences':
      return <DifferencesPart {...props} />;
    case 'why':
      return <WhyPart {...props} />;
    case 'variants':
      return (
        <section className={page.controls} aria-label="Controls">
          <VariantsPanel {...props} />
        </section>
      );
  }
}

function Tabs({ part, selection, actions }: CompareProps) {
  return (
    <nav className={single.tabs} aria-label="Parts of this page">
      {COMPARE_PARTS.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          aria-pressed={part === id}
          data-news={id === 'why' && selection !== null && part !== 'why'}
          onClick={() => actions.show(id)}
        >
          {id === 'differences' ? 'Diffs' : title}
        </button>
      ))}
    </nav>
  );
}

/** Title and the views by their keys, for an audience. */
function Presented({ title, part, actions }: CompareProps) {
  return (
    <header className={presenter.bar}>
      <h1>{title}</h1>
      <nav aria-label="Views">
        {SCENES.map((scene, index) => (
          <button
            key={scene.id}
            type="button"
            aria-pressed={scene.id === part}
            onClick={() => actions.show(scene.id)}
          >
            <kbd>{index + 1}</kbd> {scene.title}
          </button>
        ))}
      </nav>
      <button type="button" onClick={() => actions.present(false)}>
        Leave <kbd>Esc</kbd>
      </button>
    </header>
  );
}

/** What lies over the page, and what is only heard. */
function Overlays(props: CompareProps) {
  const { toast, announcement, keysShown, paletteShown, paletteTyped, commands, actions } = props;
  return (
    <>
      {keysShown && <LazyKeysDialog.View {...props} />}
      {paletteShown && (
        <LazyPalette.View
          commands={commands}
          typed={paletteTyped}
          onClose={() => actions.showPalette(false)}
        />
      )}
      <div className={page.toast} role="status">
        {toast !== null && <span>{toast}</span>}
      </div>
      <div className={page.hidden} role="log" aria-live="polite" aria-label="What happens">
        {announcement}
      </div>
    </>
  );
}
