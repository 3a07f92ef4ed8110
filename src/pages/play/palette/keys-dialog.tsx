import { useEffect, useRef } from 'react';
import styles from '../dialogs.module.css';
import type { PlayActions, PlayProps } from '../model.ts';

type Props = Pick<PlayProps, 'commands' | 'settings'> & {
  actions: Pick<PlayActions, 'showKeys' | 'set' | 'showPalette'>;
};

/** The list of keys, in a dialog of the browser's own. */
export function KeysDialog({ commands, settings, actions }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    // The first control stands below the list, and a focus there would show the list from its end.
    title.current?.focus();
  }, []);
  const keyed = commands().filter(({ keys }) => keys.length > 0);
  const groups = [...new Set(keyed.map(({ group }) => group))];
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="keys-title"
      onClose={() => actions.showKeys(false)}
    >
      <h2 ref={title} id="keys-title" tabIndex={-1}>
        Keys
      </h2>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.keys}>
              {keyed
                .filter((one) => one.group === group)
                .map(({ id, keys, title }) => (
                  <div key={id}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{title}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={settings.singleKeys}
          onChange={(event) => actions.set({ singleKeys: event.currentTarget.checked })}
        />
        Keys of one character do something. Switched off, arrows and chords with Ctrl or ⌘ stay.
      </label>
      <form method="dialog" className={styles.row}>
        <button type="submit">Close</button>
        <button
          type="button"
          onClick={() => {
            dialog.current?.close();
            actions.showPalette(true);
          }}
        >
          All commands
        </button>
      </form>
    </dialog>
  );
}
