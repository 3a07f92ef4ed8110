import type { Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { plural, seconds } from '../readout/units.ts';

/** How far back the caption counts losses. */
const WINDOW_US = 100_000;

/** The stage in a sentence: "At 12.34 s: 3 packets in flight, 1 lost in the last 100 ms". */
export function stageCaption(trace: Trace, nowUs: number): string {
  const { flights } = readingOf(trace);
  const rows = flights.at(nowUs, WINDOW_US, Number.POSITIVE_INFINITY);
  const lost = rows.filter((row) => flights.endUs(row) <= nowUs).length;
  const flying = plural(rows.length - lost, 'packet');
  return `At ${seconds(nowUs)}: ${flying} in flight, ${lost === 0 ? 'none' : lost} lost in the last 100 ms`;
}
