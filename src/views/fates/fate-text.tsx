import { storyOfDelivery } from '../../trace/story/index.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Outcome } from '../compare/outcomes.ts';
import { duration } from '../readout/units.ts';
import styles from './fates.module.css';

interface Props {
  outcome: Outcome;
  trace: Trace;
  message: number;
  client: number;
}

/** What became of an update in one run: by words and a mark, so that nothing is said by the colour alone. */
export function FateText({ outcome, trace, message, client }: Props) {
  switch (outcome.kind) {
    case 'delivered':
      return (
        <>
          {duration(outcome.latencyUs)}
          {outcome.duplicates > 0 && (
            <span className={styles.mark} title="Handed to the application again">
              ◎ {outcome.duplicates + 1}×
            </span>
          )}
          {outcome.outOfOrder && (
            <span className={styles.mark} title="Older than one that was handed over already">
              ⇅ out of order
            </span>
          )}
        </>
      );
    case 'lost': {
      const reason = storyOfDelivery(trace, message, client)?.reason.replace(/^lost: /, '') ?? '';
      return (
        <span className={styles.lost} title={reason}>
          <b>✕ lost</b> {reason}
        </span>
      );
    }
    case 'refused':
      return (
        <span className={styles.lost} title="No server was there to take it">
          <b>✕ refused</b> no server was there
        </span>
      );
    case 'none':
      return <span className={styles.muted}>not expected</span>;
  }
}

/** The same within a sentence. */
export function inWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered': {
      const more = outcome.duplicates > 0 ? ' and again' : outcome.outOfOrder ? ' and out of order' : '';
      return `after ${duration(outcome.latencyUs)}${more}`;
    }
    case 'none':
      return 'not expected';
    default:
      return outcome.kind;
  }
}
