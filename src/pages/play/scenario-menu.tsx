import type { PlayProps } from './model.ts';
import { DownIcon } from './parts/icons.tsx';
import { lazyView } from './parts/lazy-view.tsx';
import { Popover } from './parts/popover.tsx';
import styles from './top-bar.module.css';

const LazyScenarioChoices = lazyView(async () => (await import('./scenario-choices.tsx')).ScenarioChoices);

/** Title and seed; opens the list of presets, and the ways in and out of a file. */
export function ScenarioMenu({ scenario, presets, actions }: PlayProps) {
  const label = (
    <>
      <span>{scenario.title}</span>
      <small>
        · seed {scenario.seed}
        {scenario.preset?.edited && ' · changed'}
      </small>
      <DownIcon />
    </>
  );
  return (
    <Popover
      label={label}
      title="Choose another scenario"
      buttonClass={styles.title}
      align="middle"
      width={480}
      onWanted={() => {
        LazyScenarioChoices.prepare();
        actions.wantPresets();
      }}
    >
      {(close) => (
        <LazyScenarioChoices.View
          label="Scenarios"
          presets={presets}
          current={scenario.preset?.id ?? null}
          actions={actions}
          close={close}
        />
      )}
    </Popover>
  );
}
