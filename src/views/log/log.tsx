import { useDeferredValue, useEffect, useMemo, useReducer, useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { usePointed } from '../pointing.ts';
import { clock, count as figure, plural, seconds } from '../readout/units.ts';
import { useColors } from '../theme/colors.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { categoryOf } from './categories.ts';
import { Cell, mayBeCut, Titles } from './cell.tsx';
import { isChosen, selectionOf } from './choose.ts';
import { describeRecord } from './describe.ts';
import { LogFilters } from './filters.tsx';
import styles from './log.module.css';
import { EVERYTHING, logModel } from './model.ts';
import { recordIndexOf } from './record-index.ts';
import { VirtualGrid } from './virtual-grid.tsx';

export interface LogProps extends ViewProps {
  /** A line was chosen: go to its moment, µs. */
  onSeek(us: number): void;
}

/** Width of the column of who, at least, px. */
const WHO = 96;
/** Narrower than this, who and what stand on a line of their own. */
const ONE_LINE = 560;
const MARKS = { loss: '✕', again: '↻', fault: '▲', '': '' } as const;
const MARK_NAMES = { loss: 'lost', again: 'again', fault: 'fault', '': '' } as const;

/** Everything that was recorded up to now, line by line. Fills its box. */
export function Log(props: LogProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.log} aria-label="Event log">
      {header && size && <LogAt {...props} header={header} narrow={size.width < ONE_LINE} />}
    </figure>
  );
}

function LogAt(props: LogProps & { header: TraceHeader; narrow: boolean }) {
  const { trace, playhead, header, narrow, selection, onSelect, onSeek } = props;
  useFrame(playhead, UNHURRIED, 4);
  const [filter, setFilter] = useState(EVERYTHING);
  const [follows, setFollows] = useState(true);
  const wanted = useDeferredValue(filter);
  const model = useMemo(() => logModel(trace, wanted), [trace, wanted]);
  const index = recordIndexOf(trace);
  const pointed = usePointed(props.pointing);
  const { textScale } = useColors();
  const { nowUs } = playhead;
  const { count, complete } = model.at(nowUs);
  // A search through words goes on with the next frame until it has seen everything.
  const [, searchOn] = useReducer((rounds: number) => rounds + 1, 0);
  useEffect(() => {
    if (!complete) searchOn();
  });
  const aboutLine = (line: number) => {
    const seq = model.seq(line);
    return selectionOf(trace, index.kindOf(seq), index.rowOf(seq));
  };
  const choose = (line: number) => {
    const seq = model.seq(line);
    onSelect(aboutLine(line));
    setFollows(true);
    onSeek(index.atUs(seq));
  };
  const row = (line: number) => {
    const seq = model.seq(line);
    const kind = index.kindOf(seq);
    const { who, words, mark } = describeRecord(trace, kind, index.rowOf(seq), nowUs);
    return {
      chosen: isChosen(trace, kind, index.rowOf(seq), selection),
      pointed: isChosen(trace, kind, index.rowOf(seq), pointed),
      mark,
      cells: (
        <>
          <Cell className={styles.time}>{clock(index.atUs(seq))}</Cell>
          <Cell className={styles.category}>
            {narrow ? categoryOf(kind).slice(0, -1) : categoryOf(kind).slice(0, -1).toLowerCase()}
          </Cell>
          <Cell className={styles.who} long={narrow || mayBeCut(who, WHO, textScale)}>
            {who}
          </Cell>
          <Cell className={styles.words} title={words} long>
            {mark !== '' && (
              <>
                <i className={styles.mark} aria-hidden="true">
                  {MARKS[mark]}
                </i>
                <span className={styles.hidden}>{MARK_NAMES[mark]}: </span>
              </>
            )}
            {words}
          </Cell>
        </>
      ),
    };
  };
  return (
    <>
      <figcaption className={styles.hidden}>
        Up to {seconds(nowUs)}: {plural(count, 'record')}
        {filter === EVERYTHING ? '' : ' that match'}
      </figcaption>
      <LogFilters header={header} filter={filter} onFilter={setFilter} />
      <div className={styles.list} data-narrow={narrow}>
        <VirtualGrid
          label="Event log"
          count={count}
          rowHeight={narrow ? 48 : 28}
          headHeight={0}
          columns={narrow ? 'auto auto 1fr' : '84px 96px minmax(96px, 168px) minmax(0, 1fr)'}
          head={<Titles titles={['time', 'kind', 'who', 'what']} />}
          row={row}
          rowClass={styles.row}
          follow={follows ? 'end' : null}
          onFollow={setFollows}
          onChoose={choose}
          onActive={(line) => props.pointing?.point(line === null ? null : aboutLine(line))}
        />
        {count === 0 && (
          <p className={styles.empty}>
            {filter === EVERYTHING
              ? 'Nothing has happened yet. Every event of the run becomes a line here.'
              : 'Nothing up to now matches. Take a filter away, or play on.'}
          </p>
        )}
        {!follows && (
          <button type="button" className={styles.back} onClick={() => setFollows(true)}>
            ↓ back to now
          </button>
        )}
      </div>
      <p className={styles.foot}>
        {plural(count, 'record')}
        {filter === EVERYTHING ? ' up to now' : ` of ${figure(index.countAt(nowUs))} up to now`}
        {complete ? '' : `, searching: ${figure(model.looked)} looked at`}
        {trace.omitted > 0 &&
          `. ${plural(trace.omitted, 'later record was', 'later records were')} not kept: the trace is full, and from ${seconds(lastKeptUs(trace.tables))} on this log has nothing`}
      </p>
    </>
  );
}

/** Time of the last record that was kept. */
const lastKeptUs = (tables: LogProps['trace']['tables']): number =>
  Math.max(0, ...tables.map((table) => (table.length > 0 ? table.atUs(table.length - 1) : 0)));
