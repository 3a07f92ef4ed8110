import type { TraceHeader } from '../../trace/trace.ts';

const known = new WeakMap<TraceHeader, { length: number; ofClient: Map<number, number[]> }>();

/** The machines that run at a client, the ones of single connections left out, in order of the header. */
export function actorsOfClient(header: TraceHeader, client: number): readonly number[] {
  let index = known.get(header);
  if (index === undefined || index.length !== header.actors.length) {
    const ofClient = new Map<number, number[]>();
    header.actors.forEach((actor, number) => {
      if (actor.client < 0 || actor.server >= 0 || actor.connection > 0) return;
      const own = ofClient.get(actor.client);
      if (own) own.push(number);
      else ofClient.set(actor.client, [number]);
    });
    index = { length: header.actors.length, ofClient };
    known.set(header, index);
  }
  return index.ofClient.get(client) ?? [];
}
