import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { PlayProps } from './model.ts';
import { DownIcon } from './parts/icons.tsx';
import styles from './top-bar.module.css';

/** Title and seed; opens the list of presets, and the ways in and out of a file. */
export function ScenarioMenu({ scenario, presets, actions }: PlayProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what bubbles up from the buttons within it
    <div
      className={styles.scenario}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.preventDefault();
          close();
        } else if (open) moveFocus(event);
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.title}
        aria-expanded={open}
        aria-controls={id}
        title="Choose another scenario"
        onPointerEnter={() => actions.wantPresets()}
        onClick={() => {
          actions.wantPresets();
          setOpen(!open);
        }}
      >
        <span>{scenario.title}</span>
        <small>
          · seed {scenario.seed}
          {scenario.preset?.edited && ' · changed'}
        </small>
        <DownIcon />
      </button>
      {open && (
        <div id={id} className={styles.menu}>
          <ul aria-label="Scenarios">
            {presets.map((preset) => (
              <li key={preset.id}>
                <button
                  type="button"
                  aria-current={scenario.preset?.id === preset.id}
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
        </div>
      )}
    </div>
  );
}

/** Up and down go through the list. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button, label')];
  const at = buttons.indexOf(event.target as HTMLElement);
  buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}

interface FileButtonProps {
  onText(text: string, from: string): void;
  onDone(): void;
}

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
