import { explanationOf, nowSentence } from '../../../trace/story/index.ts';
import type { Trace } from '../../../trace/trace.ts';
import type { Playhead } from '../../../views/index.ts';
import { spokenSpeed } from '../../../views/now/spoken.ts';
import { Term } from '../../../views/now/term.tsx';
import { useMoment } from '../use-moment.ts';
import styles from './side.module.css';

type NowSentence = NonNullable<ReturnType<typeof nowSentence>>;

interface Props {
  trace: Trace;
  playhead: Playhead;
  /** Somebody wants to know why. */
  onWhy(said: NowSentence): void;
}

/** What just happened, as a caption: for a phone, and for an audience. */
export function NowStrip({ trace, playhead, onWhy }: Props) {
  const read = (nowUs: number) => nowSentence(trace, nowUs, spokenSpeed(playhead));
  useMoment(playhead, (nowUs) => read(nowUs)?.seq ?? -1);
  const said = read(playhead.nowUs);
  if (said === null) return <p className={styles.caption}>Nothing has happened yet. Press play.</p>;
  return (
    <p className={styles.caption} data-tone={said.tone}>
      <b>{said.headline}</b> {said.why}{' '}
      <button type="button" onClick={() => onWhy(said)}>
        Why?
      </button>{' '}
      {said.terms
        .filter((term) => explanationOf(term) !== undefined)
        .slice(0, 2)
        .map((term) => (
          <span key={term}>
            <Term term={term} />{' '}
          </span>
        ))}
    </p>
  );
}
