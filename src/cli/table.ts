import type { Plan } from '../engine/contract/plan.ts';
import type { ExpectationReport, Report, Summary } from '../scenarios/report.ts';
import { count, remarks } from './remarks.ts';

/** A report for people: aligned columns, units in the headings. */
export function reportText(report: Report, plan: Plan): string {
  const groups = Object.entries(report.groups);
  const { totals } = report;
  const seconds = (ms: number) => `${count(ms / 1000)} s`;
  const refused = totals.refused === 0 ? '' : `, ${count(totals.refused)} refused`;
  const said = remarks(report);
  const lines = [
    printable(report.scenario.name),
    `seed ${report.scenario.seed}, ${seconds(plan.durationMs)} and ${seconds(plan.settleMs)} to settle, ${count(totals.published)} messages published${refused}`,
    '',
    ...table([
      [
        'update latency',
        'expected',
        'lost',
        'p50 ms',
        'p90 ms',
        'p99 ms',
        'max ms',
        'mean ms',
        'set-up p50 ms',
      ],
      ...groups.map(([name, { deliveries, setupMs }]) => {
        const { latencyMs } = deliveries;
        const values = [
          latencyMs.p50,
          latencyMs.p90,
          latencyMs.p99,
          latencyMs.max,
          latencyMs.mean,
          setupMs.p50,
        ];
        return [name, count(deliveries.expected), count(deliveries.lost), ...values.map(ms)];
      }),
    ]),
    '',
    ...table([
      [
        'cost',
        'clients',
        'requests',
        'empty',
        'connections',
        'reconnects',
        'packets',
        'kB',
        'lost packets',
        'sent again',
      ],
      ...groups.map(([name, { clients, http, connections, wire }]) => [
        name,
        count(clients),
        count(http.requests),
        count(http.emptyResponses),
        count(connections.attempts),
        count(connections.reconnects),
        count(wire.packets),
        (wire.bytes / 1000).toFixed(1),
        count(wire.lostPackets),
        count(wire.retransmissions),
      ]),
    ]),
    '',
    ...table([
      [
        'responses',
        'begun',
        'complete',
        'first byte p50 ms',
        'p99 ms',
        'max ms',
        'last byte p50 ms',
        'p99 ms',
        'max ms',
      ],
      ...groups.map(([name, { http }]) => {
        const { begun, complete, firstByteMs, lastByteMs } = http.responses;
        const values = [firstByteMs, lastByteMs].flatMap(({ p50, p99, max }) => [p50, p99, max]);
        return [name, count(begun), count(complete), ...values.map(ms)];
      }),
    ]),
    '',
    ...(said.length === 0 ? [] : [...said, '']),
    ...report.expectations.map(expectation),
    `${count(report.engine.events)} events in ${count(Math.round(report.engine.wallMs))} ms, fingerprint ${report.engine.fingerprint}`,
  ];
  return `${lines.join('\n')}\n`;
}

function expectation({ metric, min, max, actual, ok }: ExpectationReport): string {
  const bounds = [min === null ? '' : `at least ${min}`, max === null ? '' : `at most ${max}`];
  const wanted = bounds.filter((bound) => bound !== '').join(' and ');
  const got = actual === null ? 'no sample' : String(Number(actual.toFixed(3)));
  return `${ok ? '✓' : '✗'} ${metric}: ${got}, expected ${wanted}`;
}

/** First column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

const ms = (value: Summary['p50']) => (value === null ? '–' : value.toFixed(1));

/** A name as a terminal may have it: without control characters, which could move its cursor or change its colours. */
function printable(text: string): string {
  return [...text]
    .filter((character) => character >= ' ' && !(character >= '\x7f' && character <= '\x9f'))
    .join('');
}
