import type { TraceHeader } from '../trace/header.ts';
import type { Plan } from './contract/plan.ts';
import type { TransportPlugin } from './contract/transport.ts';
import { chartOf } from './machine/chart.ts';

/** The shapes of the machines that a plan puts to work, by role. */
export function chartsOf(
  plan: Plan,
  transports: Readonly<Record<string, TransportPlugin>>,
): TraceHeader['machines'] {
  const kinds = [...new Set(plan.clients.map(({ transport }) => transport.kind))];
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const { client, server } = transports[kind] as TransportPlugin;
      return [
        [`${kind} client`, chartOf(client.machine)],
        [`${kind} server`, chartOf(server.machine)],
      ];
    }),
  );
}
