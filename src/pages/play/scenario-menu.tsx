import type { PlayProps } from './model.ts';
import { DownIcon } from './parts/icons.tsx';
import { lazyView } from './parts/lazy-view.tsx';
import { Popover } from './parts/popover.tsx';
import styles from './top-bar.module.css';

const LazyScenarioChoices = lazyView(async () => (await import('./scenario-choices.tsx')).ScenarioChoices);

/** Title and seed; opens the list of presets, and the ways in and out of a file. */
export function ScenarioMenu(props: PlayProps) {
  const { scenario, actions } = props;
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
      {(close) => <LazyScenarioChoices.View {...props} close={close} />}
    </Popover>
  );
}
