import { COLUMN, type Trace } from '../../trace/trace.ts';
import { costsOf, type GroupCosts } from '../costs/model.ts';

/** What a group, or everybody, came to in a run. Latencies in µs, null without a delivery. */
export interface Figures {
  p50Us: number | null;
  p99Us: number | null;
  lost: number;
  requests: number;
  bytes: number;
}

export interface FigureRow {
  title: string;
  /** '': everybody. */
  transport: string;
  /** null: the group is not in that run. */
  a: Figures | null;
  b: Figures | null;
}

/** One row for everybody, and one for each group of either run. */
export function figureRows(a: Trace, b: Trace): FigureRow[] {
  const [ofA, ofB] = [groupsOf(a), groupsOf(b)];
  const names = [...new Set([...ofA, ...ofB].map(({ group }) => group))];
  const groups = names.map((name) => {
    const [one, other] = [ofA, ofB].map((list) => list.find(({ group }) => group === name));
    return {
      title: (one ?? other)?.title ?? name,
      transport: (one ?? other)?.transport ?? '',
      a: one === undefined ? null : figuresOf(one),
      b: other === undefined ? null : figuresOf(other),
    };
  });
  const all: FigureRow = { title: 'Everybody', transport: '', a: together(a, ofA), b: together(b, ofB) };
  return groups.length === 1 ? groups : [all, ...groups];
}

function groupsOf(trace: Trace): GroupCosts[] {
  return trace.header === null ? [] : costsOf(trace, trace.header).at(trace.header.endUs);
}

const figuresOf = (costs: GroupCosts): Figures => ({
  p50Us: costs.p50Us,
  p99Us: costs.p99Us,
  lost: costs.missing,
  requests: costs.requests,
  bytes: costs.bytesUp + costs.bytesDown,
});

function together(trace: Trace, groups: GroupCosts[]): Figures {
  const latencies = latenciesOf(trace);
  const sum = (of: (costs: GroupCosts) => number) => groups.reduce((total, costs) => total + of(costs), 0);
  return {
    p50Us: nearestRank(latencies, 0.5),
    p99Us: nearestRank(latencies, 0.99),
    lost: sum((costs) => costs.missing),
    requests: sum((costs) => costs.requests),
    bytes: sum((costs) => costs.bytesUp + costs.bytesDown),
  };
}

function latenciesOf(trace: Trace): Float64Array {
  const table = trace.table('message.delivered');
  const { latencyUs, expected } = COLUMN['message.delivered'];
  const values = new Float64Array(table.length);
  let count = 0;
  for (let row = 0; row < table.length; row++) {
    if (table.get(row, expected) === 1) values[count++] = table.get(row, latencyUs);
  }
  return values.subarray(0, count).sort();
}

/** @param sorted ascending */
function nearestRank(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? null;
}
