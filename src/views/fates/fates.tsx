import { type ReactNode, useRef, useState } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { divergenceSentence } from '../compare/sentences.ts';
import { VirtualGrid } from '../log/virtual-grid.tsx';
import { count, milliseconds, plural, seconds } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import { useSize } from '../use-size.ts';
import type { Selection } from '../view.ts';
import { FateText, inWords } from './fate-text.tsx';
import styles from './fates.module.css';
import { type Fates as AllFates, type Fate, fatesOf, laterUs, momentOf, worseOf } from './model.ts';

/** One of two runs that have ended. */
export interface FateSide {
  id: number;
  letter: string;
  name: string;
  trace: Trace;
}

export interface FatesProps {
  a: FateSide;
  b: FateSide;
  /** Only what differs. */
  differs: boolean;
  selection: { variant: number; what: Selection } | null;
  /** Shows the story of an update in one of the runs, at its moment. */
  onOpen(variant: number, what: Selection, atUs: number): void;
  onSeek(atUs: number): void;
}

const ROW = 30;
/** Rows for thumbs, with two lines. */
const HIGH_ROW = 52;
const NARROW = 520;

/** Two runs update by update: what became of each, in the order in which they were published. */
export function Fates(props: FatesProps) {
  const { a, b, differs } = props;
  const [ref, size] = useSize<HTMLElement>();
  const fates = fatesOf(a.trace, b.trace);
  const rows = differs ? fates.differing : fates.all;
  return (
    <figure ref={ref} className={styles.fates} aria-label={`Updates in ${a.letter} and ${b.letter}`}>
      <Summary {...props} fates={fates} />
      {rows.length === 0 ? (
        <p className={styles.none}>
          {fates.all.length === 0
            ? 'Nothing was published while anybody was ready.'
            : `Every update fared the same in ${a.letter} and ${b.letter}, to the microsecond.`}
        </p>
      ) : (
        size && <Grid {...props} fates={fates} rows={rows} narrow={size.width < NARROW} />
      )}
    </figure>
  );
}

/** How much differs, what differs first, and where the runs part. */
function Summary({ a, b, fates, onSeek, onOpen }: FatesProps & { fates: AllFates }) {
  const { differing, all, divergence, leftOut } = fates;
  const [first] = differing;
  return (
    <div className={styles.summary}>
      <p>
        <b>
          {count(differing.length)} of {plural(all.length, 'update')}
        </b>{' '}
        fared differently in {a.letter} ({a.name}) and {b.letter} ({b.name}); latencies within 1 % or 0.1 ms
        are taken for the same. {luckWords(a, b, fates)}
        {leftOut > 0 && ` The last ${plural(leftOut, 'update')} are not compared: there are too many.`}
      </p>
      <p>
        {first !== undefined && (
          <>
            First difference:{' '}
            <button type="button" onClick={() => open(first, worseOf(first), a, b, fates, onOpen)}>
              {updateWords(first)}
            </button>
            , {inWords(first.a)} in {a.letter}, {inWords(first.b)} in {b.letter}.{' '}
          </>
        )}
        {divergence !== null && (
          <button
            type="button"
            title={divergenceSentence(fates, a.trace, b.trace, [a.letter, b.letter])}
            onClick={() => onSeek(divergence.atUs)}
          >
            The runs part at {seconds(divergence.atUs)}
          </button>
        )}
      </p>
    </div>
  );
}

function luckWords(a: FateSide, b: FateSide, { atOnce, updates }: AllFates): string {
  const [one, other] = [a.trace.header?.seed, b.trace.header?.seed];
  if (one !== other) return `Other luck: seed ${one} in ${a.letter}, seed ${other} in ${b.letter}.`;
  if (atOnce === updates) return 'Same luck: each left its source at the same microsecond in both.';
  return `Same luck; ${count(atOnce)} of ${plural(updates, 'update')} left their source at the same microsecond.`;
}

const updateWords = ({ pair }: Fate): string => {
  const update = pair.a ?? pair.b;
  const text = update?.text ? `“${update.text}” ` : 'the update ';
  return `${text}at ${((update?.atUs ?? 0) / 1e6).toFixed(3)} s`;
};

function open(
  fate: Fate,
  side: 'a' | 'b',
  a: FateSide,
  b: FateSide,
  { clients }: AllFates,
  onOpen: FatesProps['onOpen'],
): void {
  // Where it was never published, or its client is not there, only the other run has its story.
  const other = side === 'a' ? 'b' : 'a';
  const has = (one: 'a' | 'b') =>
    (fate.pair[one]?.message ?? 0) > 0 && (clients[fate.client]?.[one] ?? -1) >= 0;
  const chosen = has(side) || !has(other) ? side : other;
  const message = fate.pair[chosen]?.message ?? 0;
  const client = clients[fate.client]?.[chosen] ?? -1;
  const what: Selection =
    message > 0 ? { kind: 'message', message, client } : { kind: 'client', client: Math.max(0, client) };
  onOpen((chosen === 'a' ? a : b).id, what, momentOf(fate, chosen));
}

interface GridProps extends FatesProps {
  fates: AllFates;
  rows: readonly Fate[];
  narrow: boolean;
}

function Grid({ a, b, fates, rows, narrow, differs, selection, onOpen }: GridProps) {
  const [follow, setFollow] = useState<'end' | number | null>(null);
  // A click on one run's cell means that run; Enter, or a click beside, the one in which it fared worse.
  const side = useRef<'a' | 'b' | null>(null);
  const many = fates.clients.length > 1;
  const chosen = (fate: Fate): 'a' | 'b' | null => {
    if (selection?.what.kind !== 'message') return null;
    const one = selection.variant === a.id ? 'a' : selection.variant === b.id ? 'b' : null;
    if (one === null || fate.pair[one]?.message !== selection.what.message) return null;
    const { client } = selection.what;
    return client === null || fates.clients[fate.client]?.[one] === client ? one : null;
  };
  const columns = narrow
    ? `minmax(0, 1.1fr) minmax(0, 1fr) minmax(0, 1fr)`
    : `116px ${many ? 'minmax(90px, 0.7fr) ' : ''}minmax(110px, 1fr) minmax(110px, 1fr) 92px`;
  return (
    <div
      className={styles.grid}
      onClickCapture={(event) => {
        const cell =
          event.target instanceof Element ? event.target.closest<HTMLElement>('[data-side]') : null;
        side.current = (cell?.dataset.side as 'a' | 'b' | undefined) ?? null;
      }}
      onKeyDownCapture={() => {
        side.current = null;
      }}
    >
      <VirtualGrid
        key={`${differs}`}
        label={`${differs ? 'Updates that fared differently' : 'All updates'} in ${a.letter} and ${b.letter}`}
        count={rows.length}
        rowHeight={narrow ? HIGH_ROW : ROW}
        columns={columns}
        head={<Head a={a} b={b} many={many} narrow={narrow} />}
        headHeight={28}
        rowClass={styles.row}
        follow={follow}
        onFollow={(follows) => !follows && setFollow(null)}
        onChoose={(index) => {
          const fate = rows[index];
          if (fate !== undefined) open(fate, side.current ?? worseOf(fate), a, b, fates, onOpen);
        }}
        row={(index) => {
          const fate = rows[index] as Fate;
          const marked = chosen(fate);
          return {
            chosen: marked !== null,
            mark: marked ?? undefined,
            cells: <Cells fate={fate} a={a} b={b} fates={fates} many={many} narrow={narrow} />,
          };
        }}
      />
    </div>
  );
}

function Head({ a, b, many, narrow }: { a: FateSide; b: FateSide; many: boolean; narrow: boolean }) {
  const titles = [
    'update',
    ...(many && !narrow ? ['client'] : []),
    `${a.letter} ${a.name}`,
    `${b.letter} ${b.name}`,
  ];
  return (
    <>
      {titles.map((title) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a part of the grid
        <span key={title} role="columnheader" className={styles.title}>
          {title}
        </span>
      ))}
      {!narrow && (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a part of the grid
        <span role="columnheader" className={styles.number}>
          {b.letter} − {a.letter}
        </span>
      )}
    </>
  );
}

interface CellsProps {
  fate: Fate;
  a: FateSide;
  b: FateSide;
  fates: AllFates;
  many: boolean;
  narrow: boolean;
}

function Cells({ fate, a, b, fates, many, narrow }: CellsProps) {
  const client = fates.clients[fate.client];
  const update = fate.pair.a ?? fate.pair.b;
  const who = (
    <span className={styles.client}>
      <i style={{ background: transportColor(client?.transport ?? '') }} />
      {client?.title}
    </span>
  );
  return (
    <>
      <Cell>
        <span className={styles.at}>{((update?.atUs ?? 0) / 1e6).toFixed(3)} s</span>
        {update?.text && <span className={styles.text}>“{update.text}”</span>}
        {many && narrow && who}
      </Cell>
      {many && !narrow && <Cell>{who}</Cell>}
      <Cell side="a">
        <FateText
          outcome={fate.a}
          trace={a.trace}
          message={fate.pair.a?.message ?? 0}
          client={client?.a ?? -1}
        />
      </Cell>
      <Cell side="b">
        <FateText
          outcome={fate.b}
          trace={b.trace}
          message={fate.pair.b?.message ?? 0}
          client={client?.b ?? -1}
        />
      </Cell>
      {!narrow && (
        <Cell number>
          <Difference fate={fate} />
        </Cell>
      )}
    </>
  );
}

function Cell(props: { side?: 'a' | 'b'; number?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: keys go to the grid
    <span role="gridcell" className={props.number ? styles.number : styles.cell} data-side={props.side}>
      {props.children}
    </span>
  );
}

function Difference({ fate }: { fate: Fate }) {
  const by = laterUs(fate);
  if (!fate.differs) return <span className={styles.muted}>same</span>;
  if (by === null || by === 0) return <span className={styles.muted}>–</span>;
  return (
    <span data-worse={by > 0}>
      {by > 0 ? '+' : '−'}
      {milliseconds(Math.abs(by))} ms
    </span>
  );
}
