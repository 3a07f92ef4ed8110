import { slowestUntil } from '../../trace/story/index.ts';
import { duration } from '../readout/units.ts';
import type { ViewProps } from '../view.ts';
import styles from './why.module.css';

/** Nothing is selected: what could be, and two places to begin. */
export function Empty({ trace, playhead, onSelect, onSeek }: ViewProps & { onSeek(us: number): void }) {
  const { slowest, lastLoss } = slowestUntil(trace, playhead.nowUs);
  return (
    <div className={styles.why}>
      <p className={styles.sentence}>
        Select a message or a packet anywhere: its whole way is told here, each wait with its reason.
      </p>
      {(slowest !== null || lastLoss !== null) && (
        <p className={styles.chips}>
          {slowest !== null && (
            <button
              type="button"
              onClick={() => onSelect({ kind: 'message', message: slowest.message, client: slowest.client })}
            >
              Slowest delivery so far: {duration(slowest.us)}
            </button>
          )}
          {lastLoss !== null && (
            <button
              type="button"
              onClick={() => {
                onSelect({ kind: 'packet', seq: lastLoss.seq });
                onSeek(lastLoss.atUs);
              }}
            >
              Last loss
            </button>
          )}
        </p>
      )}
    </div>
  );
}
