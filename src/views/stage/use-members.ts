import { useMemo, useSyncExternalStore } from 'react';
import type { Trace } from '../../trace/trace.ts';
import type { Playhead, Selection } from '../view.ts';
import { MOST_CLIENTS } from './cast.ts';
import { serverOfClient } from './server-of.ts';

/** The clients of the selected server, where not all clients can stand one by one; else null. */
export function useMembers(
  trace: Trace,
  playhead: Playhead,
  selection: Selection | null,
): readonly number[] | null {
  const { header } = trace;
  const many = (header?.clients.length ?? 0) > MOST_CLIENTS && (header?.servers.length ?? 0) > 1;
  const server = many && selection?.kind === 'server' ? selection.server : -1;
  // Nobody changes servers but by a new connection, or by another choice of a load balancer.
  const changesAt = (nowUs: number) =>
    server < 0
      ? 0
      : trace.table('connection.attempted').firstAfter(nowUs) + trace.table('route.chosen').firstAfter(nowUs);
  const changes = useSyncExternalStore(
    (changed) => playhead.subscribe(changed),
    () => changesAt(playhead.nowUs),
  );
  const { nowUs } = playhead;
  // biome-ignore lint/correctness/useExhaustiveDependencies: time matters as far as something has changed
  return useMemo(() => {
    if (server < 0 || header === null) return null;
    return header.clients.flatMap((_, client) =>
      serverOfClient(trace, client, nowUs) === server ? [client] : [],
    );
  }, [trace, header, server, changes]);
}
