import fc from 'fast-check';
import { test } from 'vitest';
import { cases } from '../effort.ts';
import { soundDeliveries, soundRecords } from './sound-stories.ts';
import { traceOf } from './story-runs.ts';

const fault = fc.record(
  {
    kind: fc.constantFrom(
      ...['link-down', 'client-sleep', 'server-pause', 'network-switch', 'client-disconnect', 'link-change'],
      ...['server-crash', 'dns-down', 'packet-drop', 'packet-delay', 'packet-duplicate'],
    ),
    atMs: fc.integer({ min: 0, max: 9_000 }),
    forMs: fc.integer({ min: 50, max: 4_000 }),
    who: fc.constantFrom('polling', 'long-polling', 'sse', 'websocket', 'resuming'),
    nth: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['kind', 'atMs', 'forMs', 'who', 'nth'] },
);

test('stories are sound whatever goes wrong', () => {
  fc.assert(
    fc.property(
      fc.array(fault, { maxLength: 5 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(0, 2, 10),
      fc.constantFrom(null, 200),
      (faults, seed, lossPct, rateKbps) => {
        const trace = traceOf({
          version: 1,
          name: 'anything',
          seed,
          durationMs: 9_000,
          settleMs: 4_000,
          network: { access: { rttMs: 80, jitterMs: 10, lossPct, rateKbps } },
          publishers: [
            {
              name: 'editor',
              room: 'doc',
              arrivals: { kind: 'poisson', perSecond: 4 },
              bytes: 400,
              text: 'hello ',
            },
          ],
          clients: [
            { name: 'polling', transport: { kind: 'polling', keepAlive: seed % 2 === 0 } },
            { name: 'long-polling', transport: { kind: 'long-polling', timeoutMs: 3_000 } },
            { name: 'sse', transport: { kind: 'sse', retryMs: 500 } },
            { name: 'websocket', transport: { kind: 'websocket' } },
            {
              name: 'resuming',
              transport: { kind: 'websocket', resume: true, pingIntervalMs: 1_000, pongTimeoutMs: 800 },
            },
          ],
          faults: faults.map(({ kind, atMs, forMs, who, nth }) => {
            const wide = ['server-crash', 'server-pause', 'dns-down'].includes(kind);
            const packet = kind.startsWith('packet-');
            return {
              kind,
              atMs,
              ...(packet || kind === 'network-switch' ? {} : { forMs }),
              ...(wide ? {} : { target: who }),
              ...(kind === 'link-change' ? { set: { lossPct: 40 } } : {}),
              ...(packet ? { direction: 'down', packet: 'data', nth } : {}),
              ...(kind === 'packet-delay' ? { byMs: 120 } : {}),
            };
          }),
        });
        soundDeliveries(trace, 120);
        soundRecords(trace, 60);
      },
    ),
    { numRuns: cases(25, 2) },
  );
}, 120_000);
