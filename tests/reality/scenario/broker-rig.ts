import type { ScenarioInput } from '../../../src/scenarios/validate.ts';
import { RIG_MS } from '../rig.ts';
import { type Run, recordsOf } from './world.ts';

/** Connected, subscribed and idle before anything is published, ms. */
export const WARM_MS = 5_000;
const SETTLE_MS = 20_000;

/** The rig: a publisher beside the broker, and a subscriber across the link. Here the subscriber is the server. */
export function rig(
  conditions: { rtt_ms: number; loss: number },
  publisher: { arrivals: object; bytes: number; seconds: number },
  over: object = {},
): ScenarioInput {
  const { faults = [], ...rest } = over as { faults?: object[] };
  return {
    version: 1,
    durationMs: WARM_MS + publisher.seconds * 1000,
    settleMs: SETTLE_MS,
    network: {
      access: { rttMs: 0 },
      datacenter: {
        rttMs: conditions.rtt_ms + RIG_MS,
        lossPct: conditions.loss * 100,
        // The emulator's own lateness. BBR takes a round trip for the least only if it is no longer than any before.
        jitterMs: 0.1,
        jitterDistribution: 'normal',
      },
      tcp: { congestionControl: 'bbr' },
      dns: { lookupMs: 0 },
    },
    edge: { tls: 'none' },
    publishers: [
      {
        name: 'source',
        room: 'ch',
        startMs: WARM_MS,
        arrivals: publisher.arrivals,
        bytes: publisher.bytes,
      },
    ],
    // Somebody has to watch for the server to subscribe.
    clients: [
      {
        name: 'reader',
        transport: { kind: 'websocket' },
        reconnect: { kind: 'fixed', baseMs: 10, jitter: 'none' },
      },
    ],
    faults: [{ kind: 'link-change', atMs: 0, target: 'source', set: { rttMs: 0, lossPct: 0 } }, ...faults],
    ...rest,
  } as object as ScenarioInput;
}

/** From a message's acceptance to the server's application having it, ms, in order of arrival. */
export function latenciesMs(run: Run): number[] {
  const published = new Map<unknown, number>();
  for (const { message, atUs } of recordsOf(run.trace, 'message.published')) published.set(message, atUs);
  return [...recordsOf(run.trace, 'message.handed')].map(
    ({ message, atUs }) => (atUs - (published.get(message) as number)) / 1000,
  );
}
