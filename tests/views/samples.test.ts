import { expect, it } from 'vitest';
import { KIND, Trace } from '../../src/trace/trace.ts';
import { costsOf } from '../../src/views/costs/model.ts';
import { missingOf } from '../../src/views/lanes/missing.ts';
import { Samples } from '../../src/views/reading/samples.ts';
import { presetWith, traceOf } from './story-runs.ts';

it('ranks the latencies of long runs by a sample in which every client has its share', () => {
  const trace = new Trace('all');
  const [clients, messages] = [10, 30_000];
  // Each update reaches one client after the other, and the last one late.
  for (let message = 0; message < messages; message++)
    for (let client = 0; client < clients; client++) {
      const latencyUs = client === clients - 1 ? 900_000 + message : 1_000 * (client + 1);
      trace.add(KIND['message.delivered'], message * 1_000 + client, message, client, latencyUs, 1, 0);
    }
  const samples = new Samples(trace, () => 0);
  for (const share of [1, 0.77, 0.3]) {
    const nowUs = share * messages * 1_000;
    const at = (quantile: number) => samples.quantileAt(0, nowUs, quantile) as number;
    expect(samples.countAt(0, nowUs)).toBeGreaterThan(20_000);
    expect([at(0.05), at(0.45), at(0.85)]).toEqual([1_000, 5_000, 9_000]);
    // The slowest tenth is the last client's: its median, within three standard errors of a rank among 18,000.
    expect(at(0.95)).toBeGreaterThan(900_000 + 0.45 * share * messages);
    expect(at(0.95)).toBeLessThan(900_000 + 0.55 * share * messages);
  }
});

it.each(['redis-away', 'race', 'kafka-rebalance-eager', 'snapshot-gap'])(
  'counts of %s what each client misses, and together it is what its group misses',
  (name) => {
    const trace = traceOf(presetWith(name, {}));
    const { header } = trace;
    if (header === null) throw new Error('no header');
    for (const share of [0.2, 0.5, 0.8, 1]) {
      const nowUs = Math.round(share * header.endUs);
      const own = new Map<string, number>();
      header.clients.forEach(({ group }, client) => {
        own.set(group, (own.get(group) ?? 0) + missingOf(trace, header, client, nowUs));
      });
      for (const { group, missing } of costsOf(trace, header).at(nowUs))
        expect({ group, share, missing: own.get(group) }).toEqual({ group, share, missing });
    }
  },
);
