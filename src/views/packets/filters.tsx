import { memo } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { ClientChoice } from '../log/filters.tsx';
import { plural } from '../readout/units.ts';
import { type PacketFilter, SHOWS } from './model.ts';
import styles from './packets.module.css';

/** Which packets to show: all, with data, lost, sent again; of one client. */
export const PacketFilters = memo(function PacketFilters(props: {
  header: TraceHeader;
  filter: PacketFilter;
  onFilter(filter: PacketFilter): void;
  count: number;
}) {
  const { header, filter, onFilter, count } = props;
  return (
    <search className={styles.filters} aria-label="Filter the packets">
      {SHOWS.map((show) => (
        <button
          key={show}
          type="button"
          className={styles.chip}
          aria-pressed={filter.show === show}
          onClick={() => onFilter({ ...filter, show })}
        >
          {show}
        </button>
      ))}
      <ClientChoice
        header={header}
        client={filter.client}
        onClient={(client) => onFilter({ ...filter, client })}
      />
      <span className={styles.count}>{plural(count, 'packet')}</span>
    </search>
  );
});
