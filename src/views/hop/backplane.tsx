import { useMemo } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { usePointed } from '../pointing.ts';
import { messagesOf } from '../reading/lit.ts';
import { isLinked, outageOf, placesOf, placeTitle } from '../reading/places.ts';
import { ModelNotes } from '../readout/model-notes.tsx';
import { kilobytes, plural, seconds } from '../readout/units.ts';
import { CROWDED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import { Buffers } from './buffers.tsx';
import { Groups } from './groups.tsx';
import { type Inside, insideOf } from './inside.ts';
import { Logs } from './logs.tsx';
import { Owners } from './owners.tsx';

export interface BackplaneProps extends ViewProps {
  onSeek(us: number): void;
}

/** What is inside the backplane at the time of the playhead: whatever the records say of it, and no backplane's own. */
export function Backplane(props: BackplaneProps) {
  const { trace, playhead } = props;
  const [ref, size] = useSize<HTMLElement>();
  useFrame(playhead, CROWDED, 2);
  const pointed = usePointed(props.pointing);
  const { header } = trace;
  const inside = insideOf(trace);
  const { nowUs } = playhead;
  const lit = useMemo(
    () => [messagesOf(trace, props.selection), messagesOf(trace, pointed)],
    [trace, props.selection, pointed],
  );
  const width = size?.width ?? 0;
  return (
    <figure ref={ref} className={styles.backplane} aria-label="Backplane">
      {header === null || !isLinked(header) ? (
        <p className={styles.note}>
          Nothing stands between the source and its server: each update is handed over at once. Choose a
          backplane under Hop 2 to see its inside.
        </p>
      ) : (
        <>
          <figcaption className={styles.caption}>{captionOf(trace, header, inside, nowUs)}</figcaption>
          {width > 0 && <Logs {...props} header={header} inside={inside} width={width} lit={lit} />}
          <Buffers {...props} header={header} inside={inside} />
          <Owners {...props} header={header} inside={inside} width={width} />
          <Groups {...props} header={header} inside={inside} />
          <Nodes {...props} header={header} />
        </>
      )}
      {header !== null && <ModelNotes title={header.backplane.title} notes={header.backplane} />}
    </figure>
  );
}

/** The inside in a sentence. */
export function captionOf(trace: Trace, header: TraceHeader, inside: Inside, nowUs: number): string {
  const { backplane } = header;
  const copies = inside.copiesAt(nowUs);
  const partitions = new Set(copies.map(({ log, partition }) => `${log} ${partition}`)).size;
  const split =
    copies.some(({ partition }) => partition > 0) || backplane.logs.some(({ partitions }) => partitions > 1);
  const down = placesOf(header, 'node').filter((place) => outageOf(trace, place, nowUs) !== null);
  const bytes = inside.buffersAt(nowUs).reduce((sum, one) => sum + one.bytes, 0);
  const parts = [
    ...(copies.length > 0
      ? [
          `${plural(entriesIn(copies), 'entry', 'entries')} in ${plural(partitions, split ? 'partition' : 'log')}`,
        ]
      : backplane.logs.length > 0
        ? ['nothing written yet']
        : ['it keeps nothing']),
    ...(bytes > 0
      ? [`${bytes < 1000 ? plural(bytes, 'byte') : `${kilobytes(bytes)}\u00a0kB`} waiting in buffers`]
      : []),
    ...(down.length > 0 ? [`${down.map((place) => placeTitle(header, place)).join(', ')} not running`] : []),
  ];
  return `${backplane.title} at ${seconds(nowUs)}: ${parts.join(', ')}.`;
}

/** Entries, each once however many copies of it there are. */
function entriesIn(copies: ReturnType<Inside['copiesAt']>): number {
  const ends = new Map<string, number>();
  for (const { log, partition, first, end } of copies) {
    const key = `${log} ${partition}`;
    ends.set(key, Math.max(ends.get(key) ?? 0, end - first));
  }
  return [...ends.values()].reduce((sum, one) => sum + one, 0);
}

/** Who runs, where nothing else is known of the inside. */
function Nodes({ trace, playhead, header, onSelect }: BackplaneProps & { header: TraceHeader }) {
  const nodes = placesOf(header, 'node');
  if (nodes.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Nodes">
      <h3>Nodes</h3>
      <ul className={styles.chips}>
        {nodes.map((place) => {
          const outage = outageOf(trace, place, playhead.nowUs);
          const state = outage === null ? 'up' : outage.condition;
          return (
            <li key={place}>
              <button
                type="button"
                className={styles.chip}
                data-state={state}
                onClick={() => onSelect({ kind: 'place', place })}
              >
                {placeTitle(header, place)} <small>{state}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
