import type { PlayActions, PresetItem } from './model.ts';
import choices from './parts/choices.module.css';
import styles from './top-bar.module.css';

interface ScenarioChoicesProps {
  /** What the list is for. */
  label: string;
  presets: readonly PresetItem[];
  /** Id of the preset that is shown now; null: it is none of them. */
  current: string | null;
  actions: Pick<PlayActions, 'choosePreset' | 'openText' | 'save'>;
  close(): void;
}

/** The presets, and the ways in and out of a file. */
export function ScenarioChoices({ label, presets, current, actions, close }: ScenarioChoicesProps) {
  return (
    <>
      <ul className={choices.list} aria-label={label}>
        {presets.map((preset) => (
          <li key={preset.id}>
            <button
              type="button"
              aria-current={current === preset.id}
              onClick={() => {
                actions.choosePreset(preset.id);
                close();
              }}
            >
              <b>{preset.title}</b>
              <span>{preset.about}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.files}>
        <FileButton onText={actions.openText.bind(actions)} onDone={close} />
        <button type="button" className={styles.button} onClick={() => actions.save()}>
          Save to a file
        </button>
      </div>
    </>
  );
}

interface FileButtonProps {
  onText(text: string, from: string): void;
  onDone(): void;
}

/** Opens a file of somebody's own. */
function FileButton({ onText, onDone }: FileButtonProps) {
  return (
    <label className={styles.button}>
      Open a file…
      <input
        type="file"
        accept=".json,application/json"
        onChange={async (event) => {
          const file = event.currentTarget.files?.[0];
          if (file === undefined) return;
          onText(await file.text(), file.name);
          onDone();
        }}
      />
    </label>
  );
}
