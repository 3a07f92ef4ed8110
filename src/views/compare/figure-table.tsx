import { count, kilobytes, milliseconds } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import styles from './compare.module.css';
import type { FigureRow, Figures } from './figures.ts';

interface Column {
  title: string;
  unit: string;
  /** null: there is none. */
  value(figures: Figures): number | null;
  text(value: number): string;
}

const COLUMNS: readonly Column[] = [
  { title: 'p50', unit: 'ms', value: ({ p50Us }) => p50Us, text: milliseconds },
  { title: 'p99', unit: 'ms', value: ({ p99Us }) => p99Us, text: milliseconds },
  { title: 'lost', unit: '', value: ({ lost }) => lost, text: count },
  { title: 'requests', unit: '', value: ({ requests }) => requests, text: count },
  { title: 'traffic', unit: 'kB', value: ({ bytes }) => bytes, text: kilobytes },
];

/** What both runs came to, by group: A, B, and how much B differs. */
export function FigureTable({ rows, a, b }: { rows: FigureRow[]; a: string; b: string }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.figures}>
        <caption>
          <span>
            <b>A</b> {a}
          </span>
          <span>
            <b>B</b> {b}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">whole run</th>
            {COLUMNS.map(({ title, unit }) => (
              <th key={title} scope="col">
                {title} {unit && <small>{unit}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title}>
              <th scope="row">
                {row.transport !== '' && <i style={{ background: transportColor(row.transport) }} />}
                {row.title}
              </th>
              {COLUMNS.map((column) => (
                <td key={column.title}>
                  <Cell column={column} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column, row }: { column: Column; row: FigureRow }) {
  const [a, b] = [row.a, row.b].map((figures) => (figures === null ? null : column.value(figures)));
  const text = (value: number | null | undefined) => (value == null ? '–' : column.text(value));
  if (a === b) return <span className={styles.same}>{text(a)}</span>;
  const by = a == null || b == null ? null : b - a;
  return (
    <>
      <span>
        {text(a)} <span aria-hidden="true">→</span>
        <span className={styles.hidden}> in A, </span> {text(b)}
        <span className={styles.hidden}> in B</span>
      </span>
      {by !== null && <small data-worse={by > 0}>{signed(by, column.text)}</small>}
    </>
  );
}

/** `+12`, `−3`: with a sign as wide as a digit. */
export const signed = (value: number, text: (value: number) => string): string =>
  value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`;
