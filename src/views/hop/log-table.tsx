import { asName } from '../../trace/names.ts';
import type { TraceHeader } from '../../trace/trace.ts';
import { count } from '../readout/units.ts';
import type { Copy, Inside } from './inside.ts';
import css from './logs.module.css';

/** The same as figures. */
export function LogTable({
  header,
  inside,
  partitions,
  nowUs,
}: {
  header: TraceHeader;
  inside: Inside;
  partitions: readonly Copy[][];
  nowUs: number;
}) {
  const rows = partitions.flatMap(([copy, ...others]) => {
    if (copy === undefined) return [];
    const { log, partition } = copy;
    const end = Math.max(copy.end, ...others.map((other) => other.end));
    return inside.cursorsAt(log, partition, nowUs).map(({ consumer, read, committed }) => ({
      key: `${log} ${partition} ${consumer}`,
      where: `${header.backplane.logs[log]?.name ?? ''} ${partition}`,
      who: asName(header.backplane.consumers[consumer]?.name ?? ''),
      end,
      read,
      committed,
    }));
  });
  if (rows.length === 0) return null;
  const figure = (value: number) => (value < 0 ? '–' : count(value));
  return (
    <details className={css.twin}>
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">partition</th>
            <th scope="col">reader</th>
            <th scope="col">end</th>
            <th scope="col">read</th>
            <th scope="col">committed</th>
            <th scope="col">behind</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, where, who, end, read, committed }) => (
            <tr key={key}>
              <th scope="row">{where}</th>
              <td>{who}</td>
              <td>{count(end)}</td>
              <td>{figure(read)}</td>
              <td>{figure(committed)}</td>
              <td>{count(Math.max(0, end - Math.max(read, read < 0 ? committed : 0)))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
