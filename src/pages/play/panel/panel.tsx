import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { type PanelTab, tabsFor } from '../shown.ts';
import styles from './panel.module.css';
import { PANEL_VIEWS, type PanelViewProps } from './views.tsx';

// The first thing that most people see of the panel.
PANEL_VIEWS.ladder.prepare();

interface Props extends PanelViewProps {
  tabs: boolean;
  /** What its upper edge can be moved by. */
  edge?: ReactNode;
  /** What stands beside the tabs. */
  beside?: ReactNode;
}

/** The views below the stage, one at a time. */
export function Panel({ edge, tabs, beside, ...props }: Props) {
  const { shown, onShow } = props;
  const { View } = PANEL_VIEWS[shown.tab];
  return (
    <section className={styles.panel} aria-label="Views of the run">
      {edge}
      {tabs && (
        <div className={styles.head}>
          <Tabs
            tabs={tabsFor(props.trace.header, shown.tab)}
            tab={shown.tab}
            onTab={(tab) => onShow({ tab })}
          />
          {beside}
        </div>
      )}
      {tabs ? (
        <div
          id="panel-view"
          className={styles.view}
          data-tab={shown.tab}
          role="tabpanel"
          aria-labelledby={`panel-tab-${shown.tab}`}
        >
          <View key={shown.tab} {...props} />
        </div>
      ) : (
        <div className={styles.view} data-tab={shown.tab}>
          <View key={shown.tab} {...props} />
        </div>
      )}
    </section>
  );
}

interface TabsProps {
  tabs: ReturnType<typeof tabsFor>;
  tab: PanelTab;
  onTab(tab: PanelTab): void;
}

function Tabs({ tabs, tab, onTab }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex(({ id }) => id === tab);
    const last = tabs.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    const next = to === undefined ? undefined : tabs[to];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onTab(next.id);
    document.getElementById(`panel-tab-${next.id}`)?.focus();
  };
  // Where not all of them fit, the one that is open is in view.
  useEffect(() => {
    document.getElementById(`panel-tab-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  return (
    <div
      className={styles.tabs}
      role="tablist"
      aria-label="Views of the run"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          id={`panel-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls="panel-view"
          tabIndex={id === tab ? 0 : -1}
          onPointerEnter={PANEL_VIEWS[id].prepare}
          onFocus={PANEL_VIEWS[id].prepare}
          onClick={() => onTab(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
