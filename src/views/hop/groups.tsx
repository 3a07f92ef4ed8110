import type { TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { waitSeconds } from '../readout/units.ts';
import { lossLingerUs } from '../stage/in-flight.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import type { Inside, Member } from './inside.ts';

interface Props extends ViewProps {
  header: TraceHeader;
  inside: Inside;
  onSeek(us: number): void;
}

/** Groups and what each of their members is; what has just changed is marked. */
export function Groups({ header, inside, playhead, onSeek }: Props) {
  const { nowUs } = playhead;
  const groups = new Map<string, Member[]>();
  for (const member of inside.membersAt(nowUs))
    groups.set(member.group, [...(groups.get(member.group) ?? []), member]);
  if (groups.size === 0) return null;
  const linger = lossLingerUs(playhead.speed);
  return (
    <section className={styles.part} aria-label="Groups">
      <h3>
        Groups <small>who is in, and as what · click: when it became so</small>
      </h3>
      <dl className={styles.groups}>
        {[...groups].map(([group, members]) => (
          <div key={group}>
            <dt>{group}</dt>
            <dd>
              {members.map(({ place, state, sinceUs }) => (
                <button
                  key={place}
                  type="button"
                  className={styles.chip}
                  data-fresh={sinceUs > 0 && nowUs - sinceUs < linger}
                  title={`${state} for ${waitSeconds(nowUs - sinceUs)}`}
                  onClick={() => onSeek(sinceUs)}
                >
                  {placeTitle(header, place)} <small>{state}</small>
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
