import { memo } from 'react';
import { asName } from '../../trace/names.ts';
import type { TraceHeader } from '../../trace/trace.ts';
import type { Messages } from '../reading/lit.ts';
import { textOf } from '../reading/messages.ts';
import { placeTitle, shortTitle } from '../reading/places.ts';
import { count, plural } from '../readout/units.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import type { Copy, Cursor, Entry, Inside } from './inside.ts';
import { LogTable } from './log-table.tsx';
import css from './logs.module.css';
import { isPending, pendingIn } from './pending.ts';

const CELL = 20;
const LABEL = 132;
const NARROW_LABEL = 92;
/** Partitions that are drawn in full; of the others there is a line in the table. */
const MOST_PARTITIONS = 24;

interface Props extends ViewProps {
  header: TraceHeader;
  inside: Inside;
  width: number;
  /** Messages that are selected, and those that are pointed at. */
  lit: readonly (Messages | null)[];
}

/** The logs: their newest entries as cells, a row for each copy, and below them where everybody stands who reads. */
export function Logs(props: Props) {
  const { header, inside, playhead } = props;
  const copies = inside.copiesAt(playhead.nowUs);
  if (copies.length === 0) return null;
  const partitions = new Map<string, Copy[]>();
  for (const copy of copies) {
    const key = `${copy.log} ${copy.partition}`;
    partitions.set(key, [...(partitions.get(key) ?? []), copy]);
  }
  const shown = [...partitions.values()].slice(0, MOST_PARTITIONS);
  return (
    <section className={styles.part} aria-label="Logs">
      <h3>
        Logs{' '}
        <small>
          newest entries, by offset · <i className={css.readMark} /> read up to here ·{' '}
          <i className={css.committedMark} /> would begin here after a crash
        </small>
      </h3>
      {shown.map((own) => (
        <Partition key={`${own[0]?.log} ${own[0]?.partition}`} {...props} copies={own} />
      ))}
      {partitions.size > shown.length && (
        <p className={styles.note}>
          {plural(partitions.size - shown.length, 'partition')} more in the table.
        </p>
      )}
      <LogTable
        header={header}
        inside={inside}
        partitions={[...partitions.values()]}
        nowUs={playhead.nowUs}
      />
    </section>
  );
}

function Partition({ trace, header, inside, width, lit, copies, ...props }: Props & { copies: Copy[] }) {
  const { nowUs } = props.playhead;
  const [first] = copies;
  if (first === undefined) return null;
  const { log, partition } = first;
  const label = width < 520 ? NARROW_LABEL : LABEL;
  const room = Math.max(4, Math.floor((width - label - 56) / CELL));
  const end = Math.max(...copies.map((copy) => copy.end));
  const from = Math.max(Math.min(...copies.map((copy) => copy.first)), end - room);
  const cursors = inside.cursorsAt(log, partition, nowUs);
  const owned = inside.ownersAt(nowUs);
  const pending = pendingIn(owned, header.backplane.logs[log]?.name ?? '');
  const owners = owned
    .filter((one) => !isPending(one))
    .filter(
      ({ part, what }) =>
        part === partition && (header.backplane.logs[log]?.partitions ?? 1) > part && what !== '',
    );
  const { name = '', partitions = 1 } = header.backplane.logs[log] ?? {};
  const title = partitions > 1 ? `${name}, partition ${partition}` : name;
  return (
    <div className={css.partition} style={{ gridTemplateColumns: `${label}px 1fr` }}>
      <h4>
        {title}{' '}
        <small>
          {count(from)}–{count(end)}
        </small>
      </h4>
      {copies.map((copy) => (
        <CopyRow
          key={copy.place}
          name={shortTitle(placeTitle(header, copy.place), (label - 8) / 7)}
          owns={owners
            .flatMap(({ owner, what }) => (owner === copy.place ? [what.replace(/ of partition$/, '')] : []))
            .join(', ')}
          cells={inside
            .entriesOf(copy, nowUs, end - from)
            .filter(({ offset }) => offset >= from)
            .map((entry) =>
              cellOf(entry, cursors, pending.has(entry.offset), lit, textOf(trace, entry.message)),
            )
            .join('\n')}
          from={from}
          first={copy.first}
          onSelect={(message) => props.onSelect({ kind: 'message', message, client: null })}
          onPoint={(message) =>
            props.pointing?.point(message < 0 ? null : { kind: 'message', message, client: null })
          }
        />
      ))}
      <Readers header={header} cursors={cursors} from={from} end={end} />
    </div>
  );
}

/** A cell as text, so that a row is drawn anew only when one of them looks different. */
function cellOf(
  { offset, message }: Entry,
  cursors: readonly Cursor[],
  isPendingNow: boolean,
  lit: readonly (Messages | null)[],
  text: string,
): string {
  const reads = cursors.filter(({ read }) => read >= 0);
  const behind = reads.filter(({ read }) => read <= offset).length;
  const unconfirmed = cursors.some(
    ({ read, committed }) => committed >= 0 && offset >= committed && offset < read,
  );
  const kind = isPendingNow ? 'pending' : behind > 0 ? 'unread' : unconfirmed ? 'pending' : 'read';
  const on = lit.some((one) => one !== null && message >= one.first && message < one.end);
  return `${offset}\t${message}\t${kind}\t${on ? 1 : 0}\t${behind}\t${text}`;
}

const KINDS: Record<string, string> = {
  unread: 'not read by everybody',
  pending: 'read, not confirmed',
  read: 'read by everybody who reads',
};

const CopyRow = memo(
  function CopyRow({
    name,
    owns,
    cells,
    from,
    first,
    onSelect,
    onPoint,
  }: {
    name: string;
    owns: string;
    cells: string;
    from: number;
    first: number;
    onSelect(message: number): void;
    onPoint(message: number): void;
  }) {
    return (
      <>
        <div className={css.rowName}>
          {name}
          {owns !== '' && <small>{owns}</small>}
        </div>
        <div className={css.cells}>
          {first > from && (
            <span className={css.trimmed} style={{ width: (first - from) * CELL - 4 }} title="given up" />
          )}
          {cells !== '' &&
            cells.split('\n').map((cell) => {
              const [offset = '0', message = '0', kind = '', on, , text = ''] = cell.split('\t');
              const what = `Message ${message}${text === '' ? '' : ` “${text}”`} at ${offset}: ${KINDS[kind]}`;
              return (
                <button
                  key={offset}
                  type="button"
                  className={css.cell}
                  style={{ left: (Number(offset) - from) * CELL }}
                  data-kind={kind}
                  data-lit={on === '1'}
                  aria-label={what}
                  title={what}
                  onClick={() => onSelect(Number(message))}
                  onPointerEnter={() => onPoint(Number(message))}
                  onPointerLeave={() => onPoint(-1)}
                  onFocus={() => onPoint(Number(message))}
                  onBlur={() => onPoint(-1)}
                >
                  {text.length === 1 ? text.replace(' ', '␣') : ''}
                </button>
              );
            })}
        </div>
      </>
    );
  },
  (a, b) =>
    a.name === b.name && a.owns === b.owns && a.cells === b.cells && a.from === b.from && a.first === b.first,
);

/** Marks under the cells: one for all who stand at the same place, with their names, as far as there is room. */
function Readers({
  header,
  cursors,
  from,
  end,
}: {
  header: TraceHeader;
  cursors: readonly Cursor[];
  from: number;
  end: number;
}) {
  const marks = new Map<string, { offset: number; committed: boolean; names: string[] }>();
  const put = (offset: number, committed: boolean, consumer: number) => {
    if (offset < 0) return;
    const key = `${offset} ${committed}`;
    const mark = marks.get(key) ?? { offset, committed, names: [] };
    mark.names.push(asName(header.backplane.consumers[consumer]?.name ?? ''));
    marks.set(key, mark);
  };
  for (const { consumer, read, committed } of cursors) {
    if (read >= 0) put(read, false, consumer);
    if (committed >= 0 && committed !== read) put(committed, true, consumer);
  }
  const rows = [...marks.values()].sort((a, b) => a.offset - b.offset);
  return rows.map(({ offset, committed, names }) => {
    const away = end - offset;
    const behind = away <= 0 ? '' : `, ${count(away)} behind`;
    const left = Math.max(0, offset - from) * CELL - 2;
    // Towards the end of the row the words stand before their mark.
    const before = offset - from > (end - from) / 2;
    return (
      <div key={`${offset} ${committed}`} className={css.reader}>
        <div
          className={css.readerAt}
          style={before ? { right: `calc(100% - ${left + 6}px)` } : { left: left - 6 }}
          data-before={before}
        >
          <i className={committed ? css.committedMark : css.readMark} />
          <span>
            {names.length > 3
              ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
              : names.join(', ')}
            <small>
              {' '}
              {count(offset)}
              {behind}
            </small>
          </span>
        </div>
      </div>
    );
  });
}
