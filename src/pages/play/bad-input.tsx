import styles from './dialogs.module.css';
import type { BadInput, PlayActions } from './model.ts';

/** Text that was shown is cut here; the whole of it can be copied. */
const MOST_SHOWN = 2000;

export interface BadInputProps {
  badInput: BadInput;
  actions: Pick<PlayActions, 'copy' | 'dismiss'>;
}

/** A link or file that could not be opened: what was wrong, and the text, which is shown and never acted upon. */
export function BadInputNotice({ badInput, actions }: BadInputProps) {
  const { message, text } = badInput;
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return (
    <div className={styles.notice} role="alert">
      <p>
        <b>This could not be opened.</b> {message.endsWith('.') ? message : `${message}.`} Nothing was
        changed.
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
