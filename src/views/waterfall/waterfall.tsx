import { type KeyboardEvent, useMemo, useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { Titles } from '../log/cell.tsx';
import { VirtualGrid } from '../log/virtual-grid.tsx';
import { usePointed } from '../pointing.ts';
import { readingOf } from '../reading/reading.ts';
import { plural, seconds } from '../readout/units.ts';
import { CROWDED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { panned, stretchOf, type View, zoomedAtNow } from './axis.ts';
import { connectionOf, connectionRows } from './model.ts';
import { Axis, Rules } from './rules.tsx';
import { Foot, Tools } from './tools.tsx';
import { useZoom } from './use-zoom.ts';
import styles from './waterfall.module.css';
import { ConnectionRow } from './waterfall-row.tsx';

export type WaterfallProps = ViewProps;

/** Narrower than this, the name and the figures stand above the bar. */
const ONE_LINE = 620;
const NAME = 142;
const FIGURES = 188;
const SIDE = 16;

/** The connections so far, each with its phases along the time axis. Fills its box. */
export function Waterfall(props: WaterfallProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.waterfall} aria-label="Connections">
      {header && size && <WaterfallAt {...props} header={header} width={size.width} />}
    </figure>
  );
}

/** Connections that are more than are in sight. */
const MANY = 24;

function WaterfallAt(props: WaterfallProps & { header: TraceHeader; width: number }) {
  const { trace, playhead, header, width, selection, onSelect } = props;
  const pointed = usePointed(props.pointing);
  const { nowUs } = playhead;
  const { endUs } = header;
  const [view, setView] = useState<View>({ kind: 'all' });
  const [active, setActive] = useState<number | null>(null);
  const [follows, setFollows] = useState(true);
  const attempts = trace.table('connection.attempted').firstAfter(nowUs);
  useFrame(playhead, attempts > MANY ? CROWDED : 1, 4);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows change only with the number of attempts
  const rows = useMemo(() => connectionRows(trace, nowUs), [trace, attempts]);
  const narrow = width < ONE_LINE;
  const left = narrow ? SIDE : NAME + SIDE;
  const plot = Math.max(80, width - left - (narrow ? SIDE + 10 : FIGURES + SIDE + 10));
  const stretch = stretchOf(view, nowUs, endUs);
  const area = useZoom(left, plot, (change) => setView(change(stretchOf(view, nowUs, endUs), endUs)));
  const chosen = selection?.kind === 'connection' ? selection.connection : -1;
  const selected = chosen < 0 ? -1 : readingOf(trace).attemptOf(chosen);
  const shown = active === null ? (selected < 0 ? undefined : selected) : rows[active];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = { ArrowLeft: -0.2, ArrowRight: 0.2 }[event.key];
    const zoom = { '+': 0.5, '=': 0.5, '-': 2 }[event.key];
    if (pan !== undefined) setView(panned(stretch, pan, endUs));
    else if (zoom !== undefined) setView(zoomedAtNow(view, zoom, nowUs, endUs));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const head = narrow ? ['connection', 'duration, bytes, requests', 'phases'] : TITLES;
  return (
    <>
      <figcaption className={styles.hidden}>
        Up to {seconds(nowUs)}: {plural(rows.length, 'connection')}; shown from {seconds(stretch.fromUs)} to{' '}
        {seconds(stretch.toUs)}
      </figcaption>
      <Tools view={view} onView={setView} nowUs={nowUs} endUs={endUs} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the table within that move along its time axis */}
      <div ref={area} className={styles.area} onKeyDown={onKeyDown}>
        <Axis stretch={stretch} left={left} width={plot} nowUs={nowUs} titles={narrow ? [] : TITLES} />
        <VirtualGrid
          label="Connections"
          count={rows.length}
          rowHeight={narrow ? 52 : 28}
          headHeight={0}
          columns={narrow ? 'minmax(0, 1fr) auto' : `${NAME}px minmax(0, 1fr) 68px 60px 60px`}
          head={<Titles titles={head} />}
          overlay={<Rules stretch={stretch} left={left} width={plot} nowUs={nowUs} />}
          row={(index) => {
            const row = rows[index] as number;
            const connection = connectionOf(trace, row);
            const before = index > 0 ? connectionOf(trace, rows[index - 1] as number).client : -1;
            return {
              chosen:
                connection.connection === chosen ||
                (selection?.kind === 'client' && selection.client === connection.client),
              pointed:
                pointed?.kind === 'connection'
                  ? pointed.connection === connection.connection
                  : pointed?.kind === 'client' && pointed.client === connection.client,
              mark: before === connection.client ? undefined : 'first',
              cells: (
                <ConnectionRow
                  trace={trace}
                  header={header}
                  connection={connection}
                  first={before !== connection.client || narrow}
                  narrow={narrow}
                  stretch={stretch}
                  width={plot}
                  nowUs={nowUs}
                />
              ),
            };
          }}
          rowClass={`${styles.row} ${narrow ? styles.narrow : ''}`}
          follow={follows ? newest(rows) : null}
          onFollow={setFollows}
          onActive={(index) => {
            setActive(index);
            const row = index === null ? undefined : rows[index];
            props.pointing?.point(
              row === undefined
                ? null
                : { kind: 'connection', connection: connectionOf(trace, row).connection },
            );
          }}
          onChoose={(index) => {
            const { connection } = connectionOf(trace, rows[index] as number);
            onSelect(connection === chosen ? null : { kind: 'connection', connection });
          }}
        />
        {rows.length === 0 && (
          <p className={styles.empty}>
            No connection has been attempted yet. Each becomes a row here, with its phases along time.
          </p>
        )}
      </div>
      <Foot trace={trace} header={header} row={shown} nowUs={nowUs} narrow={narrow} />
    </>
  );
}

const TITLES = ['connection', 'phases', 'duration', 'kB', 'requests'];

/** The row of the connection that was attempted last. */
function newest(rows: readonly number[]): number {
  let best = 0;
  rows.forEach((row, index) => {
    if (row > (rows[best] as number)) best = index;
  });
  return best;
}
