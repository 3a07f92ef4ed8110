import { memo, useMemo } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { MoreGroups, useFew } from '../few/few.tsx';
import { usePointed } from '../pointing.ts';
import { clientOfSelection } from '../reading/client-of.ts';
import { count, kilobytes, plural } from '../readout/units.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { type Column, columnsOf } from './columns.ts';
import { CostRow } from './cost-row.tsx';
import styles from './costs.module.css';
import { costsOf, type GroupCosts } from './model.ts';

export type CostsTableProps = ViewProps;

/** Narrower than this, two figures share a cell, one below the other. */
const ONE_LINE = 560;

/** What delivery cost so far, by group: latency, deliveries, requests, packets, bytes. */
export function CostsTable(props: CostsTableProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  const { header } = props.trace;
  return (
    <div ref={ref} className={styles.costs}>
      {size && header && <TableAt {...props} header={header} paired={size.width < ONE_LINE} />}
    </div>
  );
}

function TableAt(props: CostsTableProps & { header: TraceHeader; paired: boolean }) {
  const { trace, playhead, header, selection, onSelect, paired } = props;
  useFrame(playhead, UNHURRIED, 2);
  const pointed = usePointed(props.pointing);
  const { nowUs } = playhead;
  const over = nowUs >= header.endUs;
  const snapshots = trace.table('snapshot.applied').firstAfter(nowUs) > 0;
  const columns = useMemo(() => columnsOf(paired, over, snapshots), [paired, over, snapshots]);
  const chosen = selection?.kind === 'client' ? header.clients[selection.client]?.group : undefined;
  const lit = pointed?.kind === 'client' ? header.clients[pointed.client]?.group : undefined;
  const model = costsOf(trace, header);
  const selected = header.clients[clientOfSelection(trace, selection)]?.group;
  const kept = model.groups.findIndex(({ name }) => name === selected);
  const few = useFew(model.groups.length, kept);
  const costs = model.at(nowUs, few.shown);
  return (
    <>
      <table className={styles.table}>
        <caption className={styles.hidden}>What each group has cost up to the time shown</caption>
        <Head columns={columns} />
        <tbody>
          {costs.map((group) => (
            <CostRow
              key={group.group}
              costs={group}
              columns={columns}
              chosen={group.group === chosen}
              pointed={group.group === lit}
              onPoint={(on) => props.pointing?.point(on ? firstOf(header, group.group) : null)}
              onChoose={() => onSelect(firstOf(header, group.group))}
            />
          ))}
        </tbody>
      </table>
      {paired && <Snapshots costs={costs} />}
      <Refused updates={trace.table('message.refused').firstAfter(nowUs)} />
      <MoreGroups few={few} of="costs" />
    </>
  );
}

/** What came by snapshots, below a table that has no column for it. */
function Snapshots({ costs }: { costs: readonly GroupCosts[] }) {
  const having = costs.filter(({ bySnapshot, snapshotBytes }) => bySnapshot + snapshotBytes > 0);
  if (having.length === 0) return null;
  const said = having.map(
    ({ title, bySnapshot, snapshotBytes }) =>
      `${title} has ${count(bySnapshot)} by snapshot, in ${kilobytes(snapshotBytes)} kB of state`,
  );
  return <p className={styles.note}>{said.join('; ')}.</p>;
}

/** Updates that no server was there to take: expected by nobody, they are in no group's figures. */
function Refused({ updates }: { updates: number }) {
  if (updates === 0) return null;
  return (
    <p className={styles.note}>
      {plural(updates, 'update')} found no server and {updates === 1 ? 'was' : 'were'} refused: no client is
      expected to have {updates === 1 ? 'it' : 'them'}.
    </p>
  );
}

/** A group is selected by its first client. */
const firstOf = (header: TraceHeader, group: string) =>
  ({ kind: 'client', client: header.clients.findIndex((client) => client.group === group) }) as const;

const Head = memo(function Head({ columns }: { columns: Column[][] }) {
  return (
    <thead>
      <tr>
        <th scope="col">so far</th>
        {columns.map((column) => (
          <th key={column[0]?.title} scope="col">
            {column.map(({ title, unit, about }) => (
              <div key={title} title={about}>
                {title}
                {unit && <span className={styles.unit}> {unit}</span>}
              </div>
            ))}
          </th>
        ))}
      </tr>
    </thead>
  );
});
