import { capital } from '../../trace/names.ts';
import type { TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { count, plural } from '../readout/units.ts';
import { lossLingerUs } from '../stage/in-flight.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import type { Inside, Owned } from './inside.ts';
import { isPending } from './pending.ts';
import { arePoints, Ring } from './ring.tsx';

/** More parts than these are counted by owner. */
const MOST_IN_ROW = 32;

interface Props extends ViewProps {
  header: TraceHeader;
  inside: Inside;
  width: number;
  onSeek(us: number): void;
}

/** Who owns what: few parts as a list, many by owner. What is pending is drawn with its log. */
export function Owners(props: Props) {
  const { inside, playhead } = props;
  const kinds = new Map<string, Owned[]>();
  for (const owned of inside.ownersAt(playhead.nowUs))
    if (!isPending(owned)) kinds.set(owned.what, [...(kinds.get(owned.what) ?? []), owned]);
  return [...kinds].map(([what, parts]) => (
    <section key={what} className={styles.part} aria-label={`Owners: ${what}`}>
      <h3>
        {capital(what)} <small>{summary(parts)}</small>
      </h3>
      {isMany(parts) ? <Ring {...props} parts={parts} /> : <Parts {...props} parts={parts} />}
    </section>
  ));
}

const isMany = (parts: readonly Owned[]): boolean => parts.length > MOST_IN_ROW || arePoints(parts);

function summary(parts: readonly Owned[]): string {
  const orphans = parts.filter(({ owner }) => owner < 0).length;
  const owners = new Set(parts.flatMap(({ owner }) => (owner < 0 ? [] : [owner]))).size;
  const nobody = orphans === 0 ? '' : `, ${count(orphans)} with nobody`;
  return `${plural(parts.length, 'part')} of ${plural(owners, 'owner')}${nobody}`;
}

function Parts({ header, playhead, parts, onSeek }: Props & { parts: readonly Owned[] }) {
  const { nowUs } = playhead;
  const linger = lossLingerUs(playhead.speed);
  return (
    <ul className={styles.chips}>
      {[...parts]
        .sort((a, b) => a.part - b.part)
        .map(({ part, owner, before, sinceUs }) => (
          <li key={part}>
            <button
              type="button"
              className={styles.chip}
              data-fresh={sinceUs > 0 && nowUs - sinceUs < linger}
              data-state={owner < 0 ? 'down' : 'up'}
              title={before < 0 ? '' : `before: ${placeTitle(header, before)}`}
              onClick={() => onSeek(sinceUs)}
            >
              {part} <small>{owner < 0 ? 'nobody' : placeTitle(header, owner)}</small>
            </button>
          </li>
        ))}
    </ul>
  );
}
