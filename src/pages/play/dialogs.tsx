import { useEffect, useRef } from 'react';
import styles from './dialogs.module.css';
import type { BadInput, PlayActions, PlayProps } from './model.ts';

/** The list of keys, in a dialog of the browser's own. */
export function KeysDialog({ keys, keysShown, actions }: Pick<PlayProps, 'keys' | 'keysShown' | 'actions'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (keysShown && dialog.current?.open === false) dialog.current.showModal();
    if (!keysShown) dialog.current?.close();
  }, [keysShown]);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="keys-title"
      onClose={() => actions.showKeys(false)}
    >
      <h2 id="keys-title">Keys</h2>
      <dl className={styles.keys}>
        {keys.map(({ keys: names, does }) => (
          <div key={names}>
            <dt>
              <kbd>{names}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

/** Text that was shown is cut here; the whole of it can be copied. */
const MOST_SHOWN = 2000;

/** A link or file that could not be opened: what was wrong, and the text, which is shown and never acted upon. */
export function BadInputNotice({ badInput, actions }: { badInput: BadInput; actions: PlayActions }) {
  const { message, text } = badInput;
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return (
    <div className={styles.notice} role="alert">
      <p>
        <b>This could not be opened.</b> {message} Nothing was changed.
      </p>
      <details>
        <summary>Show the text ({text.length.toLocaleString('en')} characters)</summary>
        <textarea readOnly aria-label="The text that could not be opened" rows={4} value={short} />
      </details>
      <div className={styles.row}>
        <button type="button" onClick={() => actions.copy(text)}>
          Copy the text
        </button>
        <button type="button" onClick={() => actions.dismiss()}>
          Dismiss
        </button>
      </div>
    </div>
  );
}

/** The simulation stopped by an error of the program. */
export function FailureNotice({ failure, actions }: { failure: string; actions: PlayActions }) {
  return (
    <div className={styles.notice} role="alert">
      <p>
        <b>The simulation stopped by an error of this program.</b> What was simulated so far can still be
        looked at.
      </p>
      <p>
        <code>{failure}</code>
      </p>
      <div className={styles.row}>
        <button type="button" onClick={() => actions.restart()}>
          Start it again
        </button>
        <button type="button" onClick={() => actions.copy(failure)}>
          Copy the message
        </button>
      </div>
    </div>
  );
}
