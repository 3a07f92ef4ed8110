import { judge } from '../judge.ts';
import { updateLatency } from './update-latency.ts';

const t0 = Date.now();
const rows = updateLatency.rows(Number(process.env.EFFORT ?? 0.3));
for (const r of rows)
  if (process.env.ALL || !r.agrees)
    console.log(
      r.agrees ? '  ' : 'X ',
      r.record,
      r.metric,
      'measured',
      r.measured.toFixed(2),
      'sim',
      r.simulated.toFixed(2),
      r.low.toFixed(1),
      r.high.toFixed(1),
    );
const q = rows.filter((r) => !r.metric.includes('/s'));
console.log(judge(q), judge(rows.filter((r) => r.metric.includes('/s'))), Date.now() - t0, 'ms');
