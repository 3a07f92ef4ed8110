import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { Cell } from '../log/cell.tsx';
import { clientName } from '../log/owners.ts';
import { wordFor } from '../reading/words.ts';
import { count, duration, kilobytes } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import type { Stretch } from './axis.ts';
import { exchangesOf } from './exchanges.ts';
import { figuresOf, marksOf } from './marks.ts';
import type { Connection } from './model.ts';
import { rowPaths } from './paths.ts';
import { endingOf, spansOf } from './spans.ts';
import styles from './waterfall-row.module.css';

export interface ConnectionRowProps {
  trace: Trace;
  header: TraceHeader;
  connection: Connection;
  /** Whether it is the first of its client, and says the client's name. */
  first: boolean;
  narrow: boolean;
  stretch: Stretch;
  /** Width of the time axis, px. */
  width: number;
  nowUs: number;
}

const HEIGHT = 27;
const MIDDLE = 13;
/** Width of a character of 12 px type, on the safe side. */
const CHARACTER = 6.2;

/** The cells of a connection: name, phases along time, what it has cost. */
export function ConnectionRow(props: ConnectionRowProps) {
  const { trace, header, connection, first, narrow, nowUs } = props;
  const { client, startUs } = connection;
  const { bytes, requests } = figuresOf(trace, connection.connection, nowUs);
  const lasts = Math.min(nowUs, connection.failure?.atUs ?? connection.overUs ?? nowUs) - startUs;
  const color = transportColor(header.clients[client]?.transport ?? '');
  const name = (
    <Cell className={styles.name}>
      {/* The name is there for those who hear it, even where it stands above already. */}
      <b className={first ? undefined : styles.hidden}>
        <i style={{ background: color }} />
        {clientName(header, client)}
      </b>
      <span> #{connection.connection}</span>
    </Cell>
  );
  const bars = (
    <Cell className={narrow ? styles.narrowBars : styles.bars}>
      <Bars {...props} color={color} />
    </Cell>
  );
  if (narrow)
    return (
      <>
        {name}
        <Cell className={styles.figures}>
          {duration(lasts)} · {kilobytes(bytes)} kB · {count(requests)} req.
        </Cell>
        {bars}
      </>
    );
  return (
    <>
      {name}
      {bars}
      <Cell className={styles.figure}>{duration(lasts)}</Cell>
      <Cell className={styles.figure}>{kilobytes(bytes)}</Cell>
      <Cell className={styles.figure}>{count(requests)}</Cell>
    </>
  );
}

function Bars(props: ConnectionRowProps & { color: string }) {
  const { trace, header, connection, stretch, width, nowUs, color } = props;
  const { fromUs, toUs } = stretch;
  const until = Math.min(toUs, nowUs);
  const exchanges = exchangesOf(trace, connection.connection, fromUs, until);
  const spans = spansOf(connection, exchanges, nowUs);
  const marks = marksOf(trace, connection.connection, fromUs, toUs, nowUs);
  const paths = rowPaths(spans, marks, stretch, width, MIDDLE);
  const ending = endingOf(connection, nowUs);
  const end = ending && ending.atUs >= fromUs && ending.atUs <= toUs ? ending : null;
  const x = end ? ((end.atUs - fromUs) / (toUs - fromUs)) * width : 0;
  const room = end === null ? 0 : 12 + end.words.length * CHARACTER;
  // Words stand behind the end, else before the beginning, else nowhere: they are in the line below as well.
  const startX = (Math.max(0, connection.startUs - fromUs) / (toUs - fromUs)) * width;
  const wordsX = x + room < width ? 9 : startX > room ? startX - x - 8 : null;
  return (
    <>
      <span className={styles.hidden}>
        {wordFor(header, connection.what)}, {spans.at(-1)?.phase ?? ''}
        {ending && `, ${ending.words}`}
      </span>
      <svg className={styles.svg} width={width + 10} height={HEIGHT} style={{ color }} aria-hidden="true">
        {paths.phases.map(({ phase, path }) => (
          <path key={phase} className={styles.phase} data-phase={phase} d={path} />
        ))}
        {paths.held !== '' && <path className={styles.held} fill="url(#held-back)" d={paths.held} />}
        <path className={styles.data} d={paths.data} />
        <path className={styles.again} d={paths.again} />
        <path className={styles.lost} d={paths.lost} />
        {end && (
          <g
            transform={`translate(${x.toFixed(1)} ${MIDDLE})`}
            data-failed={end.failed}
            className={styles.end}
          >
            <path d={end.failed ? 'M-4 -4l8 8m0-8l-8 8' : 'M0 -7v14'} />
            {wordsX !== null && (
              <text x={wordsX} y={4} textAnchor={wordsX < 0 ? 'end' : 'start'}>
                {end.words}
              </text>
            )}
          </g>
        )}
      </svg>
    </>
  );
}
