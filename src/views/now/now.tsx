import { useState } from 'react';
import { explanationOf, nowSentence } from '../../trace/story/index.ts';
import { pointsAt } from '../pointing.ts';
import { clock } from '../readout/units.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import type { ViewProps } from '../view.ts';
import { Modelled } from './modelled.tsx';
import styles from './now.module.css';
import { spokenSpeed } from './spoken.ts';
import { Term } from './term.tsx';

export interface NowProps extends ViewProps {
  onSeek(us: number): void;
}

/** What just happened and why it matters, in one or two sentences that stay long enough to be read. */
export function Now({ trace, playhead, selection, onSelect, onSeek, pointing }: NowProps) {
  useFrame(playhead, UNHURRIED);
  const [open, setOpen] = useState(false);
  const said = nowSentence(trace, playhead.nowUs, spokenSpeed(playhead));
  if (said === null)
    return (
      <section className={styles.card} aria-label="Now">
        <p className={styles.why}>Nothing has happened yet. Press play, or step to the first event.</p>
      </section>
    );
  const terms = said.terms.filter((term) => explanationOf(term) !== undefined);
  const seek = () => {
    onSelect(said.subject);
    onSeek(said.atUs);
  };
  const isSelected = JSON.stringify(selection) === JSON.stringify(said.subject);
  return (
    <section className={styles.card} data-tone={said.tone} aria-label="Now">
      <p className={styles.headline}>{said.headline}</p>
      <p className={styles.why}>{said.why}</p>
      <p className={styles.foot}>
        <button
          type="button"
          className={styles.link}
          aria-pressed={isSelected}
          onClick={seek}
          {...pointsAt(pointing, said.subject)}
        >
          Why? <span className={styles.time}>{clock(said.atUs)}</span>
        </button>
        {terms.map((term) => (
          <Term key={term} term={term} />
        ))}
        {terms.length > 0 && (
          <button
            type="button"
            className={styles.link}
            aria-expanded={open}
            onClick={() => setOpen((before) => !before)}
          >
            How this is modelled
          </button>
        )}
      </p>
      {open && <Modelled terms={terms} />}
    </section>
  );
}
