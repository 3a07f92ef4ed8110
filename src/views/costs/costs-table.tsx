import { memo } from 'react';
import { count, kilobytes, milliseconds, seconds } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import { useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import styles from './costs.module.css';
import { costsOf, type GroupCosts } from './model.ts';

export type CostsTableProps = ViewProps;

/** A figure of a group: how it is called, in which unit, and how it reads. */
interface Column {
  title: string;
  unit: string;
  about: string;
  value(costs: GroupCosts): string;
  /** Losses are marked. */
  alarm?(costs: GroupCosts): boolean;
}

const none = '–';
const ms = (us: number | null) => (us === null ? none : milliseconds(us));

const P50: Column = {
  title: 'p50',
  unit: 'ms',
  about: 'Half of the deliveries were faster',
  value: (c) => ms(c.p50Us),
};
const P99: Column = {
  title: 'p99',
  unit: 'ms',
  about: '99 of 100 deliveries were faster',
  value: (c) => ms(c.p99Us),
};
const DELIVERED: Column = {
  title: 'arrived',
  unit: '',
  about: 'Messages that reached their clients',
  value: (c) => count(c.delivered),
};
const missing = (over: boolean): Column => ({
  title: over ? 'lost' : 'missing',
  unit: '',
  about: over
    ? 'Messages that never reached their clients'
    : 'Messages that have not reached their clients yet',
  value: (c) => count(c.missing),
  alarm: (c) => over && c.missing > 0,
});
const REQUESTS: Column = {
  title: 'requests',
  unit: '',
  about: 'HTTP requests',
  value: (c) => count(c.requests),
};
const PACKETS: Column = {
  title: 'packets',
  unit: '',
  about: 'Both ways, lost ones included',
  value: (c) => count(c.packets),
};
const TRAFFIC: Column = {
  title: 'kB',
  unit: '',
  about: 'Both ways, all headers included',
  value: (c) => kilobytes(c.bytesUp + c.bytesDown),
};
const EACH: Column = {
  title: 'B each',
  unit: '',
  about: 'Traffic for each delivered message',
  value: (c) => (c.bytesPerDelivery === null ? none : count(c.bytesPerDelivery)),
};

/** Narrower than this, two figures share a cell, one below the other. */
const ONE_LINE = 560;

/** What delivery cost so far, by group: latency, deliveries, requests, packets, bytes. */
export function CostsTable(props: CostsTableProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  return (
    <div ref={ref} className={styles.costs}>
      {size && <TableAt {...props} paired={size.width < ONE_LINE} />}
    </div>
  );
}

function TableAt({ trace, playhead, selection, onSelect, paired }: CostsTableProps & { paired: boolean }) {
  useFrame(playhead);
  const { header } = trace;
  if (header === null) return null;
  const { nowUs } = playhead;
  const last = missing(nowUs >= header.endUs);
  const pairs: Column[][] = [
    [P50, P99],
    [DELIVERED, last],
    [REQUESTS, PACKETS],
    [TRAFFIC, EACH],
  ];
  const columns = paired ? pairs : pairs.flat().map((column) => [column]);
  const chosen = selection?.kind === 'client' ? header.clients[selection.client]?.group : undefined;
  return (
    <table className={styles.table}>
      <caption className={styles.hidden}>{`What each group has cost up to ${seconds(nowUs)}`}</caption>
      <thead>
        <tr>
          <th scope="col">so far</th>
          {columns.map((column) => (
            <th key={column[0]?.title} scope="col">
              {column.map((part) => (
                <div key={part.title} title={part.about}>
                  {part.title}
                  {part.unit && <span className={styles.unit}> {part.unit}</span>}
                </div>
              ))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {costsOf(trace, header)
          .at(nowUs)
          .map((costs) => (
            <tr key={costs.group} data-selected={costs.group === chosen}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.group}
                  onClick={() => {
                    const client = header.clients.findIndex(({ group }) => group === costs.group);
                    onSelect({ kind: 'client', client });
                  }}
                >
                  <i style={{ background: transportColor(costs.transport) }} />
                  <span className={styles.title}>{costs.title}</span>
                </button>
                {costs.clients > 1 && <div className={styles.members}>{count(costs.clients)} clients</div>}
              </th>
              {columns.map((column) => (
                <td key={column[0]?.title}>
                  {column.map((part) => (
                    <Figure key={part.title} text={part.value(costs)} alarm={part.alarm?.(costs) ?? false} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const Figure = memo(({ text, alarm }: { text: string; alarm: boolean }) => (
  <div data-alarm={alarm}>{text}</div>
));
