import type { Trace } from '../../../trace/trace.ts';
import type { FaultOffer } from '../model.ts';

/** What faults call a client: by its group where it is alone there, so that a change of the group is the same. */
export function aimAt(trace: Trace, client: number): string | null {
  const one = trace.header?.clients[client];
  if (one === undefined) return null;
  const alone = trace.header?.clients.filter(({ group }) => group === one.group).length === 1;
  return alone ? one.group : one.name;
}

/** What people call a client: `SSE`, `SSE 2`. */
export function clientTitle(trace: Trace, client: number): string {
  const one = trace.header?.clients[client];
  if (one === undefined) return `client ${client + 1}`;
  const title = one.groupTitle || one.group;
  return aimAt(trace, client) === one.group ? title : `${title} ${one.name.split('/')[1] ?? ''}`;
}

/** Kinds whose length can be pulled. */
export const lasts = ({ kind }: Pick<FaultOffer, 'kind'>): boolean =>
  !['publish', 'network-switch', 'server-join', 'packet-drop', 'packet-delay', 'packet-duplicate'].includes(
    kind,
  );
