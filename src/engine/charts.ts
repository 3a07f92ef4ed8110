import type { TraceHeader } from '../trace/header.ts';
import type { BackplanePlugin } from './contract/backplane.ts';
import type { Plan } from './contract/plan.ts';
import type { TransportPlugin } from './contract/transport.ts';
import { chartOf } from './machine/chart.ts';

/** The shapes of the machines that a plan puts to work, by role. */
export function chartsOf(
  plan: Plan,
  transports: Readonly<Record<string, TransportPlugin>>,
  backplane: BackplanePlugin,
): TraceHeader['machines'] {
  const kinds = [...new Set(plan.clients.map(({ transport }) => transport.kind))];
  const roles = Object.entries(backplane.roles).map(
    ([role, { machine }]) => [`${plan.backplane.kind} ${role}`, chartOf(machine)] as const,
  );
  return Object.fromEntries([
    ...kinds.flatMap((kind) => {
      const { client, server } = transports[kind] as TransportPlugin;
      return [
        [`${kind} client`, chartOf(client.machine)],
        [`${kind} server`, chartOf(server.machine)],
      ] as const;
    }),
    ...roles,
  ]);
}
