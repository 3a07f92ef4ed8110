import { useId } from 'react';
import { type Part, partFigures } from '../../trace/story/index.ts';
import { duration } from '../readout/units.ts';
import styles from './parts.module.css';

/** Narrower than this, in hundredths of the bar, a part is widened so that it can be seen. */
const LEAST = 1.5;

/** Parts that are shorter than this share of the whole are not listed one by one. */
const LISTED = 0.01;

/** A latency as a bar of its parts. Each kind has a pattern beside its colour, and a name in the list below. */
export function PartsBar({ parts, onSeek }: { parts: readonly Part[]; onSeek(us: number): void }) {
  const id = useId();
  const total = parts.reduce((sum, { us }) => sum + us, 0);
  const labels = partFigures(parts);
  const listed = labels.filter(({ us }) => us >= total * LISTED);
  const restUs = total - listed.reduce((sum, { us }) => sum + us, 0);
  return (
    <figure className={styles.parts}>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <i
            key={part.fromUs}
            data-kind={part.kind}
            title={`${part.label}: ${duration(part.us)}`}
            style={{ flexGrow: Math.max(LEAST, (part.us / total) * 100) }}
          />
        ))}
      </div>
      <figcaption id={id} className={styles.hidden}>
        {duration(total)} in {parts.length} parts
      </figcaption>
      <ul className={styles.legend} aria-labelledby={id}>
        {listed.map(({ label, kind, fromUs, figure }) => (
          <li key={label}>
            <button type="button" onClick={() => onSeek(fromUs)} title="Go to where it begins">
              <i data-kind={kind} aria-hidden="true" />
              <span>{label}</span>
              <b>{figure}</b>
            </button>
          </li>
        ))}
        {restUs >= total * LISTED && (
          <li className={styles.rest}>
            <span>smaller parts</span>
            <b>{duration(restUs)}</b>
          </li>
        )}
      </ul>
    </figure>
  );
}
