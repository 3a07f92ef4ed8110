import { useState } from 'react';
import { count, duration, milliseconds } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import type { Selection } from '../view.ts';
import styles from './compare.module.css';
import type { ComparedClient, Row } from './comparison.ts';
import { signed } from './figure-table.tsx';
import type { Outcome } from './outcomes.ts';

interface Props {
  rows: Row[];
  clients: ComparedClient[];
  /** The side whose numbers a selection is by. */
  side: 'a' | 'b';
  selection: Selection | null;
  onOpen(row: Row): void;
}

const PAGE = 60;

/** What differs, the most first. A row shows its message. */
export function DifferenceTable({ rows, clients, side, selection, onOpen }: Props) {
  const [most, setMost] = useState(PAGE);
  const [of, client] =
    selection?.kind === 'message' ? [selection.message, selection.client] : [-1, null as number | null];
  const isChosen = (row: Row) =>
    row.pair[side]?.message === of && (client === null || clients[row.client]?.[side] === client);
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.rows}>
          <thead>
            <tr>
              <th scope="col">message</th>
              <th scope="col">client</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
              <th scope="col">
                difference <small>ms</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => {
              const to = clients[row.client];
              const update = row.pair[side] ?? row.pair.a ?? row.pair.b;
              return (
                <tr
                  key={`${row.pair.a?.message ?? 'b'}/${row.pair.b?.message ?? 'a'}/${update?.atUs}/${row.client}`}
                  data-chosen={isChosen(row)}
                  onClick={() => onOpen(row)}
                >
                  <th scope="row">
                    <button type="button" aria-pressed={isChosen(row)}>
                      {update?.text ? `“${update.text}” ` : ''}
                      <span>at {((update?.atUs ?? 0) / 1e6).toFixed(3)} s</span>
                    </button>
                  </th>
                  <td>
                    <i style={{ background: transportColor(to?.transport ?? '') }} />
                    {to?.title}
                  </td>
                  <td>
                    <OutcomeText outcome={row.a} />
                  </td>
                  <td>
                    <OutcomeText outcome={row.b} />
                  </td>
                  <td data-worse={row.byUs === null ? row.b.kind === 'lost' : row.byUs > 0}>
                    {differenceText(row)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length > most && (
        <button type="button" className={styles.more} onClick={() => setMost(most + 10 * PAGE)}>
          Show more: {count(rows.length - most)} smaller differences
        </button>
      )}
    </>
  );
}

/** A mark and words, so that nothing is said by the colour alone. */
function OutcomeText({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case 'delivered':
      return (
        <>
          {duration(outcome.latencyUs)}
          {outcome.duplicates > 0 && (
            <span className={styles.duplicate} title="Delivered again">
              {' '}
              ◎ {outcome.duplicates + 1}×
            </span>
          )}
        </>
      );
    case 'lost':
      return <span className={styles.lost}>✕ lost</span>;
    case 'refused':
      return <span className={styles.lost}>✕ refused</span>;
    case 'none':
      return <span className={styles.same}>–</span>;
  }
}

function differenceText({ a, b, byUs }: Row): string {
  if (byUs !== null) return byUs === 0 ? 'duplicates' : signed(byUs, milliseconds);
  if (b.kind === 'lost' || b.kind === 'refused') return a.kind === 'delivered' ? 'lost in B' : '';
  if (a.kind === 'lost' || a.kind === 'refused') return b.kind === 'delivered' ? 'lost in A' : '';
  return a.kind === 'none' ? 'only in B' : 'only in A';
}
