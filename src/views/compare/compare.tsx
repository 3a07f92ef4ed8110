import { useMemo, useState } from 'react';
import type { Trace } from '../../trace/trace.ts';
import type { Selection } from '../view.ts';
import styles from './compare.module.css';
import { comparisonOf, type Row } from './comparison.ts';
import { DifferenceTable } from './difference-table.tsx';
import { FigureTable } from './figure-table.tsx';
import { figureRows } from './figures.ts';
import { differenceSentence, divergenceSentence, luckSentence } from './sentences.ts';

/** One of two runs. Its trace is that of a run that has ended. */
export interface CompareSide {
  name: string;
  trace: Trace;
}

export interface CompareProps {
  a: CompareSide;
  b: CompareSide;
  /** The side that is in view on the page; null: neither. */
  shown: 'a' | 'b' | null;
  selection: Selection | null;
  /** Shows a moment of one of the runs. */
  onOpen(side: 'a' | 'b', selection: Selection, atUs: number): void;
  /** Shows the moment at which the runs part. */
  onSeek(atUs: number): void;
}

/** Two runs message by message: where they part, what it came to, and what differs, the most first. */
export function Compare(props: CompareProps) {
  const { a, b, shown, selection, onOpen, onSeek } = props;
  const comparison = comparisonOf(a.trace, b.trace);
  const figures = useMemo(() => figureRows(a.trace, b.trace), [a.trace, b.trace]);
  const [client, setClient] = useState<string | null>(null);
  const chosen = comparison.clients.findIndex(({ name }) => name === client);
  const { divergence, rows, clients } = comparison;
  const filtered = chosen < 0 ? rows : rows.filter((row) => row.client === chosen);
  const open = (row: Row) => {
    const side = sideOf(row, shown);
    const update = row.pair[side];
    const to = clients[row.client]?.[side] ?? -1;
    if (update === null) return;
    const selection: Selection =
      update.message > 0
        ? { kind: 'message', message: update.message, client: to }
        : { kind: 'client', client: to };
    onOpen(side, selection, update.atUs);
  };
  return (
    <div className={styles.compare}>
      <p className={styles.until}>
        {divergenceSentence(comparison, a.trace, b.trace)}{' '}
        {divergence !== null && (
          <button type="button" className={styles.link} onClick={() => onSeek(divergence.atUs)}>
            Go there
          </button>
        )}
      </p>
      <p className={styles.luck}>{luckSentence(comparison, a.trace, b.trace)}</p>
      <FigureTable rows={figures} a={a.name} b={b.name} />
      <div className={styles.head}>
        <h3>Message by message</h3>
        {clients.length > 1 && (
          <label>
            <span>Client</span>
            <select value={client ?? ''} onChange={(event) => setClient(event.currentTarget.value || null)}>
              <option value="">all clients</option>
              {clients.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <p className={styles.note}>{differenceSentence(comparison)}</p>
      {filtered.length > 0 && (
        <DifferenceTable
          key={client ?? ''}
          rows={filtered}
          clients={clients}
          side={shown ?? 'a'}
          selection={selection}
          onOpen={open}
        />
      )}
    </div>
  );
}

/** The side in view, unless the message is in the other run alone. */
function sideOf(row: Row, shown: 'a' | 'b' | null): 'a' | 'b' {
  const side = shown ?? 'a';
  return row.pair[side] === null ? (side === 'a' ? 'b' : 'a') : side;
}
