import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CommandItem } from '../shown.ts';
import { matching } from './match.ts';
import styles from './palette.module.css';
import { stepped } from './step.ts';

interface Props {
  commands(): readonly CommandItem[];
  /** What was typed before it was there; a line break at its end is Enter. */
  typed: string;
  onClose(): void;
}

/** Everything that can be done, to be found by a few letters: a listbox under a text field, in the browser's own dialog. */
export function Palette({ commands, typed, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // As they were when it was opened: what they would do is said for that moment.
  const [opened] = useState(commands);
  // Presets are on their way when it is opened for the first time.
  const all = [...opened, ...commands().filter(({ id }) => !opened.some((one) => one.id === id))];
  const [query, setQuery] = useState(typed.trimEnd());
  const [active, setActive] = useState(0);
  const found = matching(all, query);
  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const run = (command: CommandItem | undefined) => {
    if (command === undefined || !command.enabled) return;
    dialog.current?.close();
    command.run();
  };
  const meant = useRef(typed.endsWith('\n') ? found[0] : undefined);
  useLayoutEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    const command = meant.current;
    meant.current = undefined;
    if (command?.enabled !== true) return;
    dialog.current?.close();
    command.run();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepped(event.key, active, found.length);
    if (event.key === 'Enter') run(found[active]);
    else if (to !== undefined) setActive(to);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog as it is
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Commands"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <div className={styles.body}>
        <input
          type="search"
          className={styles.query}
          role="combobox"
          aria-label="What do you want to do?"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found.length > 0 ? optionId(active) : undefined}
          placeholder="What do you want to do?"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="palette-list" className={styles.list} role="listbox" aria-label="Commands" tabIndex={-1}>
          {found.map((command, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: it is the field's active descendant
            <div
              key={command.id}
              id={optionId(index)}
              role="option"
              className={styles.option}
              aria-selected={index === active}
              aria-disabled={!command.enabled}
              onPointerMove={() => setActive(index)}
              onClick={() => run(command)}
            >
              <span className={styles.title}>
                {command.title} <small>{command.group}</small>
              </span>
              <span className={styles.keys}>
                {command.keys.map((keys) => (
                  <kbd key={keys}>{keys}</kbd>
                ))}
              </span>
              <span className={styles.effect}>{command.effect}</span>
            </div>
          ))}
        </div>
        {found.length === 0 && (
          <p className={styles.none} role="status">
            Nothing here does that. Try “loss”, “speed”, “link” or “ladder”.
          </p>
        )}
      </div>
    </dialog>
  );
}

const optionId = (index: number) => `palette-option-${index}`;
