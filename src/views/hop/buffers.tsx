import type { TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { count, kilobytes, plural } from '../readout/units.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import type { Inside } from './inside.ts';

interface Props extends ViewProps {
  header: TraceHeader;
  inside: Inside;
}

const bytesText = (bytes: number) => (bytes < 1000 ? `${count(bytes)} B` : `${kilobytes(bytes)} kB`);

/** What waits in a place for another: against the limit of its buffer, where there is one, else against its fullest. */
export function Buffers({ header, inside, playhead, onSelect }: Props) {
  const held = inside.buffersAt(playhead.nowUs);
  const pairs = inside.buffersEver();
  if (pairs.length === 0) return null;
  const limit = header.backplane.bufferLimitBytes ?? null;
  return (
    <section className={styles.part} aria-label="Buffers">
      <h3>
        Buffers{' '}
        <small>
          {limit === null ? 'against the fullest that each gets' : `cut off at ${bytesText(limit)}`}
        </small>
      </h3>
      <ul className={styles.buffers}>
        {pairs.map(({ place, peer }) => {
          const own = held.find((one) => one.place === place && one.peer === peer);
          const isNode = header.places[place]?.kind === 'node';
          const whole = isNode && limit !== null ? limit : Math.max(1, inside.fullest(place, peer));
          const share = Math.min(1, (own?.bytes ?? 0) / whole);
          return (
            <li key={`${place} ${peer}`}>
              <button
                type="button"
                className={styles.bufferName}
                onClick={() =>
                  onSelect(
                    header.places[place]?.kind === 'server'
                      ? { kind: 'server', server: place }
                      : { kind: 'place', place },
                  )
                }
              >
                {placeTitle(header, place)} for {placeTitle(header, peer)}
              </button>
              <span className={styles.gauge} data-full={share > 0.8}>
                <span style={{ width: `${share * 100}%` }} />
              </span>
              <span className={styles.figure}>
                {own === undefined ? 'empty' : `${bytesText(own.bytes)} · ${plural(own.messages, 'message')}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
