import { useMemo, useState } from 'react';
import { chainOfCauses } from '../../trace/story/index.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Selection } from '../view.ts';
import { marginTime } from './steps.tsx';
import styles from './why.module.css';

/** Links of a chain that are shown at first: the newest. */
const SHOWN = 10;

export interface CausesProps {
  trace: Trace;
  /** The record to begin at, -1: there is none. */
  seq: number;
  onSelect(selection: Selection): void;
  onSeek(us: number): void;
}

/** What led to a record, back to where it began: folded until asked for. */
export function Causes({ trace, seq, onSelect, onSeek }: CausesProps) {
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const chain = useMemo(() => (open && seq >= 0 ? chainOfCauses(trace, seq) : []), [trace, seq, open]);
  if (seq < 0) return null;
  const earlier = all ? 0 : Math.max(0, chain.length - SHOWN);
  return (
    <details className={styles.details} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Chain of causes</summary>
      <ol className={styles.chain}>
        {earlier > 0 && (
          <li>
            <span />
            <button type="button" className={styles.stepText} onClick={() => setAll(true)}>
              … {earlier} earlier
            </button>
          </li>
        )}
        {chain.slice(earlier).map((step) => (
          <li key={step.seq} data-tone={step.tone}>
            <span className={styles.chainTime}>{marginTime(step.atUs)}</span>
            <button
              type="button"
              className={styles.stepText}
              onClick={() => {
                onSelect({ kind: 'record', seq: step.seq });
                onSeek(step.atUs);
              }}
            >
              {step.text}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
