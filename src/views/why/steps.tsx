import type { Step } from '../../trace/story/index.ts';
import type { Trace } from '../../trace/trace.ts';
import { Term } from '../now/term.tsx';
import { type Pointing, pointsAt } from '../pointing.ts';
import type { Selection } from '../view.ts';
import styles from './why.module.css';

export interface StepsProps {
  steps: readonly Step[];
  nowUs: number;
  trace: Trace;
  selection: Selection;
  onSelect(selection: Selection): void;
  pointing?: Pointing | undefined;
  onSeek(us: number): void;
}

/** Seconds with milliseconds, as they stand in the margin of a story. */
export const marginTime = (us: number): string => (us / 1e6).toFixed(3);

/** The steps of a story, each a way to its moment; what is still to come at the playhead is set back. */
export function Steps({ steps, nowUs, trace, selection, onSelect, onSeek, pointing }: StepsProps) {
  const current = steps.findLastIndex(({ atUs }) => atUs <= nowUs);
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        const go = () => onSeek(step.atUs);
        const packet = trace.table('packet.sent').rowOfSeq(step.seq) >= 0;
        const isOwn = selection.kind === 'packet' && selection.seq === step.seq;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may share their record
            key={index}
            data-tone={step.tone}
            data-ahead={step.atUs > nowUs}
            data-current={index === current}
            {...pointsAt(pointing, packet ? { kind: 'packet', seq: step.seq } : null)}
          >
            <button type="button" className={styles.stepTime} onClick={go} title="Go to this moment">
              {marginTime(step.atUs)}
            </button>
            <div className={styles.stepBody}>
              <button type="button" className={styles.stepText} onClick={go}>
                {step.tone === 'loss' && <span aria-hidden="true">✕ </span>}
                {step.text}
              </button>
              {(step.detail || step.term || packet) && (
                <span className={styles.stepDetail}>
                  {step.detail}
                  {step.term && (
                    <>
                      {step.detail ? ' · ' : ''}
                      <Term term={step.term} />
                    </>
                  )}
                  {packet && !isOwn && (
                    <>
                      {' '}
                      <button
                        type="button"
                        className={styles.packetLink}
                        onClick={() => onSelect({ kind: 'packet', seq: step.seq })}
                      >
                        packet
                      </button>
                    </>
                  )}
                </span>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
