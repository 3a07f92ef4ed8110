import { AppBar } from '../play/app-bar.tsx';
import { DownIcon } from '../play/parts/icons.tsx';
import { Popover } from '../play/parts/popover.tsx';
import { ScenarioChoices } from '../play/scenario-choices.tsx';
import styles from '../play/top-bar.module.css';
import type { CompareProps } from './model.ts';

/** The bar above Compare. */
export function TopBar(props: CompareProps) {
  const share = (
    <button
      type="button"
      className={styles.button}
      title="Copy a link to this comparison and moment"
      onClick={() => props.actions.share()}
    >
      Share
    </button>
  );
  return <AppBar {...props} current="compare" title={<BaseMenu {...props} />} share={share} />;
}

/** The base: its name; opens the list of presets, and the ways in and out of a file. */
function BaseMenu({ title, seed, variants, preset, presets, actions }: CompareProps) {
  const label = (
    <>
      <span>{title}</span>
      <small>
        · {variants.length} variants · seed {seed}
      </small>
      <DownIcon />
    </>
  );
  return (
    <Popover
      label={label}
      title="Compare variants of another scenario"
      buttonClass={styles.title}
      align="middle"
      width={480}
      onWanted={() => actions.wantPresets()}
    >
      {(close) => (
        <ScenarioChoices
          label="Scenarios to compare variants of"
          presets={presets}
          current={preset}
          actions={actions}
          close={close}
        />
      )}
    </Popover>
  );
}
