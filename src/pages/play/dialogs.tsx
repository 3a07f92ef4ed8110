import styles from './dialogs.module.css';
import type { PlayActions } from './model.ts';
import { CloseIcon } from './parts/icons.tsx';

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

/** What somebody who sent a link has to say about it. */
export function CaptionNotice({ caption, onClose }: { caption: string; onClose(): void }) {
  return (
    <section className={styles.caption} aria-label="Caption">
      <p>{caption}</p>
      <button type="button" aria-label="Take the caption off" title="Take the caption off" onClick={onClose}>
        <CloseIcon />
      </button>
    </section>
  );
}

/** A newer build of the page is there. It is not put in place behind anybody's back. */
export function RenewalNotice({ actions }: { actions: PlayActions }) {
  return (
    <section className={styles.renewal} aria-label="New version">
      <p role="status">
        A new version of Hopscope is ready. The scenario and this moment stay; other runs and the steps of
        undo do not.
      </p>
      <div className={styles.row}>
        <button type="button" onClick={() => actions.renew()}>
          Reload
        </button>
        <button type="button" onClick={() => actions.postponeRenewal()}>
          Later
        </button>
      </div>
    </section>
  );
}
